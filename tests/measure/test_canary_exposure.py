"""Exposure: by hand where all candidates are ranked, near it where some are, and never more than there is."""

import math

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, SampleTooSmall, SignalError
from vidocq.measure.canary_exposure import EXPECTED_BITS, exposure


def test_the_exact_rank_by_hand():
    others = np.array([-1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0])
    assert exposure(-0.5, others, space=8).bits == 3.0  # first of eight
    assert exposure(-1.5, others, space=8).bits == 2.0  # second
    assert exposure(-3.5, others, space=8).bits == 1.0  # fourth
    assert exposure(-9.0, others, space=8).bits == 0.0  # last
    assert exposure(-1.0, others, space=8).bits == 2.0  # a tie stands above
    assert exposure(-0.5, others, space=8).method == "rank"


def test_a_secret_never_planted_has_one_bit_and_a_half_on_average():
    rng = np.random.default_rng(1)
    bits = [exposure(x[0], x[1:], space=200).bits for x in rng.normal(size=(2000, 200))]
    # -log2 of a uniform rank among 200: its mean is a little under 1 / ln 2
    exact = np.mean(np.log2(200) - np.log2(np.arange(1, 201)))
    assert np.mean(bits) == pytest.approx(exact, abs=0.1)
    assert exact == pytest.approx(EXPECTED_BITS, abs=0.03)
    assert np.mean(np.array(bits) >= 5.0) == pytest.approx(2.0**-5, abs=0.015)


@pytest.mark.parametrize(("z", "method"), [(1.0, "sampled rank"), (5.0, "skew normal")])
def test_a_sample_of_candidates_comes_near_the_whole_rank(z, method):
    rng = np.random.default_rng(2)
    space, found = 10**6, []
    for _ in range(300):
        found.append(exposure(z, rng.normal(size=1000), space=space))
    from scipy import stats

    true = math.log2(space) - math.log2(1 + stats.norm.sf(z) * (space - 1))
    assert {one.method for one in found} == {method}
    assert np.median([one.bits for one in found]) == pytest.approx(true, abs=0.6 if z < 2 else 3.0)
    assert all(one.low <= one.bits <= one.high <= math.log2(space) + 1e-9 for one in found)
    assert np.mean([one.low <= true <= one.high for one in found]) >= 0.93


def test_beyond_the_sample_the_lower_bound_supposes_nothing():
    found = exposure(100.0, np.random.default_rng(3).normal(size=1000), space=10**6)
    assert found.bits == pytest.approx(math.log2(10**6))
    # 0 of 1000 above: at most 0.37 % are, at 97.5 %
    assert found.low == pytest.approx(math.log2(1 / 0.00368), abs=0.02)


def test_skewed_candidates_do_not_pass_for_exposure():
    """The right tail of log-probabilities with a skewed law: what a normal law would call 12 bits is an ordinary rank."""
    rng = np.random.default_rng(4)
    sample = -np.log(rng.gamma(4.0, size=(200, 1001)))
    bits = [exposure(x[0], x[1:], space=10**6).bits for x in sample]
    assert np.mean(np.array(bits) > 12.0) < 0.02


def test_equal_candidates_expose_nothing():
    assert exposure(0.0, np.zeros(100), space=10**6).bits == 0.0


def test_what_tells_no_rank_is_refused():
    with pytest.raises(SampleTooSmall):
        exposure(0.0, np.arange(10.0), space=1000)
    with pytest.raises(SignalError):
        exposure(float("nan"), np.arange(100.0), space=1000)
    with pytest.raises(ConfigurationError):
        exposure(0.0, np.arange(100.0), space=100)
