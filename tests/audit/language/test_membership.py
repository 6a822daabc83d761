"""One pass of the target, references fine-tuned on halves of the persons, and an over-trained model that is found out."""

import zlib
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from vidocq.attacks.lm_reference import LmReference
from vidocq.audit.examine import examine
from vidocq.audit.language.membership import (
    PLAIN_MIN_K,
    TextReferences,
    as_measured,
    notes_on,
    read_texts,
    signals_of,
    train_text_references,
)
from vidocq.audit.language.population import text_population
from vidocq.audit.suite import LANGUAGE_SUITES
from vidocq.audit.terms import Terms
from vidocq.core.access import Access
from vidocq.core.errors import ModelError, SignalError
from vidocq.core.status import AuditVerdict
from vidocq.engine.local import Local
from vidocq.engine.store import Store
from vidocq.measure.auc import auc

from language_models import made_texts
from made_tokens import likely, tokens_of
from synthetic import seed


@dataclass(frozen=True, eq=False)
class Side:
    texts: list[str]
    persons: Any = None
    dates: Any = None


@dataclass(eq=False)
class Reader:
    """A model that was never trained: a token is a word, likelier in the texts it was given."""

    known: dict[str, int]
    reads: int = 0
    shift: int = 0

    def read(self, texts):
        self.reads += 1
        lengths = [len(text.split()) + self.shift for text in texts]
        odds = [
            np.full(n, float(zlib.crc32(t.encode()) % 7) - 5.0 + self.known.get(t, 0))
            for t, n in zip(texts, lengths, strict=True)
        ]
        flat = np.concatenate(odds)
        return tokens_of(likely(flat), lengths, base=np.full(len(flat), -3.0))


@dataclass(frozen=True)
class Recipe:
    """Fine-tunes by heart; of the seeds that it is told to, fails, or cuts texts otherwise."""

    failing: frozenset[int] = frozenset()
    shifted: bool = False
    log: list[int] = field(default_factory=list, compare=False)

    def fit(self, texts, *, seed):
        self.log.append(len(texts))
        if seed in self.failing:
            raise ValueError(texts[0])
        counts = {text: texts.count(text) for text in texts}
        return Reader(counts, shift=int(self.shifted))

    def describe(self):
        return {"recipe": "by heart", "failing": len(self.failing), "shifted": self.shifted}


@pytest.fixture(scope="module")
def population():
    texts = list(dict.fromkeys(made_texts(130, seed=5, sentences=6)))[:100]
    return text_population(Side([*texts[:50], texts[0], texts[0], texts[1]]), Side(texts[50:]))


@pytest.fixture(scope="module")
def target(population):
    return Reader(dict.fromkeys(population.texts[:50], 2)).read(population.texts)


def trained(population, target, recipe=None, **changes):
    given = {"count": 6, "seed": 3, "versions": {}, "engine": Local(1)} | changes
    return train_text_references(recipe or Recipe(), population, target, **given)


def test_the_target_is_read_once(population):
    model = Reader({})
    tokens = read_texts(model, population)
    assert model.reads == 1
    assert tokens.n == 100


def test_a_model_that_leaves_texts_out_is_refused(population):
    class Short(Reader):
        def read(self, texts):
            return super().read(texts)[:-1]

    with pytest.raises(SignalError, match="99 texts were read of 100"):
        read_texts(Short({}), population)


def test_each_reference_is_trained_on_half_of_the_persons_each_as_often_as_he_stands_there(population, target):
    found = trained(population, target)
    assert found.trained_on.shape == (6, 100)
    np.testing.assert_array_equal(found.trained_on.sum(axis=1), 50)
    signals = signals_of(target, found)
    assert signals.k == 6
    for had, tokens in zip(found.trained_on, found.tokens, strict=True):
        apart = Reader({t: int(c) for t, c, h in zip(population.texts, population.copies, had, strict=True) if h})
        expected = apart.read(population.texts)
        np.testing.assert_allclose(tokens.logprob, expected.logprob, rtol=1e-6)
        np.testing.assert_array_equal(tokens.top, expected.top)
        assert tokens.base is target.base
    assert found.design(population).trained_on.shape == (6, 100)


def test_persons_stay_whole():
    texts = list(dict.fromkeys(made_texts(170, seed=6, sentences=6)))[:140]
    names = np.array([f"p{i // 2}" for i in range(140)], dtype=np.str_)
    people = text_population(Side(texts[:70], names[:70]), Side(texts[70:], names[70:]))
    found = trained(people, Reader({}).read(people.texts))
    np.testing.assert_array_equal(found.trained_on[:, 0::2], found.trained_on[:, 1::2])


