"""QMIA: three disjoint sets, the rate asked for on fresh outsiders, and silence where it has learnt nothing."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binomtest

from vidocq.attacks.loss import Loss
from vidocq.attacks.qmia import FEWEST_KNOWN, Qmia
from vidocq.audit.reading import read
from vidocq.core.errors import SignalError
from vidocq.measure.auc import auc

from synthetic import scene, seed

NOBODY = np.array([], dtype=np.int64)
QUICK = Qmia(trees=40)


def reading(number, **changes):
    found = scene(rng=seed(number), members=900, non_members=900, references=2, **changes)
    return found, read(QUICK, found.signals, found.population, stand_ins=NOBODY, rng=seed(1000 + number))


def test_who_teaches_who_calibrates_and_who_is_counted_are_different_outsiders():
    found, told = reading(1)
    sets = np.stack([told.known, told.calibrating, told.counted & ~found.is_member])
    assert (sets.sum(axis=0) == ~found.is_member).all()
    assert sets.sum(axis=1).tolist() == [300, 300, 300]
    assert told.counted[found.is_member].all()


def test_fresh_outsiders_are_accused_at_the_rate_asked_for():
    """Over 60 seeds; the calibrating third has chance of its own, so that a count varies twice as much as a binomial."""
    accused, counted = {0.01: 0, 0.1: 0}, 0
    for number in range(60):
        found, told = reading(number)
        for tally in told.tallies(found.is_member, (0.01, 0.1)):
            accused[tally.alpha] += tally.false_positives
        counted += 300
    for alpha, times in accused.items():
        spread = np.sqrt(2 * counted * alpha * (1 - alpha))
        assert abs(times - counted * alpha) < 3 * spread, (alpha, times, counted)
        assert binomtest(times, counted, alpha).pvalue > 1e-4


def test_a_threshold_for_each_record_beats_one_for_all_where_records_differ():
    found = scene(rng=seed(3), members=1500, non_members=1500, references=2, leak=1.0, spread=3.0)
    counted = ~found.signals.known
    areas = [auc(a.score(found.signals, rng=seed(4))[counted], found.is_member[counted]) for a in (QUICK, Loss())]
    assert areas[0].low > areas[1].high


def test_records_that_say_nothing_of_their_difficulty_leave_it_silent():
    found = scene(rng=seed(5), references=2)
    noise = replace(found.signals, table=seed(6).normal(size=(found.signals.n, 3)))
    with pytest.raises(SignalError, match="no better than a constant"):
        QUICK.score(noise, rng=seed(7))


@pytest.mark.parametrize("lacking", ["table", "known"])
def test_without_records_or_outsiders_to_learn_from_it_is_silent(lacking):
    found = scene(rng=seed(5), references=2).signals
    with pytest.raises(SignalError, match=f"fewer than {FEWEST_KNOWN}"):
        QUICK.score(replace(found, **{lacking: None}), rng=seed(7))


def test_members_never_teach_it():
    """Changing the members' confidence changes no other record's score."""
    found = scene(rng=seed(8), references=2)
    louder = replace(found.signals, target_confidence=found.signals.target_confidence + 5.0 * found.is_member)
    others = ~found.is_member
    before, after = (QUICK.score(s, rng=seed(9))[others] for s in (found.signals, louder))
    np.testing.assert_array_equal(before, after)
