"""What it would take, and the odds: more of anything never lowers them."""

from dataclasses import replace

import numpy as np
import pytest

from vidocq.audit.needed import forecast, needed
from vidocq.audit.suite import SUITES
from vidocq.audit.terms import Terms
from vidocq.core.access import Access

from synthetic import population_of, seed

TERMS = Terms(
    suite=SUITES["standard"],
    access=Access.granted_by("probabilities"),
    alphas=(0.01, 0.1),
    seed=1,
    tau_average=0.03,
    tau_worst=0.2,
    look=1,
    randomised=True,
    can_retrain=True,
)


def foreseen(side=5000, references=256, **changes):
    return forecast(members=side, non_members=side, share=0.5, references=references, terms=replace(TERMS, **changes))


def rising(values):
    return (np.diff(values) >= -1e-9).all() and values[-1] > values[0]


def test_odds_rise_with_persons_with_models_and_with_tolerances():
    assert rising([foreseen(side)["predicted_no_leak"] for side in (1000, 2000, 5000, 20000)])
    assert rising([foreseen(references=k)["predicted_no_leak"] for k in (64, 128, 256, 1024)])
    assert rising([foreseen(tau_average=tau)["predicted_no_leak"] for tau in (0.015, 0.02, 0.03, 0.1)])
    assert rising([foreseen(tau_worst=tau)["predicted_no_leak"] for tau in (0.08, 0.12, 0.2, 0.5)])


def test_smaller_tolerances_ask_for_more():
    persons = [foreseen(tau_average=tau)["persons_per_side"] for tau in (0.1, 0.05, 0.03, 0.02)]
    models = [foreseen(tau_worst=tau)["references"] for tau in (0.5, 0.2, 0.1, 0.05)]
    assert rising(persons)
    assert rising(models)


def test_later_looks_ask_for_more_and_promise_less():
    assert rising([foreseen(look=look)["persons_per_side"] for look in (1, 3, 10)])
    assert rising([foreseen(look=look)["references"] for look in (1, 5, 100)])
    assert rising([foreseen(look=look)["predicted_no_leak"] for look in (10, 3, 1)])


def test_what_is_asked_for_gives_the_odds_wanted():
    asked = foreseen()
    given = foreseen(asked["persons_per_side"], asked["references"])
    assert given["predicted_no_leak"] >= 0.8 * 0.97
    assert 0.0 <= given["predicted_no_leak"] <= 1.0


def test_without_a_tolerance_no_number_would_do():
    assert foreseen(tau_average=0.0)["persons_per_side"] is None
    assert foreseen(tau_worst=0.0)["references"] is None
    assert foreseen(tau_average=0.0)["predicted_no_leak"] is None


def test_without_a_panel_nothing_is_predicted():
    assert foreseen(can_retrain=False)["predicted_no_leak"] is None
    assert foreseen(access=Access.granted_by("labels"))["references"] is None
    assert foreseen(references=14)["predicted_no_leak"] is None


@pytest.mark.parametrize(("members", "others"), [(200, 200), (100, 300)])
def test_a_population_is_forecast_by_its_sizes(members, others):
    population = population_of(members, others, rng=seed(1))
    expected = forecast(
        members=members, non_members=others, share=members / (members + others), references=256, terms=TERMS
    )
    assert needed(population, TERMS, references=256) == expected


@pytest.mark.parametrize("changes", [{"access": Access.granted_by("labels")}, {"labels_only": True}])
@pytest.mark.parametrize("suite", ["quick", "standard"])
def test_behind_labels_alone_no_number_would_do(suite, changes):
    told = foreseen(suite=SUITES[suite], **changes)
    assert {told[name] for name in ("persons_per_side", "references", "predicted_no_leak")} == {None}