def test_workers_change_nothing_and_finished_work_is_kept(population, target, tmp_path):
    first = trained(population, target, store=Store(tmp_path))
    recipe = Recipe()
    again = trained(population, target, recipe, store=Store(tmp_path))
    assert recipe.log == []
    other = trained(population, target, engine=Local(2))
    for one, two, three in zip(first.tokens, again.tokens, other.tokens, strict=True):
        np.testing.assert_array_equal(one.logprob, two.logprob)
        np.testing.assert_array_equal(one.logprob, three.logprob)
    assert len(list(tmp_path.glob("*.npz"))) == 6
    trained(population, target, seed=4, store=Store(tmp_path))
    assert len(list(tmp_path.glob("*.npz"))) == 12


def test_one_failure_in_ten_is_borne_and_more_are_told_without_the_text(population, target):
    from vidocq.core.seeds import Seeds

    seeds = [Seeds(3).integer("reference", k) for k in range(20)]
    found = trained(population, target, Recipe(frozenset(seeds[:2])), count=20)
    assert found.failed == 2
    assert len(found.tokens) == len(found.trained_on) == len(found.block) == 18
    with pytest.raises(ModelError, match="3 of 20") as raised:
        trained(population, target, Recipe(frozenset(seeds[:3])), count=20)
    assert not any(text in str(raised.value) for text in population.texts)


def test_references_of_another_tokenizer_are_refused(population, target):
    with pytest.raises(ModelError, match="same tokens"):
        trained(population, target, Recipe(shifted=True))
    other = Reader({}, shift=1).read(population.texts)
    with pytest.raises(SignalError, match="same tokens"):
        signals_of(target, TextReferences((other,), np.zeros((1, 100), dtype=bool), np.zeros(1, dtype=np.int64)))


def test_without_references_there_is_no_design(population, target):
    none = trained(population, target, count=0)
    assert none.design(population) is None
    assert signals_of(target, none).k == 0


def test_what_is_to_be_known_of_the_signals_is_told(target):
    assert notes_on(target) == []
    plain = replace(target, mean=np.full_like(target.mean, np.nan))
    assert notes_on(plain) == [PLAIN_MIN_K]
    for tokens, name in ((target, "Min-K%++, least likely tokens"), (plain, "Min-K%, least likely tokens")):
        content = {"attacks": [{"id": "lm-min-k", "title": None}, {"id": "lm-loss", "title": "other"}]}
        assert [one["title"] for one in as_measured(content, tokens)["attacks"]][1] == "other"
        assert content["attacks"][0]["title"]["en"] == name
    short = tokens_of(likely(seed(0).normal(size=20)), [3, 17])
    assert notes_on(short)[0].en.startswith("1 texts have fewer than 8 tokens")


# Real models


def test_an_over_trained_model_is_found_out(planted):
    from vidocq.targets.language.loading import load_language_model

    people = text_population(Side(planted.members), Side(planted.non_members))
    target = read_texts(load_language_model(planted.target, base=planted.base), people)
    terms = Terms(
        suite=LANGUAGE_SUITES["quick"],
        access=Access.granted_by("logprobs"),
        alphas=(0.01, 0.1),
        seed=1,
        tau_average=0.0,
        tau_worst=0.0,
        look=1,
        randomised=True,
        can_retrain=False,
        extras=frozenset({"base"}),
    )
    signals = signals_of(target, TextReferences.none(target.n))
    found = examine(signals, people.people, None, None, terms, blind=people.blind(seed=1))
    assert found.ruling.verdict is AuditVerdict.LEAK_SHOWN
    # The base never saw anybody: read as the target, nothing tells members from others.
    base = read_texts(load_language_model(planted.base, base=planted.base), people)
    calm = signals_of(base, TextReferences.none(base.n))
    assert examine(calm, people.people, None, None, terms, blind=people.blind(seed=1)).ruling.p_holm.min() > 0.05


def test_lora_references_remember_whom_they_were_trained_on(planted):
    from vidocq.targets.language.fine_tuning import FineTuning, Lora
    from vidocq.targets.language.training import Course

    people = text_population(Side(planted.members[:48]), Side(planted.non_members[:48]))
    recipe = FineTuning(base=planted.base, course=Course(epochs=6, rate=1e-2), lora=Lora())
    target = read_texts(recipe.fit(planted.members[:48], seed=1), people)
    found = train_text_references(recipe, people, target, count=2, seed=1, versions={}, engine=Local(1))
    signals = signals_of(target, found)
    for k in range(2):
        scores = LmReference().score(signals.standing_in(k), rng=seed(0))
        assert auc(scores, found.trained_on[k]).low > 0.6
