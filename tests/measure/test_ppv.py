"""Of the accused, how many are members: Bayes by hand, ends from the worst cases, no 0 / 0."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.core.estimate import Estimate
from vidocq.measure.intervals import clopper_pearson
from vidocq.measure.ppv import ppv


def test_bayes_by_hand():
    seen = ppv(0.01, tpr=Estimate(0.5, 0.4, 0.6, 0.975, 100), fpr=Estimate(0.01, 0.005, 0.02, 0.975, 200))
    assert seen.value == pytest.approx(0.005 / (0.005 + 0.0099))
    assert seen.low == pytest.approx(0.004 / (0.004 + 0.0198))
    assert seen.high == pytest.approx(0.006 / (0.006 + 0.00495))
    assert (seen.level, seen.n) == (pytest.approx(0.95), 300)


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.001, 0.999))
def test_the_ends_hold_the_value_and_stay_shares(tp, fp, prior):
    tpr, fpr = clopper_pearson(tp, 40), clopper_pearson(fp, 40)
    if tp == fp == 0:
        with pytest.raises(SampleTooSmall, match="nobody was accused"):
            ppv(prior, tpr=tpr, fpr=fpr)
    else:
        seen = ppv(prior, tpr=tpr, fpr=fpr)
        assert 0.0 <= seen.low <= seen.value <= seen.high <= 1.0
        if fp == tp:
            assert seen.value == pytest.approx(prior)


def test_an_end_that_says_nothing_is_the_worst():
    sure = Estimate(0.5, 0.0, 0.5, 0.99, 10)
    seen = ppv(0.1, tpr=sure, fpr=Estimate(0.0, 0.0, 0.0, 0.99, 10))
    assert (seen.low, seen.value, seen.high) == (0.0, 1.0, 1.0)


def test_a_prior_is_a_share_and_levels_must_leave_something():
    rate = clopper_pearson(5, 10, level=0.5)
    with pytest.raises(ConfigurationError, match="prior"):
        ppv(0.0, tpr=rate, fpr=rate)
    with pytest.raises(ConfigurationError, match="promise nothing"):
        ppv(0.5, tpr=rate, fpr=rate)
