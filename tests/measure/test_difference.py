"""Intervals of differences: they hold what they say, and never vanish where little was seen."""

import math

import numpy as np
import pytest
from scipy import stats

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.core.estimate import Estimate
from vidocq.measure.difference import UNKNOWN, difference, paired_difference
from vidocq.measure.intervals import clopper_pearson


def test_worked_by_hand():
    first, second = Estimate(0.5, 0.4, 0.7, 0.95, 10), Estimate(0.2, 0.1, 0.25, 0.95, 20)
    found = difference(first, second)
    assert found.value == pytest.approx(0.3)
    assert found.low == pytest.approx(0.3 - math.hypot(0.1, 0.05))
    assert found.high == pytest.approx(0.3 + math.hypot(0.2, 0.1))
    assert (found.level, found.n) == (0.95, 30)
    widest = difference(first, second, correlation=UNKNOWN)
    assert (widest.low, widest.high) == pytest.approx((0.4 - 0.25, 0.7 - 0.1))


def test_newcombes_published_example():
    """56/70 against 48/80 (Newcombe 1998, table II, row a, method 10): 0.0524 to 0.3339, on Wilson's limits."""

    def wilson(hits, n):
        interval = stats.binomtest(hits, n).proportion_ci(0.95, method="wilson")
        return Estimate(hits / n, interval.low, interval.high, 0.95, n)

    found = difference(wilson(56, 70), wilson(48, 80))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_nothing_changed_is_not_nothing_unsure():
    found = paired_difference(0, 0, 100)
    assert found.value == 0
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 100))
    assert found.low == -found.high


def test_everybody_changed():
    found = paired_difference(50, 0, 50)
    assert found.value == found.high == 1.0
    assert found.low < 1


def test_swapping_the_models_mirrors_the_interval():
    one, other = paired_difference(9, 3, 80), paired_difference(3, 9, 80)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


@pytest.mark.parametrize(
    ("gained", "lost"), [(0.01, 0.01), (0.05, 0.01), (0.1, 0.1), (0.3, 0.05), (0.5, 0.5), (0.0, 0.02), (0.45, 0.45)]
)
def test_paired_coverage_is_nominal_exactly(gained, lost):
    """Every outcome of 60 persons is enumerated and weighed: no simulation error."""
    n, held = 60, 0.0
    law = stats.multinomial(n, [gained, lost, max(1 - gained - lost, 0.0)])
    for up in range(n + 1):
        for down in range(n + 1 - up):
            mass = float(law.pmf([up, down, n - up - down]))
            if mass > 1e-9:
                found = paired_difference(up, down, n)
                held += mass * (found.low - 1e-12 <= gained - lost <= found.high + 1e-12)
    assert held >= 0.949


@pytest.mark.parametrize("rates", [(0.02, 0.01, 0.05, 0.01), (0.3, 0.1, 0.3, 0.1), (0.9, 0.1, 0.5, 0.12)])
def test_a_difference_of_two_differences_covers(rates):
    """TPR and FPR of two models on different persons; 2,000 draws: three deviations are 1.5 points."""
    rng = np.random.default_rng(3)
    n, truth, held = 200, (rates[2] - rates[3]) - (rates[0] - rates[1]), 0
    for _ in range(2000):
        a, b, c, d = (clopper_pearson(int(k), n) for k in rng.binomial(n, rates))
        found = difference(difference(c, d), difference(a, b))
        held += found.low <= truth <= found.high
    assert held / 2000 >= 0.94


def test_unknown_dependence_covers_the_worst_one():
    """The same persons, whom the two models never accuse together: the correlation that hurts most."""
    rng = np.random.default_rng(4)
    n, p, apart, held = 100, 0.5, 0, 0
    for _ in range(2000):
        hits = int(rng.binomial(n, p))
        one, other = clopper_pearson(hits, n), clopper_pearson(n - hits, n)  # one accuses whom the other does not
        truth = 0.0
        held += (found := difference(one, other, correlation=UNKNOWN)).low <= truth <= found.high
        apart += (found := difference(one, other)).low <= truth <= found.high
    assert held / 2000 >= 0.94
    assert apart / 2000 < 0.9  # taken for different persons, the interval is too short: the planted fault is seen


@pytest.mark.parametrize("correlation", [-1.5, 2.0, math.nan])
def test_impossible_correlations_are_refused(correlation):
    one = Estimate(0.5, 0.4, 0.6, 0.95, 10)
    with pytest.raises(ConfigurationError):
        difference(one, one, correlation=correlation)


def test_impossible_counts_are_refused():
    with pytest.raises(ConfigurationError):
        paired_difference(60, 60, 100)
    with pytest.raises(SampleTooSmall):
        paired_difference(0, 0, 0)
