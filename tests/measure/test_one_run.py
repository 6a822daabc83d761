"""The bound of Steinke, Nasr and Jagielski: published values, values by hand, and what it promises, simulated."""

import math

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.measure.one_run import ceiling, epsilon_lower, largest_refuted, p_value

from synthetic import seed


@pytest.mark.parametrize(("guesses", "epsilon"), [(100, 3.49), (1000, 5.81)])
def test_the_ceiling_is_the_published_one(guesses, epsilon):
    """All right: q^r = 5 %, so that epsilon = log(q / (1 - q)) with q = 0.05^(1/r)."""
    q = 0.05 ** (1 / guesses)
    assert ceiling(guesses, guesses) == pytest.approx(math.log(q / (1 - q)), abs=1e-9)
    assert ceiling(guesses, guesses) == pytest.approx(epsilon, abs=0.005)


def test_two_of_three_by_hand():
    """At epsilon = log 3 a guess is right three times in four: P(2 or more of 3) = 3 * 9/64 + 27/64 = 54/64.

    With delta = 0.001 and 3 canaries: P(1 or more) - P(2 or more) = 9/64 for i = 1, and (10/64) / 2 for i = 2.
    """
    assert p_value(3, 3, 2, epsilon=math.log(3)) == pytest.approx(54 / 64)
    assert p_value(3, 3, 2, epsilon=math.log(3), delta=0.001) == pytest.approx(54 / 64 + 2 * 3 * 0.001 * 9 / 64)


def test_guesses_no_better_than_chance_show_nothing():
    assert epsilon_lower(1000, 200, 100) == 0.0
    assert epsilon_lower(1000, 200, 0) == 0.0


def test_more_right_guesses_show_more_and_delta_costs():
    found = [epsilon_lower(1000, 200, v, delta=1e-5) for v in range(100, 201, 10)]
    assert found == sorted(found)
    assert found[-1] < epsilon_lower(1000, 200, 200)
    assert epsilon_lower(1000, 200, 200, delta=0.1) < found[-1]
    assert epsilon_lower(1000, 200, 180, level=0.99) < epsilon_lower(1000, 200, 180)


@pytest.mark.parametrize("delta", [0.0, 0.002])
def test_randomised_response_is_accused_of_more_than_it_leaks_in_one_run_of_twenty_at_most(delta):
    """(epsilon, delta)-private exactly: with probability delta the coin is told, else a lie once in 1 + e^epsilon."""
    rng, epsilon, canaries, runs = seed(5), 1.5, 300, 2000
    right = delta + (1 - delta) / (1 + math.exp(-epsilon))
    counts = rng.binomial(canaries, right, size=runs)
    shown = {v: epsilon_lower(canaries, canaries, int(v), delta=delta) for v in np.unique(counts)}
    over = sum(shown[v] > epsilon for v in counts)
    assert over <= 0.05 * runs + 3 * math.sqrt(0.05 * 0.95 * runs)
    if delta == 0.0:
        assert over >= 0.02 * runs  # and the bound is not slack


def test_told_coins_are_guessed_alone_and_still_bounded():
    """The worst use of delta: guess only the coins that were told. What delta lets out is not called epsilon."""
    rng, canaries, delta = seed(6), 1000, 0.01
    for _ in range(50):
        told = int(rng.binomial(canaries, delta))
        assert epsilon_lower(canaries, max(told, 1), told, delta=delta) == 0.0


@pytest.mark.parametrize(
    ("counts", "error"),
    [((10, 0, 0), SampleTooSmall), ((10, 11, 5), ConfigurationError), ((10, 5, 6), ConfigurationError)],
)
def test_impossible_counts_are_refused(counts, error):
    with pytest.raises(error):
        epsilon_lower(*counts)


@pytest.mark.parametrize("changes", [{"epsilon": -1.0}, {"epsilon": 1.0, "delta": 1.0}])
def test_impossible_privacy_is_refused(changes):
    with pytest.raises(ConfigurationError):
        p_value(10, 5, 5, **changes)


def test_the_largest_refuted_value_comes_from_below():
    assert largest_refuted(lambda x: x < math.pi) == pytest.approx(math.pi, abs=1e-9)
    assert largest_refuted(lambda x: x < math.pi) <= math.pi
    assert largest_refuted(lambda x: False) == 0.0
    assert largest_refuted(lambda x: True, limit=30.0) == pytest.approx(30.0)
