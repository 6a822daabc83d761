"""Trade-off curves and what they are worth in epsilon and delta."""

import math

import numpy as np
import pytest
from scipy import stats

from vidocq.measure.trade_off import Approximate, Gaussian, gaussian_delta, gaussian_epsilon, gaussian_mu


def test_delta_of_a_gaussian_by_quadrature():
    """delta = integral of (density with - e^epsilon density without), where it is positive."""
    mu, epsilon = 1.3, 2.0
    z = np.linspace(epsilon / mu + mu / 2, 15, 400_001)
    gap = stats.norm.pdf(z - mu) - math.exp(epsilon) * stats.norm.pdf(z)
    assert gaussian_delta(mu, epsilon) == pytest.approx(np.trapezoid(gap, z), rel=1e-6)


@pytest.mark.parametrize("mu", [0.5, 1.0, 3.0])
def test_epsilon_spends_the_whole_of_delta(mu):
    assert gaussian_delta(mu, gaussian_epsilon(mu, 1e-5)) == pytest.approx(1e-5, rel=1e-6)


@pytest.mark.parametrize("epsilon", [0.5, 2.0, 8.0, 40.0])
def test_mu_and_epsilon_are_each_others_inverse(epsilon):
    assert gaussian_epsilon(gaussian_mu(epsilon, 1e-5), 1e-5) == pytest.approx(epsilon, rel=1e-9)


def test_no_noise_limit_and_no_leak():
    assert gaussian_delta(0.0, 1.0) == 0.0
    assert gaussian_epsilon(1e-9, 1e-5) == 0.0
    assert 0.0 < gaussian_delta(30.0, 800.0) < 1e-30  # e^800 alone would overflow


@pytest.mark.parametrize("curve", [Gaussian(1.2), Approximate(1.2, 0.01), Approximate(0.0, 0.0), Gaussian(0.0)])
def test_a_curve_is_convex_rising_symmetric_and_below_the_diagonal(curve):
    y = np.linspace(0, 1, 2001)
    x = np.array([curve.needed(v) for v in y])
    assert (np.diff(x) >= -1e-12).all()
    assert (np.diff(x, 2) >= -1e-9).all()
    assert (x <= y + 1e-12).all()
    # An event and its complement swap roles: 1 - x has probability 1 - y in the other world.
    inside = (x > 1e-6) & (x < 1 - 1e-6)
    back = np.array([1 - curve.needed(1 - v) for v in x[inside]])
    np.testing.assert_allclose(back, y[inside], atol=1e-6)


def test_needed_by_hand():
    assert Gaussian(1.0).needed(stats.norm.sf(1.0)) == pytest.approx(stats.norm.sf(2.0))
    assert Approximate(math.log(2), 0.1).needed(0.5) == pytest.approx(0.2)
    assert Approximate(math.log(2), 0.1).needed(0.9) == pytest.approx(0.7)  # 1 - 0.1 - 2 * 0.1
    assert Approximate(1000.0, 0.1).needed(0.9) == 0.0
    assert Gaussian(5.0).needed(0.0) == 0.0
    assert Gaussian(5.0).needed(1.0) == 1.0
