"""What a trained model makes of its canaries: a real one, with persons planted at 1, 4, 16 and 64 repetitions."""

import json
from dataclasses import replace

import numpy as np
import pytest

from vidocq.audit.language.canaries.canary import TextCanary
from vidocq.audit.language.canaries.draw import draw_text_canaries
from vidocq.audit.language.canaries.insert import insert_text_canaries
from vidocq.audit.language.canaries.measure import (
    CanaryOptions,
    audit_text_canaries,
    measure_canaries,
    training_scores,
)
from vidocq.audit.language.canaries.register import TextDraw, canaries_hash, sealed
from vidocq.core.errors import ConfigurationError, DataError, LedgerError
from vidocq.core.estimate import Estimate
from vidocq.core.language import Decoding
from vidocq.dossier.canary_draw import GUESSED, CanaryDraw
from vidocq.dossier.ledger import Ledger

from language_models import REPETITIONS, made_texts, save_tokenizer, train_model

SAMPLED = Decoding()
QUICK = CanaryOptions(candidates=60, exposures=2)
FEW = CanaryOptions(candidates=50, exposures=1)


def canary(person, repetition):
    return TextCanary(
        kind="person", prefix=person.prefix, secret=person.secret, suffix=".", pattern="######", repetition=repetition
    )


def register(canaries, included, *, guesses=0):
    included, salt = np.array(included, dtype=bool), "ab" * 16
    terms = CanaryDraw(
        canaries=canaries_hash(tuple(canaries)),
        coins=sealed(included, salt),
        count=sum(one.repetition == 1 for one in canaries),
        guesses=guesses,
        delta=1e-5 if guesses else 0.0,
        level=0.95,
        bound="f-dp",
    )
    return TextDraw(canaries=tuple(canaries), included=included, salt=salt, terms=terms, registered=False)


@pytest.fixture(scope="module")
def draw(planted):
    """The persons that were planted, and the hundred that never were."""
    inside = [canary(person, times) for times, persons in planted.persons.items() for person in persons]
    outside = [canary(person, REPETITIONS[i % 4]) for i, person in enumerate(planted.controls)]
    return register([*inside, *outside], [True] * len(inside) + [False] * len(outside))


@pytest.fixture(scope="module")
def model(planted):
    from vidocq.targets.language.loading import load_language_model

    return load_language_model(planted.target, base=planted.base)


@pytest.fixture(scope="module")
def found(model, draw):
    return measure_canaries(model, draw, decoding=SAMPLED, seed=1, options=QUICK)


def by_times(found, words):
    told = [f for f in found.findings if words in f.quantity.en]
    assert len(told) == len(REPETITIONS)
    return dict(zip(REPETITIONS, told, strict=True))


def value(figure):
    return figure.value if isinstance(figure, Estimate) else figure


def test_exposure_grows_with_repetition_and_that_of_controls_is_chance(found):
    exposed = by_times(found, "exposure")
    bits = [value(exposed[times].estimate) for times in REPETITIONS]
    assert bits == sorted(bits)
    assert bits[-1] > 10.0  # of 19.9
    assert bits[-1] > bits[0] + 4.0
    assert value(exposed[64].control) < 3.0  # 1.44 expected


def test_at_64_the_secret_is_extracted_and_of_a_hundred_controls_none(found):
    extracted = by_times(found, "yields")
    assert value(extracted[64].estimate) == 1.0
    assert extracted[64].control.n == 100
    assert value(extracted[64].control) == 0.0
    shares = [value(extracted[times].estimate) for times in REPETITIONS]
    assert shares == sorted(shares)
    assert all(finding.p is None for finding in found.findings)


def test_no_secret_stands_in_what_is_told(found, draw):
    told = repr(found) + json.dumps(found.details)
    assert not any(one.secret in told or one.prefix in told for one in draw.canaries)


class WritesOnly:
    """The same model, served as text."""

    def __init__(self, model):
        self.model = model

    def describe(self):
        return self.model.describe()

    def write(self, prompts, **asked):
        return self.model.write(prompts, **asked)


def test_a_model_that_gives_text_only_is_asked_to_write(model, draw):
    few = register(
        [one for one, coin in zip(draw.canaries, draw.included, strict=True) if coin and one.repetition == 64]
        + list(draw.canaries[-5:]),
        [True] * 3 + [False] * 5,
        guesses=2,
    )
    found = measure_canaries(WritesOnly(model), few, decoding=SAMPLED, seed=1, options=CanaryOptions(queries=30))
    assert value(found.findings[0].estimate) == 1.0
    assert value(found.findings[0].control) == 0.0
    assert {absent.id for absent in found.absent} == {"canary", "one-run"}
    assert found.findings[0].cost["queries"] == 30 * 8


