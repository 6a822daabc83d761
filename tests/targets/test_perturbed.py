"""The same copies for whoever asks, in any order; a share worked by hand; queries counted one by one."""

import numpy as np
import pytest

from vidocq.core.records import Records
from vidocq.targets.perturbed import STEPS, Perturbation, robustness


def records_of(n=200, seed=1):
    rng = np.random.default_rng(seed)
    features = np.empty((n, 4), dtype=object)
    features[:, 0] = rng.normal(50.0, 10.0, n)
    features[:, 1] = rng.integers(0, 90, n).astype(float)
    features[:, 2] = rng.integers(0, 2, n).astype(float)
    features[:, 3] = np.where(rng.random(n) < 0.9, "usual", "rare")
    return Records(features, rng.integers(0, 2, n), ("a", "b", "c", "d"))


class Counting:
    """Answers 1 where the first column is above 50, and counts what it is asked."""

    classes = np.array([0, 1])

    def __init__(self):
        self.asked = 0

    def predictions(self, records):
        self.asked += len(records)
        return (records.features[:, 0].astype(float) > 50.0).astype(int)


def test_copies_follow_their_record_whatever_the_order():
    records = records_of()
    order = np.random.default_rng(2).permutation(len(records))
    perturbation = Perturbation.of(records, seed=3)
    straight, shuffled = perturbation.copy(records, 4), perturbation.copy(records.take(order), 4)
    np.testing.assert_array_equal(straight.features[order], shuffled.features)
    np.testing.assert_array_equal(Perturbation.of(records, seed=3).copy(records, 4).features, straight.features)
    assert (perturbation.copy(records, 5).features != straight.features).any()


def test_each_column_is_changed_in_its_own_way():
    records = records_of(4000)
    changed = Perturbation.of(records, seed=3).copy(records, 1)
    noise, flips = STEPS[1]
    moved = (changed.features[:, 0] - records.features[:, 0]).astype(float)
    assert moved.std() == pytest.approx(noise * 10.0, rel=0.1)
    assert (changed.features[:, 1].astype(float) % 1 == 0).all()
    # A flipped cell takes any value of the column, its own included: 0.15 * 2 * 0.9 * 0.1 change for the rare word.
    assert set(changed.features[:, 3]) == {"usual", "rare"}
    assert (changed.features[:, 3] != records.features[:, 3]).mean() == pytest.approx(flips * 0.18, abs=0.012)
    assert (changed.features[:, 2] != records.features[:, 2]).mean() == pytest.approx(flips * 0.5, abs=0.02)
    assert changed.labels is records.labels


def test_a_share_worked_by_hand_and_queries_counted_exactly():
    """Far from the boundary every copy keeps the label; a record that is wrong itself has 0."""
    features = np.array([[1000.0], [-1000.0], [1000.0], *([50.0 + i] for i in range(-20, 21))])
    labels = np.array([1, 0, 0, *([1] * 41)])
    records = Records(features, labels, ("a",))
    model = Counting()
    correct = model.predictions(records) == labels
    model.asked = 0
    course = robustness(model, records, Perturbation.of(records, seed=1), copies=9, correct=correct, tolerance=None)
    shares = course.whole
    assert shares[:3].tolist() == [1.0, 1.0, 0.0]
    assert model.asked == 9 * len(records)
    assert course.stages.queries == (2, 5, 10)
    assert course.counts.dtype == np.uint8
    np.testing.assert_array_equal(course.shares(2), shares)
    for stage, copies in enumerate((1, 4)):  # what fewer queries tell is what would have been told by asking fewer
        fewer = robustness(
            model, records, Perturbation.of(records, seed=1), copies=copies, correct=correct, tolerance=None
        )
        np.testing.assert_array_equal(course.shares(stage), fewer.whole)
    steps = shares * 10
    np.testing.assert_allclose(steps, np.rint(steps))
    assert (np.diff(shares[23 + 1 :]) >= -0.31).all()  # the further from the boundary, the steadier, noise apart
    assert shares[-1] > shares[24]


def test_a_regression_keeps_what_stays_within_the_tolerance():
    class Same:
        classes = None

        def predictions(self, records):
            return records.features[:, 0].astype(float)

    x = np.linspace(0.0, 100.0, 101)[:, None]
    records = Records(x, x[:, 0].copy(), ("a",))
    perturbation = Perturbation.of(records, seed=1)
    everything = robustness(Same(), records, perturbation, copies=6, correct=np.ones(101, dtype=bool), tolerance=1e9)
    assert (everything.whole == 1.0).all()
    nothing = robustness(Same(), records, perturbation, copies=6, correct=np.ones(101, dtype=bool), tolerance=0.0)
    assert nothing.whole.mean() < 0.5
