"""The risk and its bounds: by hand, in coverage, and the same for a panel."""

import numpy as np
import pytest
from scipy import stats

from vidocq.core.errors import SampleTooSmall
from vidocq.measure.intervals import lower_bound, upper_bound
from vidocq.measure.looks import error_of_look
from vidocq.measure.risk import panel_risk, risk_bounds


def test_bounds_by_hand():
    seen = risk_bounds(0, 100, 0, 100, error=0.025)
    reach = 1 - 0.025 ** (1 / 100)
    assert (seen.low, seen.value, seen.high) == (pytest.approx(-reach), 0.0, pytest.approx(reach))


@pytest.mark.parametrize(("tpr", "fpr"), [(0.01, 0.01), (0.1, 0.1), (0.4, 0.1), (0.9, 0.02)])
def test_each_bound_fails_at_most_twice_the_error(tpr, fpr):
    n, m, error = 120, 90, error_of_look(1) / 2
    tp, fp = np.arange(n + 1)[:, None], np.arange(m + 1)
    chance = stats.binom.pmf(tp, n, tpr) * stats.binom.pmf(fp, m, fpr)
    high = upper_bound(tp, n, error=error) - lower_bound(fp, m, error=error)
    low = lower_bound(tp, n, error=error) - upper_bound(fp, m, error=error)
    assert chance[high < tpr - fpr].sum() <= 2 * error
    assert chance[low > tpr - fpr].sum() <= 2 * error


def test_a_panel_is_its_persons_one_by_one():
    hit_in, hit_out = np.array([0, 3, 16]), np.array([1, 0, 16])
    n_in, n_out = np.array([16, 15, 16]), np.array([16, 17, 16])
    panel = panel_risk(hit_in, n_in, hit_out, n_out, error=0.01)
    for i in range(3):
        one = risk_bounds(int(hit_in[i]), int(n_in[i]), int(hit_out[i]), int(n_out[i]), error=0.01)
        assert (panel.low[i], panel.value[i], panel.high[i]) == (one.low, one.value, one.high)


def test_a_person_no_model_had_is_refused():
    with pytest.raises(SampleTooSmall, match="trained on a person"):
        panel_risk(np.array([0]), np.array([0]), np.array([0]), np.array([4]), error=0.01)
    with pytest.raises(SampleTooSmall):
        risk_bounds(0, 0, 0, 4, error=0.01)
