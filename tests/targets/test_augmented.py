"""Augmented queries show what training showed, and nothing else."""

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError
from vidocq.core.records import Records
from vidocq.targets.augmented import Augmentations, averaged
from vidocq.targets.observed import Observed

IMAGE = np.array([[1.0, 2.0], [3.0, 4.0]])


def one():
    return Records(IMAGE.reshape(1, -1), np.array([0]), ("a", "b", "c", "d"))


@pytest.mark.parametrize(
    ("transforms", "number", "shown"),
    [
        (("flip",), 0, [[2, 1], [4, 3]]),
        (("shift",), 0, [[0, 0], [1, 2]]),
        (("shift",), 3, [[2, 0], [4, 0]]),
        (("shift", "flip"), 0, [[2, 1], [4, 3]]),
        (("shift", "flip"), 2, [[0, 0], [2, 1]]),
    ],
)
def test_copies_by_hand(transforms, number, shown):
    records = one()
    copy = Augmentations(number + 1, (2, 2), transforms).copy(records, number)
    np.testing.assert_array_equal(copy.features.reshape(2, 2), shown)
    np.testing.assert_array_equal(records.features.reshape(2, 2), IMAGE)


@pytest.mark.parametrize(("transforms", "most"), [((), 0), (("flip",), 1), (("shift",), 8), (("flip", "shift"), 17)])
def test_no_more_copies_than_training_leaves_and_none_twice(transforms, most):
    given = Augmentations(most, (4, 4), transforms)
    records = Records(np.arange(1.0, 17.0)[None], np.array([0]), tuple(map(str, range(16))))
    shown = {given.copy(records, number).features.tobytes() for number in range(most)} | {records.features.tobytes()}
    assert len(shown) == most + 1
    with pytest.raises(ConfigurationError, match=f"training leaves {most}"):
        Augmentations(most + 1, (4, 4), transforms)


def test_rows_of_numbers_are_no_images():
    with pytest.raises(ConfigurationError, match="no images"):
        Augmentations(1, (), ())


def test_one_certain_answer_does_not_drown_the_others():
    seen = [
        Observed(np.array([value]), np.array([0.0]), np.array([correct]))
        for value, correct in ((np.inf, False), (-1.0, True), (-2.0, True))
    ]
    found = averaged(seen)
    assert found.confidence[0] == pytest.approx((np.log(1e6) - 3.0) / 3.0)
    assert found.loss[0] == pytest.approx(np.logaddexp(0.0, -found.confidence[0]))
    assert not found.correct[0]  # as the record itself was answered
