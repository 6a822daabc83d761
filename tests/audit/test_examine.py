"""From signals to a ruling, on signals whose truth is known."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from vidocq.attacks.blind import Blind
from vidocq.audit.examine import examine
from vidocq.audit.suite import SUITES, suite_named
from vidocq.audit.terms import Terms
from vidocq.core.access import Access
from vidocq.core.errors import ConfigurationError
from vidocq.core.status import AuditVerdict

from synthetic import labels_only, scene, seed

LEAK, NO_LEAK, OPEN = AuditVerdict.LEAK_SHOWN, AuditVerdict.NO_LEAK_ABOVE_BOUND, AuditVerdict.INCONCLUSIVE
TERMS = Terms(
    suite=SUITES["standard"],
    access=Access.granted_by("probabilities"),
    alphas=(0.01, 0.1),
    seed=1,
    tau_average=0.0,
    tau_worst=0.0,
    look=1,
    randomised=True,
    can_retrain=True,
)


@dataclass(frozen=True, kw_only=True)
class FewTrees(Blind):
    """The blind control with a tenth of its trees: the other parts are what is tested here."""

    trees: int = 5


@pytest.fixture(autouse=True)
def _few_trees(monkeypatch):
    monkeypatch.setattr("vidocq.audit.examine.Blind", FewTrees)


def examined(found, terms=TERMS):
    return examine(found.signals, found.population, found.design, found.table, terms)


def codes(examination):
    return [reason.code for reason in examination.ruling.reasons]


def test_where_nothing_leaks_no_leak_is_shown():
    """Twenty targets by a recipe that leaks nothing. At an error of 3 % two alarms are already rare."""
    found = [examined(scene(rng=seed(n), members=200, non_members=200, references=24)) for n in range(20)]
    assert sum(e.ruling.verdict is LEAK for e in found) <= 2
    assert all(e.evidence.negative_alarms <= 3 for e in found)


def test_a_target_that_never_saw_the_members_is_not_accused_of_its_recipes_leak():
    for number in range(3):
        found = examined(scene(rng=seed(number), leak=0.0, recipe_leak=3.0, references=32))
        assert found.ruling.verdict is OPEN
        assert "recipe-gate" in codes(found)
        assert found.ruling.b_worst is None
        assert "panel" in {absent.id for absent in found.not_measured}


@pytest.mark.parametrize("leak", [1.5, 3.0])
def test_a_planted_leak_is_shown(leak):
    for number in range(3):
        assert examined(scene(rng=seed(number), leak=leak)).ruling.verdict is LEAK


def test_a_leak_of_exposed_persons_only_is_shown_by_the_panel():
    leak = np.zeros(800)
    leak[:20] = 5.0
    leak[400:420] = 5.0
    found = scene(rng=seed(1), recipe_leak=leak, references=64)
    target = found.signals.target_confidence + leak * found.is_member
    found = replace(
        found,
        signals=replace(
            found.signals,
            target_confidence=target,
            target_loss=np.logaddexp(0.0, -target),
            target_correct=target > 0,
        ),
    )
    ruling = examined(found).ruling
    assert ruling.verdict is LEAK
    assert "`panel`" in ruling.reasons[0].text.en


def planted(told):
    return {control.attack: control.planted for control in told.positive}


def test_the_label_gap_is_given_a_leak_that_its_own_operating_point_can_see():
    told = examined(scene(rng=seed(2), members=1500, non_members=1500, references=64))
    assert planted(told)["label-gap"] > planted(told)["lira"] == planted(told)["loss"]
    assert "label-gap" not in told.evidence.missed_controls


def test_large_tolerances_and_a_calm_recipe_are_no_leak():
    found = examined(
        scene(rng=seed(2), members=1500, non_members=1500, references=64),
        replace(TERMS, tau_average=0.12, tau_worst=0.6),
    )
    assert codes(found) == ["within-tolerance"]
    assert found.ruling.verdict is NO_LEAK
    assert planted(found)["lira"] == pytest.approx(0.24)


def test_the_same_terms_give_the_same_examination():
    found = scene(rng=seed(3), leak=1.0)
    one, again = examined(found), examined(found)
    assert one.evidence.tallies == again.evidence.tallies
    assert one.positive == again.positive
    assert one.ruling.reasons == again.ruling.reasons
    np.testing.assert_array_equal(one.blind_scores, again.blind_scores)
    np.testing.assert_array_equal(one.ruling.p, again.ruling.p)
    np.testing.assert_array_equal(one.panel.persons, again.panel.persons)


def test_files_that_differ_are_not_taken_for_a_leak():
    found = scene(rng=seed(4), easier_members=1.5)
    table = found.table + found.is_member[:, None]  # and the difference shows in the records
    told = examine(found.signals, found.population, found.design, table, replace(TERMS, randomised=False))
    assert told.ruling.verdict is OPEN
    assert {"negative-control", "blind-sees"} <= set(codes(told))


def test_without_references_no_leak_cannot_be_said_but_a_leak_can():
    terms = replace(TERMS, tau_average=0.3, tau_worst=0.9, can_retrain=False)
    alone = np.array([], dtype=np.int64)
    for leak, verdict in ((0.0, OPEN), (4.0, LEAK)):
        found = scene(rng=seed(5), leak=leak, spread=0.5)
        told = examine(found.signals.only(alone), found.population, None, found.table, terms)
        assert told.ruling.verdict is verdict
        assert {r.attack.card.id for r in told.readings} == {"label-gap", "loss"}
        assert {"lira", "lira-offline"} <= {absent.id for absent in told.not_measured}
        assert told.gate is told.panel is None
        assert len(told.evidence.tallies) == 7  # what could not be scored stays in the family
        if verdict is OPEN:
            assert {"attack-not-measured", "no-references", "no-negative-control"} <= set(codes(told))


def test_labels_alone_leave_nothing_whose_silence_would_count():
    found = scene(rng=seed(6))
    labels = replace(found, signals=labels_only(found.signals))
    told = examined(labels, replace(TERMS, access=Access.granted_by("labels"), tau_average=0.5, tau_worst=0.9))
    assert told.ruling.verdict is OPEN
    assert "nothing-required" in codes(told)
    assert [t.attack for t in told.evidence.tallies] == ["label-gap"]


def test_an_attack_that_missed_its_control_is_told_as_not_measured():
    told = examined(scene(rng=seed(7), members=60, non_members=60))
    assert "label-gap" in told.evidence.missed_controls
    assert set(told.evidence.missed_controls) <= {absent.id for absent in told.not_measured}


def test_where_no_leak_whatever_would_be_caught_nothing_is_measured():
    told = examined(scene(rng=seed(7), members=40, non_members=40), replace(TERMS, look=10_000))
    assert told.positive == ()
    assert set(told.evidence.missed_controls) == {"label-gap", "loss", "lira-offline", "lira"}
    assert told.ruling.b_average is None
    assert told.ruling.verdict is OPEN


@pytest.mark.parametrize("tau", [0.2, 0.25, 0.3, 0.9])
def test_a_large_tolerance_silences_nobody(tau):
    told = examined(scene(rng=seed(8), references=32), replace(TERMS, tau_average=tau))
    assert planted(told)["lira"] == pytest.approx(min(2 * tau, 0.5))
    assert not {"lira", "lira-offline"} & set(told.evidence.missed_controls)


def test_the_family_counts_what_is_registered():
    assert TERMS.tests == 1 + 2 + 2 + 2 + 1
    assert replace(TERMS, can_retrain=False).tests == 7
    assert replace(TERMS, access=Access.granted_by("labels")).tests == 1
    assert replace(TERMS, alphas=(0.001, 0.01, 0.1)).tests == 1 + 3 * 3 + 1
    assert TERMS.required == ("lira-offline", "lira")
    assert replace(TERMS, access=Access.granted_by("labels")).required == ()


def test_a_budget_too_small_for_changed_copies_lifts_no_requirement():
    starved = replace(TERMS, suite=SUITES["thorough"], starved=frozenset({"robustness"}))
    assert "label-only" in starved.required
    assert "label-only" not in replace(starved, starved=frozenset()).required  # saved answers: it cannot be asked for
    told = examined(scene(rng=seed(6), references=32), replace(starved, tau_average=0.5, tau_worst=0.9))
    assert told.ruling.verdict is OPEN
    assert "attack-not-measured" in codes(told)
    assert "label-only" in {absent.id for absent in told.not_measured}


@pytest.mark.parametrize(
    ("suite", "outputs", "kind", "copies", "starves"),
    [
        ("thorough", "probabilities", "sklearn", 0, True),
        ("thorough", "probabilities", "sklearn", 3, False),
        ("thorough", "probabilities", "recorded", 0, False),
        ("standard", "probabilities", "sklearn", 0, False),
        ("standard", "labels", "sklearn", 0, True),
        ("quick", "labels", "sklearn", 0, False),
    ],
)
def test_which_audits_a_small_budget_starves(suite, outputs, kind, copies, starves):
    assert SUITES[suite].starves(outputs=outputs, kind=kind, copies=copies) is starves


def test_labels_alone_are_told_to_bound_no_worst_case():
    found = scene(rng=seed(6))
    labels = replace(found, signals=labels_only(found.signals))
    told = examined(labels, replace(TERMS, access=Access.granted_by("labels"), tau_average=0.5, tau_worst=0.9))
    assert "labels-bound-no-worst-case" in codes(told)
    assert "no-panel" not in codes(told)


def test_suites_require_no_baseline_and_only_what_they_run():
    baselines = {"blind", "label-gap", "loss"}
    for suite in SUITES.values():
        assert not baselines & set(suite.required)
        assert set(suite.required) <= set(suite.attacks)
        assert suite.panel >= 50
        assert suite_named(suite.name) is suite
    with pytest.raises(ConfigurationError, match="no suite 'secret'"):
        suite_named("secret")
