"""Curves and thresholds: ties are never accused, and nothing is read below its resolution."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vidocq.core.errors import SampleTooSmall, SignalError
from vidocq.measure.roc import (
    accuse,
    certifies,
    describes,
    fresh_threshold_at,
    largest_gap,
    roc_curve,
    roc_points,
    threshold_at,
    tpr_at_fpr,
)

SCORES = np.array([3.0, 2.0, 2.0, 1.0, 2.0, 1.0, 0.0, 0.0])
MEMBER = np.array([True, True, True, True, False, False, False, False])


@st.composite
def audits(draw):
    n = draw(st.integers(2, 60))
    scores = draw(arrays(np.float64, n, elements=st.integers(-4, 4).map(float)))
    member = np.zeros(n, dtype=bool)
    member[: draw(st.integers(1, n - 1))] = True
    return scores, member


def test_a_curve_worked_by_hand():
    roc = roc_curve(SCORES, MEMBER)
    assert roc.threshold.tolist() == [3.0, 2.0, 1.0, 0.0, -np.inf]
    assert roc.tpr.tolist() == [0.0, 0.25, 0.75, 1.0, 1.0]
    assert roc.fpr.tolist() == [0.0, 0.0, 0.25, 0.5, 1.0]
    assert largest_gap(SCORES, MEMBER) == 0.5


@settings(max_examples=60)
@given(audits())
def test_every_point_is_what_its_threshold_accuses(audit):
    scores, member = audit
    roc = roc_curve(scores, member)
    assert roc.threshold.size == np.unique(scores).size + 1
    assert (roc.fpr[0], roc.tpr[0], roc.fpr[-1], roc.tpr[-1]) == (0.0, 0.0, 1.0, 1.0)
    for fpr, tpr, threshold in zip(roc.fpr, roc.tpr, roc.threshold, strict=True):
        accused = accuse(scores, threshold=threshold)
        assert (fpr, tpr) == (accused[~member].mean(), accused[member].mean())
    shuffled = np.random.default_rng(0).permutation(scores.size)
    np.testing.assert_array_equal(roc_curve(scores[shuffled], member[shuffled]).tpr, roc.tpr)


@given(arrays(np.float64, st.integers(1, 80), elements=st.integers(0, 9).map(float)), st.floats(0.001, 0.999))
def test_a_threshold_is_the_smallest_that_keeps_its_promise(outsiders, fpr):
    threshold = threshold_at(outsiders, fpr=fpr)
    assert threshold in outsiders
    assert accuse(outsiders, threshold=threshold).mean() <= fpr
    smaller = outsiders[outsiders < threshold]
    assert not smaller.size or accuse(outsiders, threshold=smaller.max()).mean() > fpr


def test_rates_that_floats_round_are_met_exactly():
    outsiders = np.arange(100.0)
    for fpr in (0.01, 0.07, 0.1, 0.29, 0.57):
        assert accuse(outsiders, threshold=threshold_at(outsiders, fpr=fpr)).sum() == round(100 * fpr)


def test_ties_are_not_accused_even_if_all_tie():
    seen = tpr_at_fpr(np.ones(40), np.arange(40) < 20, fpr=0.1)
    assert (seen.value, seen.low, seen.n) == (0.0, 0.0, 20)


def test_a_rate_below_resolution_is_refused_with_both_ways_out():
    scores, member = np.arange(500.0), np.arange(500) < 100
    with pytest.raises(SampleTooSmall) as refusal:
        tpr_at_fpr(scores, member, fpr=0.001)
    assert refusal.value.what == "a false positive rate of 0.001 cannot be read on 400 non-members"
    assert refusal.value.where == "measure.roc.tpr_at_fpr"
    assert refusal.value.fix == "give at least 1000 non-members, or ask for fpr >= 0.0025"
    assert tpr_at_fpr(scores, member, fpr=0.0025).value == 0.0


def test_floors_of_describing_and_certifying():
    assert describes(0.1, 10)
    assert not describes(0.1, 9)
    assert describes(0.001, 1000)
    assert certifies(0.01, 370)
    assert not certifies(0.01, 369)
    assert certifies(0.1, 37)


def test_points_for_a_figure_are_few_readable_and_on_the_curve():
    rng = np.random.default_rng(5)
    scores, member = rng.normal(size=40_000), np.arange(40_000) < 20_000
    scores[member] += 1.0
    roc = roc_curve(scores, member)
    points = roc_points(roc, 20_000)
    assert 50 < len(points) <= 200
    assert points[0][0] == 1 / 20_000
    assert points[-1] == (1.0, 1.0)
    best = {x: roc.tpr[roc.fpr == x].max() for x, _ in points}
    assert all(best[x] == y for x, y in points)


def test_points_of_a_curve_that_jumps_over_the_smallest_rates():
    roc = roc_curve(SCORES, MEMBER)
    assert roc_points(roc, 4) == [(0.25, 0.75), (0.5, 1.0), (1.0, 1.0)]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_score_that_is_no_number_is_refused(bad):
    scores = SCORES.copy()
    scores[0] = bad
    with pytest.raises(SignalError, match="1 of 8"):
        roc_curve(scores, MEMBER)
    with pytest.raises(SignalError):
        threshold_at(scores, fpr=0.5)


def test_a_missing_group_or_shape_is_refused():
    with pytest.raises(SampleTooSmall):
        roc_curve(SCORES, np.ones(8, dtype=bool))
    with pytest.raises(SampleTooSmall):
        threshold_at(np.empty(0), fpr=0.1)
    with pytest.raises(SignalError, match="one score per record"):
        roc_curve(SCORES, MEMBER[:4])


@pytest.mark.parametrize(("n", "fpr", "above"), [(99, 0.01, 0), (98, 0.01, 0), (199, 0.01, 1), (300, 0.1, 29)])
def test_a_fresh_outsider_is_accused_no_more_often_than_asked(n, fpr, above):
    """By rank: with j of n above, the next one is above with probability (j + 1) / (n + 1)."""
    scores = np.random.default_rng(1).permutation(np.arange(float(n)))
    threshold = fresh_threshold_at(scores, fpr=fpr)
    assert (scores > threshold).sum() == above
    if (n + 1) * fpr >= 1:
        assert (above + 1) / (n + 1) <= fpr < (above + 2) / (n + 1) + 1e-12


def test_too_few_scores_accuse_nobody_and_ties_are_never_accused():
    assert fresh_threshold_at(np.arange(50.0), fpr=0.01) == 49.0
    scores = np.array([0.0] * 50 + [1.0] * 50)
    assert (scores > fresh_threshold_at(scores, fpr=0.1)).sum() == 0
