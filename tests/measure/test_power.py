"""What numbers can show: the figures of the verdict rule, and exact sums against simulation."""

import time

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.measure.looks import error_of_look
from vidocq.measure.power import (
    PERSONS,
    REFERENCES,
    Outsiders,
    average_rate,
    average_rate_seen,
    detectable_risk,
    no_leak_rate,
    null_average_bound,
    null_worst_bound,
    persons_needed,
    references_needed,
    worst_rate,
)
from vidocq.measure.risk import risk_bounds
from vidocq.measure.significance import fisher_greater

ERROR = error_of_look(1) / 2
TARGET = {"rates": (0.01, 0.1), "attacks": 6, "error": ERROR}
PANEL = {"alpha": 0.01, "error": ERROR}


@pytest.mark.parametrize(("n", "median"), [(1000, 0.059), (5000, 0.026), (20_000, 0.013)])
def test_the_average_bound_without_a_leak_is_what_the_rule_prints(n, median):
    bounds = null_average_bound(n, n, **TARGET, draws=2000, rng=np.random.default_rng(1))
    assert np.median(bounds) == pytest.approx(median, abs=0.0006)
    assert np.mean(bounds <= median) == pytest.approx(average_rate(median, n, n, **TARGET), abs=0.04)


@pytest.mark.parametrize(("k", "median"), [(64, 0.33), (256, 0.14), (512, 0.084), (1024, 0.055), (2048, 0.036)])
def test_the_worst_bound_without_a_leak_is_what_the_rule_prints(k, median):
    bounds = null_worst_bound(50, k // 4, k // 4, **PANEL, draws=2000, rng=np.random.default_rng(1))
    assert np.median(bounds) == pytest.approx(median, rel=0.02)
    assert np.mean(bounds <= 1.05 * median) == pytest.approx(
        worst_rate(1.05 * median, 50, k // 4, k // 4, **PANEL), abs=0.04
    )


def test_an_excess_raises_the_worst_bound():
    bounds = null_worst_bound(50, 128, 128, **PANEL, excess=0.3, draws=300, rng=np.random.default_rng(1))
    assert np.mean(bounds > 0.3) > 0.99
    assert worst_rate(0.3, 50, 128, 128, **PANEL, excess=0.3) < 0.01


def test_one_seed_gives_one_result():
    first, second = (null_worst_bound(9, 8, 8, **PANEL, draws=20, rng=np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(("n", "m", "alpha"), [(300, 200, 0.1), (1500, 1500, 0.01)])
def test_the_detectable_risk_is_detected_as_often_as_said(n, m, alpha):
    risk = detectable_risk(n, m, alpha=alpha, error=ERROR)
    rng = np.random.default_rng(8)
    for excess, expected in ((risk, 0.9), (0.0, None)):
        tp = rng.binomial(n, alpha + excess * (1 - alpha), 4000)
        seen = np.mean(fisher_greater(tp, n, rng.binomial(m, alpha, 4000), m) <= ERROR)
        assert seen <= 2 * ERROR if expected is None else seen == pytest.approx(expected, abs=0.015)


def test_more_persons_detect_less_and_fifty_thousand_are_quick():
    start = time.process_time()
    risks = [detectable_risk(n, n, alpha=0.1, error=0.002) for n in (100, 1000, 10_000, 50_000)]
    assert time.process_time() - start < 2.0
    assert risks == sorted(risks, reverse=True)
    assert risks[-1] < 0.01


def test_too_few_persons_detect_nothing():
    with pytest.raises(SampleTooSmall, match="show no leak at all"):
        detectable_risk(3, 3, alpha=0.1, error=0.01)


def test_rates_are_sums_over_all_counts():
    exact = 0.0
    n, alpha, tolerance = 25, 0.1, 0.28
    choose = [1.0]
    for k in range(n):
        choose.append(choose[-1] * (n - k) / (k + 1))
    law = [choose[k] * alpha**k * (1 - alpha) ** (n - k) for k in range(n + 1)]
    for tp in range(n + 1):
        for fp in range(n + 1):
            exact += law[tp] * law[fp] * (risk_bounds(tp, n, fp, n, error=0.05).high <= tolerance)
    assert worst_rate(tolerance, 3, n, n, alpha=alpha, error=0.05) == pytest.approx(exact**3)
    assert average_rate(tolerance, n, n, rates=(alpha, alpha), attacks=2, error=0.05) == pytest.approx(exact**4)


def test_both_bounds_must_hold():
    rate = no_leak_rate(
        tau_average=0.03, members=5000, non_members=5000, tau_worst=0.15, persons=50, n_in=64, n_out=64,
        alpha=0.01, **TARGET,
    )  # fmt: skip
    assert rate == pytest.approx(average_rate(0.03, 5000, 5000, **TARGET) * worst_rate(0.15, 50, 64, 64, **PANEL))
    assert 0.0 < rate < 1.0


def test_the_planner_gives_the_smallest_size_that_suffices():
    n = persons_needed(0.03, **TARGET, rate=0.8)
    assert average_rate(0.03, n, n, **TARGET) >= 0.8
    assert all(average_rate(0.03, fewer, fewer, **TARGET) < 0.8 for fewer in PERSONS[: PERSONS.index(n)])
    k = references_needed(0.15, persons=50, share=0.5, **PANEL, rate=0.8)
    assert worst_rate(0.15, 50, k // 4, k // 4, **PANEL) >= 0.8
    below = REFERENCES[REFERENCES.index(k) - 1]
    assert worst_rate(0.15, 50, below // 4, below // 4, **PANEL) < 0.8


def test_a_tolerance_of_zero_is_out_of_reach():
    with pytest.raises(SampleTooSmall, match="1000000 persons"):
        persons_needed(0.0, **TARGET, rate=0.5)
    with pytest.raises(SampleTooSmall, match="8192 reference models"):
        references_needed(0.0, persons=50, share=0.5, **PANEL, rate=0.5)


def test_impossible_plans_are_refused():
    with pytest.raises(ConfigurationError, match="no rate"):
        average_rate(0.1, 10, 10, rates=(), attacks=1, error=0.01)
    with pytest.raises(ConfigurationError, match="error"):
        detectable_risk(10, 10, alpha=0.1, error=0.6)


def test_models_that_accuse_what_they_are_tuned_for_are_foreseen_as_planned():
    tests = [Outsiders(np.full(5, alpha), 5000, 5000) for alpha in (0.01, 0.1)]
    seen = average_rate_seen(0.03, tests, error=0.05)
    assert seen == pytest.approx(average_rate(0.03, 5000, 5000, rates=(0.01, 0.1), attacks=1, error=0.05), rel=1e-9)


def test_rates_that_differ_from_model_to_model_are_foreseen_as_they_fall():
    """Against simulated counts: rates of a tenth on average, from 0.02 to 0.5."""
    rng, n, rates = np.random.default_rng(3), 3000, np.array([0.02, 0.05, 0.05, 0.5])
    foreseen = average_rate_seen(0.03, [Outsiders(rates, n, n)], error=0.05)
    drawn = rng.choice(rates, 4000)
    tp, fp = rng.binomial(n, drawn), rng.binomial(n, drawn)
    bounds = np.array([risk_bounds(int(a), n, int(b), n, error=0.05).high for a, b in zip(tp, fp, strict=True)])
    assert foreseen == pytest.approx(np.mean(bounds <= 0.03), abs=0.03)
    assert foreseen < average_rate(0.03, n, n, rates=(0.1,), attacks=1, error=0.05)


def test_a_spread_of_rates_promises_less_and_touches_no_rate_above_one_half():
    plain = average_rate(0.03, 6000, 6000, rates=(0.01, 0.1), attacks=3, error=0.0152)
    parts = [
        average_rate(0.03, 6000, 6000, rates=(0.01 * f, 0.1 * f), attacks=3, error=0.0152) for f in (0.5, 1.0, 2.0)
    ]
    spread = average_rate(0.03, 6000, 6000, rates=(0.01, 0.1), attacks=3, error=0.0152, spread=2.0)
    assert spread == pytest.approx(np.mean(parts))
    assert spread < plain
    high = {"rates": (0.75,), "attacks": 1, "error": 0.0152}
    assert average_rate(0.03, 6000, 6000, **high) == pytest.approx(average_rate(0.03, 6000, 6000, **high, spread=1.0))
