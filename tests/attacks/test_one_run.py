"""Which coins are guessed, and that equal scores tell nothing."""

import numpy as np
import pytest

from vidocq.attacks.one_run import OneRun
from vidocq.core.errors import SampleTooSmall, SignalError

from synthetic import seed


def guess(scores, number, rng=None):
    return OneRun().guess(np.array(scores), number=number, rng=seed(0) if rng is None else rng)


def test_the_most_extreme_scores_are_guessed_and_the_others_left():
    assert guess([0.1, 5.0, -3.0, 0.0, 2.0, -1.0], 4).tolist() == [0, 1, -1, 0, 1, -1]
    assert guess([0.1, 5.0, -3.0, 0.0, 2.0, -1.0], 2).tolist() == [0, 1, -1, 0, 0, 0]
    assert guess([-np.inf, np.inf, 0.0, 1.0], 2).tolist() == [-1, 1, 0, 0]


def test_equal_scores_are_guessed_by_lot():
    """By their place, a file sorted by who was included would give itself away."""
    drawn = [guess(np.zeros(100), 20, seed(number)) for number in range(200)]
    often = np.mean([found != 0 for found in drawn], axis=0)
    assert often.min() > 0.08
    assert often.max() < 0.36
    assert abs(np.mean(drawn, axis=0)).max() < 0.15


def test_scores_stay_untouched_and_one_seed_gives_one_guess():
    scores = seed(1).normal(size=50).round(1)
    scores.flags.writeable = False
    np.testing.assert_array_equal(guess(scores, 20), guess(scores, 20))


@pytest.mark.parametrize("number", [0, 1, 3, 8])
def test_impossible_numbers_are_refused(number):
    with pytest.raises(SampleTooSmall):
        guess([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], number)


def test_a_score_that_is_none_is_refused():
    with pytest.raises(SignalError):
        guess([1.0, np.nan, 2.0], 2)
