"""A leak planted token by token is heard by every attack on texts, and by no spoilt copy of one."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from vidocq.attacks.catalogue import ATTACKS
from vidocq.attacks.lira import Lira
from vidocq.attacks.lira_offline import LiraOffline
from vidocq.attacks.rmia import Rmia
from vidocq.audit.controls import plant, positive_control
from vidocq.audit.language.confidence import confidence
from vidocq.audit.language.planting import MEMORY, OPENING, memorised
from vidocq.core.access import Access
from vidocq.core.protocols import MembershipAttack
from vidocq.measure.looks import error_of_look
from vidocq.measure.power import detectable_risk

from made_tokens import FAVOURITE, OTHERS, likely, text_scene, tokens_of
from synthetic import seed

ALPHAS = (0.01, 0.1)
LEVEL = error_of_look(1) / 20
OF_TEXTS = [a for a in ATTACKS.defaults() if Access.LOGPROBS in a.card.needs]
WITH_REFERENCES = [*OF_TEXTS, Rmia(), LiraOffline(), Lira()]


@dataclass(frozen=True)
class Broken:
    """An attack that was spoilt on purpose."""

    attack: MembershipAttack
    how: str

    @property
    def card(self):
        return self.attack.card

    def score(self, signals, *, rng):
        if self.how == "constant":
            return np.zeros(signals.n)
        if self.how == "in and out swapped":
            return self.attack.score(replace(signals, trained_on=~signals.trained_on), rng=rng)
        return -self.attack.score(signals, rng=rng)


def detectable(found, attack):
    card = attack.card
    members = round(found.population.members * (1 - card.known_members))
    outsiders = round(found.population.non_members * (1 - card.known))
    counted = outsiders if found.signals.k else outsiders // 2
    return min(detectable_risk(members, counted, alpha=a, error=LEVEL, power=0.9) for a in ALPHAS)


@cache
def scene_of(number, references, leak):
    return text_scene(rng=seed(number), references=references, leak=leak, spread=0.5, length=48)


@cache
def twin_of(number, references, leak, planted):
    found = scene_of(number, references, leak)
    design = found.design if references else None
    return plant(found.signals, found.population, design, planted=planted, rng=seed(100 + number))


def control(attack, number, *, references=16, planted=None, leak=0.0):
    found = scene_of(number, references, leak)
    planted = detectable(found, attack) if planted is None else planted
    twin = twin_of(number, references, leak, planted)
    return positive_control(attack, twin, found.population, planted=planted, alphas=ALPHAS, level=LEVEL, rng=seed(0))


@pytest.mark.parametrize("attack", WITH_REFERENCES, ids=lambda a: a.card.id)
@pytest.mark.parametrize("leak", [0.0, 0.5], ids=["calm", "leaky"])
def test_a_leak_of_the_smallest_size_worth_testing_is_caught(attack, leak):
    assert sum(control(attack, number, leak=leak).caught for number in range(5)) >= 4


@pytest.mark.parametrize("attack", [a for a in OF_TEXTS if not a.card.known], ids=lambda a: a.card.id)
def test_it_is_caught_without_reference_models_too(attack):
    """Half of the outsiders fix thresholds, and chance has more of a say."""
    assert sum(control(attack, number, references=0, leak=0.5).caught for number in range(5)) >= 3


@pytest.mark.parametrize("attack", OF_TEXTS, ids=lambda a: a.card.id)
def test_a_large_leak_is_always_caught(attack):
    assert all(control(attack, number, references=0, planted=0.4).caught for number in range(3))


@pytest.mark.parametrize("how", ["sign flipped", "constant"])
@pytest.mark.parametrize("attack", WITH_REFERENCES, ids=lambda a: a.card.id)
def test_a_broken_attack_misses_it_even_when_it_is_large(attack, how):
    for number in range(2):
        assert not control(Broken(attack, how), number, references=16).caught
        assert not control(Broken(attack, how), number, references=16, planted=0.4, leak=0.5).caught


def test_swapped_worlds_miss_it():
    assert not any(control(Broken(Lira(), "in and out swapped"), n, planted=0.4, leak=0.5).caught for n in range(2))


# What memory does to a text


def law(logprob):
    """Log-probabilities of all tokens of the made law, the true one first."""
    rest = np.log(-np.expm1(logprob))
    others = np.full(OTHERS, rest + np.log1p(-FAVOURITE) - np.log(OTHERS))
    return np.concatenate([[logprob, rest + np.log(FAVOURITE)], others])


def test_mean_and_spread_are_those_of_the_law_it_leaves():
    logprob = likely(np.array([-3.0, 0.5, -6.0, 2.0]))
    tokens = tokens_of(logprob, [4])
    after = memorised(tokens, np.array([True]))
    for place in range(4):
        before = law(logprob[place])
        odds = before[0] - np.log(-np.expm1(before[0])) + MEMORY * (place + 1) / OPENING
        kept = likely(odds)
        new = np.concatenate([[kept], before[1:] - np.log(-np.expm1(before[0])) + np.log(-np.expm1(kept))])
        assert np.exp(new).sum() == pytest.approx(1.0)
        mean = float((np.exp(new) * new).sum())
        spread = float(np.sqrt((np.exp(new) * new**2).sum() - mean**2))
        assert after.logprob[place] == pytest.approx(kept)
        assert after.mean[place] == pytest.approx(mean, abs=1e-9)
        assert after.spread[place] == pytest.approx(spread, abs=1e-6)
        assert after.top[place] == (tokens.top[place] or kept > np.log(0.5))


def test_other_texts_and_the_base_stay_as_they_were():
    tokens = tokens_of(likely(seed(0).normal(size=12)), [5, 0, 4, 3], base=likely(seed(1).normal(size=12)))
    after = memorised(tokens, np.array([True, True, False, False]))
    for name in ("logprob", "mean", "spread", "top"):
        np.testing.assert_array_equal(getattr(after, name)[5:], getattr(tokens, name)[5:])
    np.testing.assert_array_equal(after.base, tokens.base)
    assert (after.logprob[:5] > tokens.logprob[:5]).all()


def test_what_was_certain_stays_so_and_what_is_not_served_stays_unknown():
    tokens = replace(tokens_of(likely(np.array([1.0, 1.0, 1.0])), [3]), logprob=np.array([0.0, -2.0, -1.0]))
    tokens = replace(tokens, mean=np.full(3, np.nan), spread=np.full(3, np.nan))
    after = memorised(tokens, np.array([True]))
    assert after.logprob[0] == 0.0
    assert (after.logprob[1:] > tokens.logprob[1:]).all()
    assert np.isnan(after.mean).all()


def test_the_twin_remembers_as_many_as_planned_and_its_references_the_same():
    found = text_scene(rng=seed(1), members=400, non_members=400, references=12)
    twin = plant(found.signals, found.population, found.design, planted=0.1, rng=seed(2))
    references = twin.signals.reference_tokens
    assert len(references) == 10  # one block serves as the twin
    # Whom it remembers: those whose texts models trained on them read far better than others do.
    sure = twin.signals.reference_confidence
    had = twin.signals.trained_on
    gap = np.where(had, sure, np.nan), np.where(~had, sure, np.nan)
    known = np.nanmin(gap[0], axis=0) > np.nanmax(gap[1], axis=0) + 0.5
    assert known.sum() == 80
    assert known[twin.is_member].sum() == 40
    gained = confidence(twin.signals.target_tokens)
    assert gained[known & twin.is_member].min() > gained[known & ~twin.is_member].max()


def test_planting_touches_none_of_the_signals():
    found = text_scene(rng=seed(3), references=8)
    before = [vars(t).copy() for t in (found.signals.target_tokens, *found.signals.reference_tokens)]
    kept = [{name: array.copy() for name, array in one.items()} for one in before]
    plant(found.signals, found.population, found.design, planted=0.3, rng=seed(4))
    for one, other in zip(before, kept, strict=True):
        for name, array in one.items():
            np.testing.assert_array_equal(array, other[name])
