"""Each detector finds what it has to, exactly, and keeps silent on what looks like it."""

import re

import pytest

from vidocq.detect.catalogue import DETECTORS, IDENTIFIERS
from vidocq.detect.normalised import Normalised
from vidocq.detect.prefilter import windows

from detect.cases import FOUND, SILENT

ids = {name.replace("_", "-"): name for name in FOUND}


def found_by(name, text):
    detector = DETECTORS[name.replace("_", "-")]()
    seen = Normalised.of(text)
    (around,) = windows(seen.text, (detector.anchor,))
    return sorted({(span.start, span.end) for span in detector.find(seen.within(around))})


def marked(text):
    """The text without its marks, and the places between them."""
    places, plain = [], ""
    for piece in re.split("(⟦[^⟧]*⟧)", text):
        inner = piece.strip("⟦⟧")
        if piece.startswith("⟦"):
            places.append((len(plain), len(plain) + len(inner)))
        plain += inner
    return plain, places


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in FOUND.items() for text in texts])
def test_found_exactly(name, text):
    plain, places = marked(text)
    assert found_by(name, plain) == places


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SILENT.items() for text in texts])
def test_silent(name, text):
    assert found_by(name, text) == []


def test_every_detector_of_identifiers_has_both():
    listed = {kind.card.id for kind in DETECTORS if kind.card.category in IDENTIFIERS}
    assert {name.replace("_", "-") for name in FOUND} == {name.replace("_", "-") for name in SILENT} == listed


CHECKED = ["nir", "nif", "iban", "rib", "card", "siren", "siret", "rpps"]


@pytest.mark.parametrize("name", CHECKED)
def test_one_digit_away_from_a_number_with_a_key(name):
    """Of all the numbers that differ in one digit after the first, none passes: these keys catch every such mistake."""
    plain, ((start, end), *_) = marked(FOUND[name][0])
    written = plain[start:end]
    places = [at for at, sign in enumerate(written) if sign.isdigit()][1:]
    passed = [
        other
        for at in places
        for digit in "0123456789"
        if digit != written[at]
        for other in [written[:at] + digit + written[at + 1 :]]
        if (start, end) in found_by(name, plain[:start] + other + plain[end:])
    ]
    assert passed == []