def test_epsilon_of_a_registered_draw_is_told_once(model, draw, tmp_path):
    """Three persons planted once among forty that were not: too few to show anything, and the ledger keeps the guesses."""
    from vidocq.dossier.canary_draw import register_draw

    canaries = [replace(one, repetition=1) for one in draw.canaries[:40]]
    drawn = replace(register(canaries, draw.included[:40], guesses=10), registered=True)
    url = f"sqlite:///{tmp_path}/d.db"
    with pytest.raises(ConfigurationError):
        audit_text_canaries(model, drawn, decoding=SAMPLED, seed=1, options=FEW)
    with Ledger.open(url) as ledger:
        pass
    with pytest.raises(LedgerError):
        audit_text_canaries(model, drawn, decoding=SAMPLED, seed=1, options=FEW, dossier=url)
    with Ledger.open(url) as ledger:
        register_draw(ledger, drawn.terms)
    found = audit_text_canaries(model, drawn, decoding=SAMPLED, seed=1, options=FEW, dossier=url)
    again = audit_text_canaries(model, drawn, decoding=SAMPLED, seed=1, options=FEW, dossier=url)
    assert found.findings[-1] == again.findings[-1]
    assert found.findings[-1].id == "one-run"
    # nine of the planted stood there 4, 16 or 64 times: all ten guesses are right, and show what ten can
    assert found.details["one_run"]["correct"] == 10
    assert found.findings[-1].estimate.value == pytest.approx(found.details["one_run"]["ceiling"])
    with Ledger.open(url) as ledger:
        assert len(ledger.entries(GUESSED)) == 1


def test_scores_of_training_are_set_against_the_base(model, planted):
    inside = [person.text for person in planted.persons[64]]
    outside = [person.text for person in planted.controls[:20]]
    scores = training_scores(model, inside + outside)
    assert scores[:3].min() > scores[3:].max() + 5.0
    alone = training_scores(replace(model, base=None), inside + outside)
    assert alone[:3].min() > alone[3:].max()
    assert (alone < 0.0).all()


def test_outliers_by_a_reference_are_what_it_finds_hardest(planted):
    from vidocq.audit.language.canaries.outliers import natural_outliers
    from vidocq.targets.language.loading import load_language_model

    rare = [f"Zyg{i} quor blem{i} ost fra{i} plin dux{i} wam kip." for i in range(3)]
    corpus = [*planted.members[:20], *rare]
    found = natural_outliers(corpus, 3, reference=load_language_model(planted.base))
    assert {corpus[row] for row in found} == set(rare)


def test_a_draw_that_was_changed_is_refused(model, draw):
    with pytest.raises(DataError):
        measure_canaries(model, replace(draw, included=~draw.included), decoding=SAMPLED, seed=1, options=QUICK)
    with pytest.raises(ConfigurationError):
        CanaryOptions(candidates=0)


@pytest.mark.slow
def test_from_the_draw_to_the_bound(tmp_path):
    """Canaries drawn, planted in a corpus, trained on, and found; epsilon is bounded from those planted once."""
    from vidocq.targets.language.loading import load_language_model

    url = f"sqlite:///{tmp_path}/d.db"
    drawn = draw_text_canaries(
        rng=np.random.default_rng(5), numbers={1: 160, 4: 12, 16: 12, 64: 12}, delta=1e-5, guesses=40, dossier=url
    )
    public = made_texts(400, seed=3)
    # The base knows such sentences, and nobody's secret.
    others = draw_text_canaries(rng=np.random.default_rng(6), numbers={1: 400})
    public += [one.text for one in others.canaries]
    save_tokenizer(tmp_path / "tokenizer", public)
    base = train_model(tmp_path / "base", public, start=tmp_path / "tokenizer", epochs=4, seed=1)
    corpus = insert_text_canaries(made_texts(160, seed=1), drawn, rng=np.random.default_rng(1))
    target = train_model(tmp_path / "target", corpus, start=base, epochs=8, seed=2)
    model = load_language_model(target, base=base)
    found = audit_text_canaries(
        model, drawn, decoding=SAMPLED, seed=1, options=CanaryOptions(candidates=200, exposures=6), dossier=url
    )
    bits = [value(f.estimate) for f in found.findings if "exposure" in f.quantity.en]
    assert bits[0] < bits[2] < bits[3]
    extracted = [f for f in found.findings if "yields" in f.quantity.en]
    assert value(extracted[3].estimate) == 1.0
    assert extracted[3].control.n >= 80
    assert value(extracted[3].control) == 0.0
    assert found.findings[-1].estimate.value > 0.5
    # The same register put to a model that never saw the corpus.
    stranger = train_model(tmp_path / "stranger", made_texts(160, seed=1), start=base, epochs=8, seed=2)
    clean = measure_canaries(
        load_language_model(stranger, base=base), replace(drawn, registered=False), decoding=SAMPLED, seed=1,
        options=CanaryOptions(candidates=200, exposures=6),
    )  # fmt: skip
    assert clean.findings[-1].estimate.value < 0.5
    assert all(value(f.estimate) < 3.5 for f in clean.findings if "exposure" in f.quantity.en)
    assert all(value(f.estimate) == 0.0 for f in clean.findings if "yields" in f.quantity.en)
