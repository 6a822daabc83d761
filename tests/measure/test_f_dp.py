"""The bound against a whole trade-off curve: exact where it can be worked out, and never above what is true."""

import math

import numpy as np
import pytest
from scipy.optimize import linprog

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.measure.f_dp import epsilon_lower_approximate, epsilon_lower_gaussian, mu_lower, refuted
from vidocq.measure.guesses import plan_guesses, share_right
from vidocq.measure.one_run import epsilon_lower
from vidocq.measure.one_run_bounds import BOUNDS, bound_named
from vidocq.measure.trade_off import Approximate, Gaussian, gaussian_epsilon, gaussian_mu

from synthetic import seed

DELTA = 1e-5


def test_one_guess_of_one_canary_is_the_curve_itself():
    """One coin: P(right) <= h(1 - P(right)), so that 1 - tau >= needed(tau) is all the bound says."""
    for curve in (Gaussian(1.0), Approximate(1.0, 0.05)):
        for tau in np.linspace(0.01, 0.99, 99):
            assert refuted(1, 1, 1, curve=curve, error=tau) == (1.0 - tau < curve.needed(tau) - 1e-12)


def test_pure_privacy_is_held_by_binomial_guesses_and_not_refuted():
    """Right three times in four, independently: (log 3, 0)-private, so no count may refute at its own probability."""
    from scipy import stats

    for correct in range(1, 21):
        tail = float(stats.binom.sf(correct - 1, 20, 0.75))
        assert not refuted(20, 20, correct, curve=Approximate(math.log(3), 0.0), error=min(tail, 1 - 1e-9) * 0.999999)


@pytest.mark.parametrize("curve", [Approximate(0.8, 0.0), Approximate(0.8, 0.02)])
def test_the_walk_down_finds_the_least_mass(curve):
    """The inequalities R_t <= h(H_{t-1}) as a linear program, h being piecewise linear: the same largest tail."""
    canaries, guesses, correct = 9, 7, 6
    j = np.arange(guesses + 1)
    right, wrong = j / canaries, (guesses - j) / canaries
    rows, limits = [], []
    e = math.exp(curve.epsilon)
    for t in range(1, guesses + 1):
        above, from_below = (j >= t) * right, (j >= t - 1) * wrong
        rows += [above - e * from_below, above - from_below / e]
        limits += [curve.delta, 1 - (1 - curve.delta) / e]
        rows.append(above)
        limits.append(1.0)
    found = linprog(
        -(j >= correct).astype(float), A_ub=np.array(rows), b_ub=limits, A_eq=np.ones((1, len(j))), b_eq=[1.0]
    )
    largest = -found.fun
    assert not refuted(canaries, guesses, correct, curve=curve, error=largest - 1e-6)
    assert refuted(canaries, guesses, correct, curve=curve, error=largest + 1e-6)


@pytest.mark.parametrize(("epsilon", "guesses"), [(1.0, 100), (4.0, 100), (4.0, 1000)])
def test_an_exact_gaussian_mechanism_is_accused_of_more_than_it_leaks_in_one_run_of_twenty_at_most(epsilon, guesses):
    rng, canaries, runs = seed(7), 1000, 1000
    mu = gaussian_mu(epsilon, DELTA)
    coins = rng.random((runs, canaries)) < 0.5
    scores = rng.normal(size=coins.shape) + mu * coins
    ranked = np.take_along_axis(coins, np.argsort(scores, axis=1), axis=1)
    half = guesses // 2
    counts = (~ranked[:, :half]).sum(axis=1) + ranked[:, canaries - half :].sum(axis=1)
    for bound in BOUNDS.values():
        shown = {v: bound(canaries, guesses, int(v), delta=DELTA, level=0.95) for v in np.unique(counts)}
        assert np.mean([shown[v] > epsilon for v in counts]) <= 0.05
        assert max(shown.values()) > 0


