"""A condition says true, false or not known; what is not described is never false."""

import datetime

import pytest

from vidocq.core.errors import ReferentialError
from vidocq.core.text import Text
from vidocq.dossier.decision import UNDETERMINED, Decision
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.referential.expression import parse
from vidocq.dossier.referential.truth import truth

TODAY = datetime.date(2026, 11, 25)
RULES = {"model-status": frozenset({"leak_shown", "tests_required"})}
FACTS = read_facts(
    {
        "datasets": [{"id": "known", "personal_data": True}, {"id": "unknown"}],
        "models": [{"id": "llama-3", "trained_on": ["lost"]}, {"id": "llama-3.1", "trained_on": ["known"]}],
    }
)


def held(condition, *decisions, item=""):
    return truth(parse(condition, rules=RULES, where="test"), FACTS, decisions, today=TODAY, item=item)


def decision(subject, value="leak_shown"):
    missing = {"models.x": Text(fr="?", en="?")} if value == UNDETERMINED else {}
    return Decision(rule="model-status", value=value, subject=subject, used={}, missing=missing, reasons=())


@pytest.mark.parametrize(
    ("condition", "item", "value"),
    [
        ("datasets.personal_data", "", True),
        ("datasets.personal_data", "datasets.known", True),
        ("datasets.personal_data", "datasets.unknown", None),
        ("datasets.personal_data", "datasets.nobody", None),
        ("not datasets.personal_data", "datasets.nobody", None),
        ("system.is_generative and not always", "", False),
        ("system.is_generative or always", "", True),
        ("models.trained_on.personal_data", "models.llama-3.1", True),
        ("models.trained_on.personal_data", "models.llama-3", None),
    ],
)
def test_truth(condition, item, value):
    found = held(condition, item=item)
    assert found.value is value
    assert bool(found.missing) is (value is None)


@pytest.mark.parametrize("subject", ["models.llama-3.1", "models.llama-3.1/api"])
def test_a_decision_is_about_the_id_that_it_names(subject):
    condition = 'rule.model-status == "leak_shown"'
    assert held(condition, decision(subject), item="models.llama-3.1").value is True
    assert held(condition, decision(subject), item="models.llama-3").value is False  # nothing was said of it
    own = decision("models.llama-3/weights", "tests_required")
    assert held(condition, decision(subject), own, item="models.llama-3").value is False


def test_an_undetermined_decision_is_not_known():
    assert held('not (rule.model-status == "leak_shown")', decision("models.llama-3", UNDETERMINED)).value is None


@pytest.mark.parametrize(
    "condition",
    [
        "system.nothing",
        'system.stage == "never"',
        "system.stage",
        'rule.unknown == "x"',
        'rule.model-status == "anonymous"',
        "datasets.personal_data or",
        "(always",
        "not " * 20 + "always",
        " or ".join(["always"] * 200),
    ],
)
def test_what_is_not_in_the_language_names_its_place(condition):
    with pytest.raises(ReferentialError) as caught:
        parse(condition, rules=RULES, where="F9.99, f9.toml")
    assert caught.value.where == "F9.99, f9.toml"
