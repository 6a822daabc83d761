"""The same paths for whoever asks, in any order; a distance worked by hand; queries counted one by one."""

import numpy as np
import pytest

from vidocq.core.records import Records
from vidocq.targets.boundary import STEPS, Paths, steadiness_on_paths
from vidocq.targets.perturbed import Perturbation


class Above:
    """Answers 1 where the first column is above a bound, and counts what it is asked."""

    classes = np.array([0, 1])

    def __init__(self, bound=50.0):
        self.asked, self.bound = 0, bound

    def predictions(self, records):
        self.asked += len(records)
        return (records.features[:, 0].astype(float) > self.bound).astype(int)


def line():
    """Records 0.25, 5.25... 195.25 on a line, 1 from 100 on."""
    values = np.arange(0.25, 200.0, 5.0)  # not whole: they may stop anywhere on the way
    return Records(values[:, None], (values >= 100).astype(int), ("a",))


def mixed(n=200, seed=1):
    rng = np.random.default_rng(seed)
    features = np.empty((n, 3), dtype=object)
    features[:, 0] = rng.normal(50.0, 10.0, n)
    features[:, 1] = rng.integers(0, 90, n).astype(float)
    features[:, 2] = np.where(rng.random(n) < 0.9, "usual", "rare")
    return Records(features, rng.integers(0, 2, n), ("a", "b", "c"))


def paths_of(records, count=3, seed=4):
    return Paths.of(records, Perturbation.of(records, seed=seed), count=count, seed=seed)


def test_paths_lead_to_near_records_of_another_label():
    records = line()
    paths = paths_of(records)
    assert (records.labels[paths.ends] != records.labels).all()
    lengths = np.abs(records.features[paths.ends, 0] - records.features[:, 0])
    assert (np.diff(lengths, axis=0) >= 0).all()  # the nearest first


def test_a_distance_worked_by_hand():
    """A path from x to its end e crosses 97.5 at (97.5 - x)/(e - x): the middle of the sixteenth that holds it."""
    records, model = line(), Above(97.5)
    paths = paths_of(records, count=1)
    correct = model.predictions(records) == records.labels
    assert correct.all()
    found = steadiness_on_paths(model, records, paths, correct=correct, tolerance=None).whole
    here, end = records.features[:, 0], records.features[paths.ends[0], 0]
    crossing = (97.5 - here) / (end - here)
    np.testing.assert_allclose(found, (np.floor(crossing * 2**STEPS) + 0.5) / 2**STEPS)


def test_queries_are_counted_exactly_and_a_wrong_record_has_no_distance():
    records, model = line(), Above(20.0)
    correct = model.predictions(records) == records.labels
    assert not correct.all()
    model.asked = 0
    course = steadiness_on_paths(model, records, paths_of(records, count=5), correct=correct, tolerance=None)
    assert model.asked == 5 * STEPS * len(records)
    assert course.stages.queries == tuple(1 + STEPS * paths for paths in (1, 4, 5))
    found = course.whole
    assert (found[~correct] == 0).all()
    assert (found[correct] > 0).all()


def test_paths_follow_their_record_whatever_the_order():
    records = mixed()
    order = np.random.default_rng(2).permutation(len(records))
    shuffled = records.take(order)
    share = np.full(len(records), 0.4)
    for path in range(3):
        straight = paths_of(records).at(records, path, share).features[order]
        np.testing.assert_array_equal(straight, paths_of(shuffled).at(shuffled, path, share).features)


def test_measures_move_and_words_turn_once():
    records = mixed(2000)
    paths = paths_of(records, count=1)
    ends = records.features[paths.ends[0]]
    at = [paths.at(records, 0, np.full(len(records), share)).features for share in (0.0, 0.3, 1.0)]
    np.testing.assert_array_equal(at[0], records.features)
    np.testing.assert_array_equal(at[2][:, 2], ends[:, 2])
    np.testing.assert_allclose(at[2][:, 0].astype(float), ends[:, 0].astype(float))
    assert (at[1][:, 1].astype(float) % 1 == 0).all()
    differ = records.features[:, 2] != ends[:, 2]
    assert (at[1][differ, 2] == ends[differ, 2]).mean() == pytest.approx(0.3, abs=0.1)


def test_one_label_only_leaves_paths_between_like_records():
    records = Records(np.arange(40.0)[:, None], np.zeros(40, dtype=int), ("a",))
    found = steadiness_on_paths(
        Above(1e9), records, paths_of(records), correct=np.ones(40, dtype=bool), tolerance=None
    ).whole
    np.testing.assert_allclose(found, 1 - 0.5 / 2**STEPS)  # the label never changes on the way


def test_fewer_paths_tell_what_asking_fewer_would_have_told():
    records, model = mixed(), Above()
    correct = model.predictions(records) == records.labels
    every = paths_of(records, count=5)
    course = steadiness_on_paths(model, records, every, correct=correct, tolerance=None)
    for stage, count in enumerate((1, 4)):
        some = Paths(every.ends[:count], every.turns[:count], every.smooth, every.whole)
        fewer = steadiness_on_paths(model, records, some, correct=correct, tolerance=None)
        np.testing.assert_array_equal(course.shares(stage), fewer.whole)
