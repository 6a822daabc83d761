"""Thresholds come from outsiders alone, are counted once, and ties accuse nobody."""

import numpy as np
import pytest

from vidocq.attacks.catalogue import ATTACKS
from vidocq.attacks.label_gap import LabelGap
from vidocq.attacks.lira import Lira
from vidocq.attacks.loss import Loss
from vidocq.audit.controls import stand_in_indices
from vidocq.audit.reading import Reading, read, score_stand_ins

from made_tokens import scene_for
from synthetic import scene, seed

ALPHAS = (0.01, 0.1)


def reading(outsiders, target, *, attack=None):
    """Outsiders' scores against one stand-in, as many as persons; scores of persons against the target."""
    outsiders, target = np.asarray(outsiders, dtype=float), np.asarray(target, dtype=float)
    return Reading(
        Loss() if attack is None else attack,
        target,
        outsiders[None, :],
        np.ones((1, len(outsiders)), dtype=bool),
        np.zeros(len(target), dtype=bool),
        np.zeros(len(target), dtype=bool),
    )


def test_ties_at_the_threshold_are_not_accused():
    found = reading(np.arange(100.0), [88.0, 89.0, 89.0, 90.0, 95.0])
    tally = found.tallies(np.array([True, True, False, False, True]), (0.1,))[0]
    assert tally.threshold == 89.0  # 90 to 99 lie above: a tenth
    assert (tally.true_positives, tally.members, tally.false_positives, tally.non_members) == (1, 3, 1, 2)
    assert tally.measured


@pytest.mark.parametrize(("above", "speaks"), [(10, True), (5, True), (4, False), (0, False)])
def test_an_attack_that_accuses_under_half_its_rate_does_not_speak(above, speaks):
    """Of 100 outsiders at a rate of 10 %: `above` stand out, twenty tie just below, the others score nothing."""
    outsiders = np.concatenate([np.full(80 - above, 0.0), np.full(20, 1.0), np.linspace(2, 3, above)])
    alpha, _, heard = reading(outsiders, outsiders).points((0.1,))[0]
    assert alpha == 0.1
    assert heard is speaks


def test_all_scores_alike_accuse_nobody_and_count_as_silence():
    tallies = reading(np.ones(200), np.ones(200)).tallies(np.arange(200) < 100, ALPHAS)
    assert [t.measured for t in tallies] == [False, False]
    assert all(t.true_positives == t.false_positives == 0 for t in tallies)


def test_a_yes_or_no_score_has_its_own_operating_point():
    scores = np.array([0.0, 1.0, 1.0, 0.0])
    tally, *others = reading(scores, scores, attack=LabelGap()).tallies(np.array([True, True, False, False]), ALPHAS)
    assert not others
    assert (tally.alpha, tally.true_positives, tally.false_positives, tally.measured) == (None, 1, 1, True)


@pytest.mark.parametrize("attack", ATTACKS.defaults(), ids=lambda a: a.card.id)
def test_outsiders_are_accused_at_the_rate_asked_for(attack):
    found = scene_for(attack, rng=seed(1), leak=1.0, members=1500, non_members=1500, references=32)
    read_off = read(attack, found.signals, found.population, stand_ins=stand_in_indices(32), rng=seed(2))
    for tally in read_off.tallies(found.is_member, ALPHAS):
        if tally.alpha is not None:
            rate = tally.false_positives / tally.non_members
            assert abs(rate - tally.alpha) < 4 * np.sqrt(tally.alpha / tally.non_members)
            assert tally.true_positives > tally.false_positives


def test_a_stand_in_speaks_only_of_persons_it_never_saw():
    found = scene(rng=seed(3), leak=3.0)
    read_off = read(Loss(), found.signals, found.population, stand_ins=np.arange(10), rng=seed(0))
    np.testing.assert_array_equal(read_off.outside, ~found.signals.trained_on[:10])
    assert len(read_off.outsiders()) == read_off.outside.sum()
    assert not read_off.calibrating.any()


def test_thresholds_do_not_move_with_the_target():
    one, other = (scene(rng=seed(4), leak=leak, recipe_leak=1.0) for leak in (0.0, 5.0))
    points = [
        read(Lira(), s.signals, s.population, stand_ins=np.arange(20), rng=seed(0)).points(ALPHAS)
        for s in (one, other)
    ]
    assert points[0] == points[1]


def test_without_reference_models_half_the_outsiders_calibrate_and_are_not_counted():
    found = scene(rng=seed(5), leak=1.0)
    alone = found.signals.only(np.array([], dtype=np.int64))
    read_off = read(Loss(), alone, found.population, stand_ins=np.array([], dtype=np.int64), rng=seed(1))
    assert read_off.calibrating.sum() == 200
    assert not read_off.calibrating[found.is_member].any()
    np.testing.assert_array_equal(np.sort(read_off.outsiders()), np.sort(read_off.target[read_off.calibrating]))
    tally = read_off.tallies(found.is_member, (0.1,))[0]
    assert (tally.members, tally.non_members) == (400, 200)


def test_an_attack_that_knows_no_shortcut_is_asked_one_by_one():
    class Slow:
        card = Loss.card

        def score(self, signals, *, rng):
            return Loss().score(signals, rng=rng)

    signals = scene(rng=seed(6)).signals
    chosen = np.array([2, 7])
    np.testing.assert_array_equal(
        score_stand_ins(Slow(), signals, chosen, rng=seed(0)), score_stand_ins(Loss(), signals, chosen, rng=seed(0))
    )
