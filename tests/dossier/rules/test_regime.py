"""The regime follows deployment where the use is single, and the GDPR otherwise."""

import pytest

from vidocq.dossier.decision import UNDETERMINED
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.rules.regime import RegimeRule

PERSONAL = {"id": "a", "personal_data": True}


@pytest.mark.parametrize(
    ("system", "datasets", "value"),
    [
        pytest.param({}, None, UNDETERMINED, id="nothing is known"),
        pytest.param({}, [{"id": "a", "personal_data": False}], "out", id="no personal data"),
        pytest.param({}, [{"id": "a", "personal_data": True, "anonymity_shown": True}], "out", id="anonymity shown"),
        pytest.param(
            {"is_established_in_eu": True, "operational_use": "single", "deployment_regimes": ["law_enforcement"]},
            [PERSONAL],
            "law_enforcement",
            id="one use, by the police",
        ),
        pytest.param(
            {"is_established_in_eu": True, "operational_use": "undefined", "deployment_regimes": ["state_security"]},
            [PERSONAL],
            "gdpr",
            id="the use is not set",
        ),
        pytest.param(
            {
                "is_established_in_eu": True,
                "operational_use": "single",
                "deployment_regimes": ["gdpr", "law_enforcement"],
            },
            [PERSONAL],
            "gdpr",
            id="two regimes",
        ),
        pytest.param(
            {"is_established_in_eu": False, "targets_persons_in_eu": False}, [PERSONAL], "out", id="elsewhere"
        ),
        pytest.param({"operational_use": "single"}, [PERSONAL], UNDETERMINED, id="territory unknown"),
    ],
)
def test_regime(system, datasets, value):
    facts = read_facts({"system": system, "datasets": datasets})
    (decision,) = RegimeRule().decide(facts, Evidence())
    assert decision.value == value
    assert decision.missing if value == UNDETERMINED else decision.reasons


def test_what_is_missing_is_named():
    (decision,) = RegimeRule().decide(read_facts({"datasets": [PERSONAL]}), Evidence())
    assert "system.is_established_in_eu" in decision.missing
    assert decision.used["datasets.a.personal_data"] is True
