"""The credible interval: the published figure, and the posterior sampled by brute force."""

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.core.estimate import Estimate
from vidocq.measure.joint_beta import credible_epsilon


def test_the_published_figure_within_its_own_tolerance():
    seen = credible_epsilon(487, 1, 512, 0, delta=1e-5, alpha=0.1)
    assert seen.low == pytest.approx(0.145, abs=0.01)
    assert seen.high == pytest.approx(6.399, abs=0.02)
    assert (seen.mass, seen.n) == (0.9, 1000)
    assert not isinstance(seen, Estimate)


@pytest.mark.parametrize("counts", [(487, 1, 512, 0), (30, 45, 5, 20), (400, 450, 100, 50), (3, 2, 1, 4)])
@pytest.mark.parametrize("delta", [0.0, 0.02])
def test_it_is_the_posterior_drawn_at_random(counts, delta):
    tp, tn, fp, fn = counts
    rng = np.random.default_rng(sum(counts))
    draws = 100_000
    fnr, fpr = rng.beta(fn + 0.5, tp + 0.5, draws), rng.beta(fp + 0.5, tn + 0.5, draws)
    fnr, fpr = np.clip(fnr, 1e-300, 1 - 1e-15), np.clip(fpr, 1e-300, 1 - 1e-15)
    ratios = [(1 - fnr, fpr), (1 - fpr, fnr), (fpr, 1 - fnr), (fnr, 1 - fpr)]
    logs = [np.log(np.maximum(above - delta, below) / below) for above, below in ratios]
    epsilon = np.max(logs, axis=0)
    seen = credible_epsilon(*counts, delta=delta, alpha=0.1)
    for share, value in ((0.05, seen.low), (0.5, seen.median), (0.95, seen.high)):
        assert np.mean(epsilon < value) - 0.005 <= share <= np.mean(epsilon <= value) + 0.005


def test_extreme_counts_stay_finite_and_ordered():
    for counts in ((50_000, 50_000, 0, 0), (0, 0, 50_000, 50_000), (1, 0, 1, 0), (25_000, 25_000, 25_000, 25_000)):
        seen = credible_epsilon(*counts, delta=1e-5)
        assert 0.0 <= seen.low <= seen.median <= seen.high < np.inf


def test_refusals():
    with pytest.raises(SampleTooSmall):
        credible_epsilon(0, 1, 1, 0, delta=0.0)
    with pytest.raises(ConfigurationError):
        credible_epsilon(1, 1, 1, 1, delta=-0.1)
