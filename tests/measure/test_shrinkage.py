"""Shrunken variances: the law they assume is recovered, and zeros do no harm."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidocq.core.errors import SampleTooSmall, SignalError
from vidocq.measure.shrinkage import pooled_variance, prior_strength, prior_variance, shrink


def records(n, degrees, strength, *, seed):
    """True variances around 1 and what `degrees` degrees of freedom show of them."""
    rng = np.random.default_rng(seed)
    truth = np.ones(n) if math.isinf(strength) else strength / rng.chisquare(strength, n)
    degrees = np.broadcast_to(degrees, n)
    return truth, truth * rng.chisquare(np.maximum(degrees, 1)) / np.maximum(degrees, 1), degrees


def test_by_hand():
    variances, degrees = np.array([1.0, 4.0, 9.0]), np.array([1, 3, 0])
    assert pooled_variance(variances, degrees) == 13 / 4
    np.testing.assert_allclose(shrink(variances, degrees, pooled=2.0, strength=2.0), [5 / 3, 16 / 5, 2.0])
    np.testing.assert_array_equal(shrink(variances, degrees, pooled=2.0, strength=math.inf), [2.0, 2.0, 2.0])


@pytest.mark.parametrize("degrees", [3, 7, 127])
@pytest.mark.parametrize("strength", [1.0, 4.0, 20.0])
@pytest.mark.parametrize("zeros", [0.0, 0.3])
def test_strength_and_centre_of_the_assumed_law_are_found(degrees, strength, zeros):
    _, seen, d = records(8000, degrees, strength, seed=1)
    seen[: int(zeros * seen.size)] = 0.0
    found = prior_strength(seen, d)
    assert found == pytest.approx(strength, rel=0.25)
    assert prior_variance(seen, d, strength=found) == pytest.approx(1.0, rel=0.05)


def test_one_common_variance_is_fixed_or_nearly():
    _, seen, d = records(8000, 15, math.inf, seed=2)
    found = prior_strength(seen, d)
    assert found > 200
    assert prior_variance(seen, d, strength=found) == pytest.approx(1.0, rel=0.02)
    assert prior_variance(seen, d, strength=math.inf) == pytest.approx(pooled_variance(seen, d))


def test_shrunken_is_closer_to_the_truth_than_raw_or_fixed():
    for strength in (1.0, 4.0, 20.0):
        truth, seen, d = records(4000, 5, strength, seed=3)
        nu = prior_strength(seen, d)
        centre = prior_variance(seen, d, strength=nu)

        def miss(guess, truth=truth):
            return np.mean(np.log(guess / truth) ** 2)

        best = miss(shrink(seen, d, pooled=centre, strength=nu))
        assert best < miss(seen)
        assert best < miss(np.full_like(seen, pooled_variance(seen, d)))


def test_the_pooled_variance_is_the_wrong_centre_when_records_differ_a_lot():
    _, seen, d = records(4000, 7, 1.0, seed=4)
    nu = prior_strength(seen, d)
    centre = prior_variance(seen, d, strength=nu)
    assert pooled_variance(seen, d) > 10 * centre


def test_zeros_only():
    zeros, d = np.zeros(6), np.full(6, 3)
    assert (pooled_variance(zeros, d), prior_strength(zeros, d)) == (0.0, math.inf)
    assert prior_variance(zeros, d, strength=math.inf) == 0.0
    np.testing.assert_array_equal(shrink(zeros, d, pooled=0.0, strength=math.inf), zeros)


def test_identical_answers_that_floats_rounded_count_as_zeros():
    _, seen, d = records(4000, 7, 4.0, seed=5)
    clean = prior_strength(np.concatenate([seen, np.zeros(2000)]), np.append(d, d[:2000]))
    rounded = prior_strength(np.concatenate([seen, np.full(2000, 1e-31)]), np.append(d, d[:2000]))
    assert rounded == clean == pytest.approx(4.0, rel=0.2)


def test_records_without_a_variance_of_their_own_take_the_centre_and_say_nothing():
    _, seen, d = records(500, 7, 4.0, seed=6)
    more, degrees = np.append(seen, [1e9, np.nan]), np.append(d, [0, 0])
    assert prior_strength(more, degrees) == prior_strength(seen, d)
    assert shrink(more, degrees, pooled=1.5, strength=4.0)[-2:].tolist() == [1.5, 1.5]


def test_one_record_has_no_spread_and_none_no_variance():
    assert prior_strength(np.array([2.0, 5.0]), np.array([4, 0])) == math.inf
    with pytest.raises(SampleTooSmall):
        pooled_variance(np.array([1.0]), np.array([0]))
    with pytest.raises(SignalError):
        pooled_variance(np.array([np.nan]), np.array([2]))


@given(st.floats(1e-2, 1e6), st.floats(0.0, 1e3), st.lists(st.floats(0.0, 1e3), min_size=1, max_size=20))
def test_a_shrunken_variance_lies_between_its_own_and_the_centre(strength, pooled, variances):
    own = np.array(variances)
    seen = shrink(own, np.full(own.size, 5), pooled=pooled, strength=strength)
    assert np.all(seen >= np.minimum(own, pooled) * (1 - 1e-12))
    assert np.all(seen <= np.maximum(own, pooled) * (1 + 1e-12))


@given(st.floats(1e-9, 1e9))
def test_a_change_of_unit_changes_nothing_but_the_unit(unit):
    _, seen, d = records(200, 4, 6.0, seed=7)
    nu = prior_strength(seen, d)
    assert prior_strength(unit * seen, d) == pytest.approx(nu, rel=1e-6)
    assert prior_variance(unit * seen, d, strength=nu) == pytest.approx(
        unit * prior_variance(seen, d, strength=nu), rel=1e-6
    )


def test_ten_thousand_records_take_milliseconds():
    _, seen, d = records(10_000, 127, 4.0, seed=8)
    best = math.inf
    for _ in range(5):
        start = time.process_time()
        nu = prior_strength(seen, d)
        shrink(seen, d, pooled=prior_variance(seen, d, strength=nu), strength=nu)
        best = min(best, time.process_time() - start)
    assert best < 0.02
