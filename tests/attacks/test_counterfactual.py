"""What training on a text changes: by hand, where it is planted, and where there is nothing."""

import numpy as np
import pytest

from vidocq.attacks.counterfactual import Counterfactual
from vidocq.core.errors import SampleTooSmall, SignalError
from vidocq.core.text import Text

ATTACK, UNIT = Counterfactual(), Text("mots", "tokens")


def world(gain, *, models=40, texts=200, number=1):
    """gain (texts,) added where a model had the text; noise of one model moves all of its scores a little."""
    rng = np.random.default_rng(number)
    had = rng.random((models, texts)) < 0.5
    scores = rng.normal(size=(models, texts)) + rng.normal(scale=0.1, size=(models, 1)) + had * gain
    return scores, had


def judged(scores, had):
    return ATTACK.judge(scores, had, unit=UNIT, rng=np.random.default_rng(3))


def test_by_hand():
    scores = np.array([[3.0], [5.0], [1.0], [1.0]])
    had = np.array([[True], [True], [False], [False]])
    found = ATTACK.memorised(scores, had)
    assert found.value[0] == 3.0
    # Welch: standard error 1, one degree of freedom, t = 12.706
    assert found.low[0] == pytest.approx(3.0 - 12.7062, abs=1e-3)
    assert found.high[0] == pytest.approx(3.0 + 12.7062, abs=1e-3)


def test_a_planted_gain_is_measured_and_its_texts_are_found():
    gain = np.where(np.arange(200) < 20, 3.0, 0.0)
    mean, shown, tenth = judged(*world(gain)).findings
    assert mean.estimate.low <= 0.3 <= mean.estimate.high
    assert mean.estimate.low > 0.0
    assert shown.estimate.value >= 0.1
    assert tenth.estimate.low <= 3.0 <= tenth.estimate.high
    assert [f.p for f in (mean, shown, tenth)] == [None] * 3


def test_nothing_is_found_where_training_changes_nothing():
    inside = [judged(*world(0.0, models=16, texts=60, number=n)).findings for n in range(60)]
    for place, usual in ((0, 0.0), (2, 0.0)):
        covered = [found[place].estimate.low <= usual <= found[place].estimate.high for found in inside]
        assert np.mean(covered) >= 0.88  # 95 %, sixty times
    assert np.mean([found[1].estimate.value for found in inside]) == pytest.approx(0.025, abs=0.01)


def test_a_text_without_two_models_on_each_side_is_counted_and_left_out():
    scores, had = world(0.0, models=8, texts=10)
    had[:, 0], had[:, 1] = True, False
    found = judged(scores, had)
    assert (found.details["texts"], found.details["too_few_models"]) == (8, 2)
    with pytest.raises(SampleTooSmall):
        judged(scores[:, :2], had[:, :2])


def test_scores_that_are_none_are_refused():
    scores, had = world(0.0, models=8, texts=10)
    scores[0, 0] = np.nan
    with pytest.raises(SignalError):
        judged(scores, had)
    with pytest.raises(SignalError):
        ATTACK.memorised(scores[:4], had)
