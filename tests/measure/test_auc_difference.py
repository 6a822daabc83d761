"""The difference of two areas on the same persons."""

import numpy as np
import pytest

from vidocq.measure.auc import auc, auc_difference, placements


def test_placements_are_shares_below_and_above():
    below, above = placements(np.array([3.0, 1.0, 2.0, 1.0]), np.array([True, True, False, False]))
    assert below.tolist() == [1.0, 0.25]
    assert above.tolist() == [0.5, 0.75]


def test_the_value_is_the_difference_and_mirrors():
    rng = np.random.default_rng(1)
    side = np.arange(300) < 150
    one, other = rng.normal(size=300), rng.normal(size=300) + side
    found = auc_difference(one, other, side)
    assert found.value == pytest.approx(auc(other, side).value - auc(one, side).value)
    back = auc_difference(other, one, side)
    assert (back.low, back.high) == pytest.approx((-found.high, -found.low))
    assert found.low > 0  # a planted leak is seen


def test_two_perfect_scores_are_not_known_to_be_equal():
    side = np.arange(20) < 10
    found = auc_difference(side.astype(float), side * 2.0 + np.arange(20) * 0.01, side)
    assert found.value == 0
    assert found.low < 0 < found.high


def test_coverage_and_what_pairing_gains():
    """Correlated scores of equal areas: the interval covers, and is shorter than for different persons."""
    rng = np.random.default_rng(2)
    side = np.arange(240) < 120
    held, widths = 0, []
    for _ in range(600):
        shared = rng.normal(size=240) + 0.7 * side
        one, other = (shared + 0.5 * rng.normal(size=240) for _ in range(2))
        found = auc_difference(one, other, side)
        held += found.low <= 0.0 <= found.high
        widths.append(found.high - found.low)
    assert held / 600 >= 0.93
    assert np.mean(widths) < 0.7 * np.sqrt(2) * (auc(one, side).high - auc(one, side).low)
