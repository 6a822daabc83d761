"""What every detector of the catalogue promises, whatever it looks for."""

from pathlib import Path

import pytest

import vidocq.detect.detectors
from vidocq.core.spans import Span
from vidocq.detect.catalogue import DETECTORS
from vidocq.detect.detector import Evidence
from vidocq.detect.normalised import Normalised

from detect.cases import FOUND

every_detector = pytest.mark.parametrize("detector", DETECTORS.defaults(), ids=lambda d: d.card.id)
PAGE = "\n".join(text.replace("⟦", "").replace("⟧", "") for texts in FOUND.values() for text in texts)


def test_the_catalogue_lists_every_detector_of_the_folder():
    files = {path.stem for path in Path(vidocq.detect.detectors.__file__).parent.glob("*.py")} - {"__init__"}
    assert {kind.__module__.rpartition(".")[2] for kind in DETECTORS} == files
    assert {kind.card.id.replace("-", "_") for kind in DETECTORS} == files


@every_detector
def test_its_card_is_complete_in_both_languages(detector):
    card = detector.card
    assert card.evidence in Evidence
    assert card.source.strip()
    for text in (card.title, card.limits):
        assert text.fr.strip()
        assert text.en.strip()
    assert card.limits.fr != card.limits.en
    assert card.limits.fr.endswith(".")
    assert card.limits.en.endswith(".")


@every_detector
def test_its_finds_bear_its_name(detector):
    spans = list(detector.find(Normalised.of(PAGE)))
    assert all(isinstance(span, Span) for span in spans)
    assert {(span.category, span.detector) for span in spans} <= {(detector.card.category, detector.card.id)}
    assert all(0 <= span.start < span.end <= len(PAGE) and 0 < span.score <= 1 for span in spans)


@every_detector
def test_the_same_text_gives_the_same_finds_and_stays_as_it_is(detector):
    seen = Normalised.of(PAGE)
    assert list(detector.find(seen)) == list(detector.find(seen)) == list(detector.find(Normalised.of(PAGE)))


@every_detector
def test_nothing_is_found_in_nothing(detector):
    assert list(detector.find(Normalised.of(""))) == []


@every_detector
@pytest.mark.parametrize("unit", ["\ud800", "\x00", "٣", "²", "İı", "ſK", "𝟎", "(", "°", "@", "́"])
def test_no_character_breaks_it(detector, unit):
    for text in (unit * 50, f"12 34 {unit} AB FR76{unit} tel {unit}06 mot de passe : {unit}"):
        assert all(span.end <= len(text) for span in detector.find(Normalised.of(text)))