def test_a_mechanism_that_tells_all_at_once_or_nothing_is_bounded_too():
    """Coins leak together: with chance 4 % everybody is told. The guesses are far from independent.

    One canary's view: told with probability 0.04, so (0, 0.04)-private; the mean tells nothing of that.
    """
    rng, canaries = seed(8), 200
    over = 0
    for _ in range(400):
        right = canaries if rng.random() < 0.04 else int(rng.binomial(canaries, 0.5))
        over += epsilon_lower_approximate(canaries, canaries, right, delta=0.04) > 0.0
    assert over / 400 <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 400)


@pytest.mark.parametrize("epsilon", [2.0, 8.0])
def test_it_shows_more_than_the_binomial_bound_at_ten_thousand_canaries(epsilon):
    canaries, guesses = 10_000, 500
    correct = round(guesses * share_right(gaussian_mu(epsilon, DELTA), guesses / canaries))
    binomial = epsilon_lower(canaries, guesses, correct, delta=DELTA)
    curve = epsilon_lower_gaussian(canaries, guesses, correct, delta=DELTA)
    assert curve > 1.2 * binomial
    assert 0.3 * epsilon < binomial < epsilon
    assert 0.5 * epsilon < curve < epsilon
    assert epsilon_lower_approximate(canaries, guesses, correct, delta=DELTA) < curve


def test_mu_and_its_epsilon_agree_and_chance_shows_nothing():
    mu = mu_lower(1000, 100, 95)
    assert 0 < mu < 3
    assert refuted(1000, 100, 95, curve=Gaussian(mu * 0.999), error=0.05)
    assert not refuted(1000, 100, 95, curve=Gaussian(mu * 1.001), error=0.05)
    assert epsilon_lower_gaussian(1000, 100, 95, delta=DELTA) == pytest.approx(gaussian_epsilon(mu, DELTA))
    assert mu_lower(1000, 100, 50) == 0.0
    assert epsilon_lower_gaussian(1000, 100, 50, delta=DELTA) == 0.0
    assert epsilon_lower_approximate(1000, 100, 0, delta=DELTA) == 0.0


def test_impossible_counts_are_refused():
    with pytest.raises(SampleTooSmall):
        mu_lower(10, 0, 0)
    with pytest.raises(ConfigurationError):
        mu_lower(10, 5, 6)
    with pytest.raises(ConfigurationError, match="delta"):
        epsilon_lower_gaussian(10, 5, 5, delta=0.0)
    with pytest.raises(ConfigurationError, match="there is no bound 'best'"):
        bound_named("best")


# How many to guess


def test_the_share_of_right_guesses_by_simulation():
    rng = seed(9)
    coins = rng.random(400_000) < 0.5
    scores = rng.normal(size=coins.size) + 1.2 * coins
    ranked = coins[np.argsort(scores)]
    assert share_right(1.2, 0.1) == pytest.approx(np.r_[~ranked[:20_000], ranked[-20_000:]].mean(), abs=0.005)
    assert share_right(0.0, 0.3) == pytest.approx(0.5)
    assert share_right(1.2, 1.0) == pytest.approx(0.7257, abs=1e-3)  # Phi(0.6)


@pytest.mark.parametrize("bound", list(BOUNDS))
def test_the_number_of_guesses_is_even_and_better_than_all_or_few(bound):
    plan = plan_guesses(2000, epsilon=4.0, delta=DELTA, bound=bound)
    assert plan.number % 2 == 0
    assert 10 < plan.number < 1500
    assert 0.5 < plan.epsilon_low / 4.0 * 2 < 2
    mu = gaussian_mu(4.0, DELTA)
    for other in (4, 2000):
        correct = int(other * share_right(mu, other / 2000))
        assert BOUNDS[bound](2000, other, correct, delta=DELTA, level=0.95) < plan.epsilon_low


@pytest.mark.parametrize("changes", [{"canaries": 1}, {"epsilon": 0.0}, {"epsilon": math.inf}, {"delta": 0.0}])
def test_a_plan_needs_an_expectation(changes):
    asked = {"canaries": 100, "epsilon": 2.0, "delta": DELTA, "bound": "steinke"} | changes
    with pytest.raises(ConfigurationError):
        plan_guesses(asked.pop("canaries"), **asked)
