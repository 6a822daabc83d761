"""Records about the same person are not independent observations."""

import numpy as np
import pytest

from vidocq.core.errors import SampleTooSmall
from vidocq.measure.clusters import clustered_difference, clustered_mean, clustered_share
from vidocq.measure.intervals import clopper_pearson


def test_one_record_each_is_clopper_pearson():
    hits = np.arange(50) < 13
    assert clustered_share(hits, np.arange(50)) == clopper_pearson(13, 50)


def test_copies_add_nothing():
    hits, person = np.repeat(np.arange(50) < 13, 20), np.repeat(np.arange(50), 20)
    found, plain = clustered_share(hits, person), clopper_pearson(13, 50)
    assert found.value == plain.value
    assert found.n == 50
    assert found.high - found.low == pytest.approx(plain.high - plain.low, rel=0.06)


def test_unanimous_records_of_few_persons_stay_unsure():
    found = clustered_share(np.ones(1000, dtype=bool), np.repeat(np.arange(10), 100))
    assert found.low == pytest.approx(0.025 ** (1 / 10))


def test_coverage_with_clusters():
    rng = np.random.default_rng(1)
    held = 0
    person = np.repeat(np.arange(80), 5)
    for _ in range(800):
        own = rng.beta(2.0, 2.0, 80)  # persons differ: the mean is 0.5
        found = clustered_share(rng.random(400) < own[person], person)
        held += found.low <= 0.5 <= found.high
    assert held / 800 >= 0.93


def test_means_of_skewed_losses_cover():
    rng = np.random.default_rng(2)
    person = np.repeat(np.arange(150), 2)
    held = 0
    for _ in range(800):
        found = clustered_mean(rng.exponential(1.0, 150)[person] * rng.uniform(0.5, 1.5, 300), person)
        held += found.low <= 1.0 <= found.high
    assert held / 800 >= 0.925


def test_what_has_no_spread_has_no_interval():
    assert clustered_mean(np.zeros(10), np.arange(10)) is None
    assert clustered_mean(np.ones(10), np.zeros(10, dtype=int)) is None
    with pytest.raises(SampleTooSmall):
        clustered_share(np.zeros(0, dtype=bool), np.zeros(0, dtype=int))


def test_a_difference_over_the_same_persons_covers():
    rng = np.random.default_rng(11)
    inside, runs, persons = 0, 1000, 80
    for _ in range(runs):
        count = rng.integers(1, 6, persons)
        ease = rng.beta(2, 2, persons)
        before, after = rng.binomial(count, ease), rng.binomial(count, 0.8 * ease + 0.2)
        found = clustered_difference(before, after, count)
        assert found.value == pytest.approx((after.sum() - before.sum()) / count.sum())
        inside += found.low <= 0.1 <= found.high
    assert 0.93 <= inside / runs <= 0.97


def test_nothing_changed_for_anybody_is_no_difference():
    hits, count = np.array([0, 1, 2]), np.array([2, 2, 3])
    found = clustered_difference(hits, hits, count)
    assert (found.value, found.low, found.high, found.n) == (0.0, 0.0, 0.0, 3)
    assert clustered_difference(hits[:1], hits[:1], count[:1]) is None
