"""Bounds on a rate: published values, exact coverage, exact edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.measure.intervals import clopper_pearson, lower_bound, upper_bound


def test_none_of_a_hundred_may_still_be_three_point_six_percent():
    seen = clopper_pearson(0, 100)
    assert (seen.value, seen.low, seen.n) == (0.0, 0.0, 100)
    assert seen.high == pytest.approx(1.0 - 0.025 ** (1 / 100))
    assert round(100 * seen.high, 1) == 3.6


def test_it_agrees_with_an_independent_implementation():
    exact = stats.binomtest(7, 40).proportion_ci(0.9, method="exact")
    seen = clopper_pearson(7, 40, level=0.9)
    assert (seen.low, seen.high) == (pytest.approx(exact.low), pytest.approx(exact.high))


@pytest.mark.parametrize("n", [1, 12, 60])
@pytest.mark.parametrize("rate", [0.001, 0.01, 0.1, 0.37, 0.5, 0.93])
def test_each_bound_errs_at_most_as_announced(n, rate):
    counts = np.arange(n + 1)
    chance = stats.binom.pmf(counts, n, rate)
    for error in (0.0152, 0.025, 0.2):
        assert chance[upper_bound(counts, n, error=error) < rate].sum() <= error + 1e-12
        assert chance[lower_bound(counts, n, error=error) > rate].sum() <= error + 1e-12


@given(st.integers(0, 5000), st.integers(0, 5000), st.floats(1e-9, 0.4))
def test_bounds_mirror_each_other_and_surround_the_share(successes, failures, error):
    n = successes + failures
    high, low = upper_bound(successes, n, error=error), lower_bound(successes, n, error=error)
    assert 0.0 <= low <= high <= 1.0
    assert high == pytest.approx(1.0 - lower_bound(failures, n, error=error), abs=1e-9)
    if n:
        assert low <= successes / n <= high
    assert high == 1.0 or failures > 0
    assert low == 0.0 or successes > 0


def test_arrays_give_what_each_count_gives():
    hits, n = np.array([0, 3, 9, 9]), np.array([9, 9, 9, 10])
    bounds = upper_bound(hits, n, error=0.05)
    assert bounds.tolist() == [upper_bound(int(k), int(m), error=0.05) for k, m in zip(hits, n, strict=True)]
    assert bounds[2] == 1.0


def test_nothing_observed_leaves_everything_possible_but_is_no_estimate():
    assert (lower_bound(0, 0, error=0.05), upper_bound(0, 0, error=0.05)) == (0.0, 1.0)
    with pytest.raises(SampleTooSmall, match="no observations"):
        clopper_pearson(0, 0)


@pytest.mark.parametrize(("hits", "n", "error"), [(-1, 5, 0.1), (6, 5, 0.1), (1, 5, 0.0), (1, 5, 1.0)])
def test_impossible_requests_are_refused(hits, n, error):
    with pytest.raises(ConfigurationError):
        upper_bound(hits, n, error=error)
    with pytest.raises(ConfigurationError):
        lower_bound(hits, n, error=error)
