"""Under another regime than the GDPR its points stand aside, with the reason; what a scan found makes points apply."""

import datetime

import pytest

from vidocq.core.status import Status
from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.assessment.words import PointState
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.profiles.duties import duties
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.state import State

TODAY = datetime.date(2026, 11, 25)
PERSONAL = [{"id": "d", "personal_data": True}]


def points(facts, pieces=()):
    found = State(facts=read_facts(facts), evidence=Evidence(tuple(pieces)))
    wanted = [referential()[name] for name in ("F0.01", "F1.02", "F5.02", "F7.05")]
    return {one.point.id: one for one in assess(found, wanted, today=TODAY).points}


def facts(use="single", regimes=("law_enforcement",), datasets=PERSONAL):
    system = {"is_established_in_eu": True, "operational_use": use, "deployment_regimes": list(regimes)}
    return {"system": system, "datasets": datasets}


@pytest.mark.parametrize(
    ("regime", "told"),
    [("law_enforcement", "directive police-justice"), ("state_security", "sûreté de l'État")],
)
def test_points_of_the_gdpr_do_not_apply_under_another_regime(regime, told):
    found = points(facts(regimes=[regime]))
    for name in ("F5.02", "F7.05"):
        assert found[name].state is PointState.NOT_APPLICABLE
        (standing,) = found[name].standings
        assert told in standing.reasons[0].fr
        assert standing.used == {"rule.regime": regime}
    for name in ("F0.01", "F1.02"):
        assert found[name].state is not PointState.NOT_APPLICABLE


@pytest.mark.parametrize(
    "known",
    [
        facts(use="several"),
        facts(regimes=["gdpr", "law_enforcement"]),
        facts(use=None),
        {"system": {"operational_use": "single", "deployment_regimes": ["law_enforcement"]}, "datasets": PERSONAL},
    ],
    ids=["several uses", "two regimes", "use unknown", "territory unknown"],
)
def test_they_apply_as_long_as_the_other_regime_is_not_settled(known):
    assert points(known)["F5.02"].state is not PointState.NOT_APPLICABLE


def test_duties_stand_aside_as_well():
    under = {one.point.id for one in duties(["designer"], read_facts(facts()), today=TODAY)}
    assert "F1.01" in under
    assert not any(name.startswith("F5.") for name in under)


def test_what_a_scan_found_makes_the_points_of_personal_data_apply():
    none = facts(regimes=["gdpr"], datasets=[{"id": "d", "personal_data": False}])
    assert points(none)["F7.05"].state is PointState.NOT_APPLICABLE
    piece = Piece(
        measurement="scan-identifiers",
        subject="datasets.d",
        scope="",
        status=Status.TO_JUDGE,
        figures={"categories": {"email": {"count": 4}}},
    )
    found = points(none, [piece])["F7.05"]
    assert found.state is PointState.TO_JUDGE
    assert found.standings[0].used == {"evidence.scan-identifiers.d": 4}
    assert "Analyse des données : identifiants (d) = 4" in found.standings[0].reasons[0].fr
