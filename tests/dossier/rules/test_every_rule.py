"""What holds for every rule: it never raises, never guesses, and says what it rests on."""

import pytest
from hypothesis import HealthCheck, given, settings

from vidocq.dossier.decision import UNDETERMINED
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.rules.catalogue import RULES, decide_all

from made_facts import evidence, facts, without

THOROUGH = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
each_rule = pytest.mark.parametrize("rule", RULES.defaults(), ids=lambda rule: rule.card.id)


@each_rule
def test_nothing_known_gives_no_answer(rule):
    decisions = rule.decide(Facts(), Evidence())
    assert [decision.value for decision in decisions] == [UNDETERMINED]
    assert decisions[0].missing
    assert decisions[0].reasons


@THOROUGH
@given(facts=facts(), evidence=evidence())
def test_no_facts_break_a_rule(facts, evidence):
    for rule in RULES.defaults():
        found = rule.decide(facts, evidence)
        assert found == rule.decide(facts, evidence)
        for decision in found:
            assert decision.value in {UNDETERMINED, *rule.card.values}
            assert decision.rule == rule.card.id
            assert decision.reasons
            assert all(reason.fr and reason.en for reason in decision.reasons)
            assert "{" not in "".join(reason.fr + reason.en for reason in decision.reasons)
            assert not set(decision.used) & set(decision.missing)


@THOROUGH
@given(facts=facts(), evidence=evidence())
def test_a_fact_taken_away_never_turns_an_answer_favourable(facts, evidence):
    content = facts.model_dump(mode="json", exclude_none=True)
    poorer: dict[str, Facts] = {}
    for rule in RULES.defaults():
        assert rule.card.favourable <= set(rule.card.values)
        before = {decision.subject: decision for decision in rule.decide(facts, evidence)}
        for subject, decision in before.items():
            if decision.value in rule.card.favourable:
                continue
            for path in set(decision.used) - decision.contradicting:
                if path not in poorer:
                    poorer[path] = read_facts(without(content, path))
                for after in rule.decide(poorer[path], evidence):
                    if after.subject == subject:
                        assert after.value not in rule.card.favourable, f"{rule.card.id} without {path}"


def test_a_favourable_answer_rests_on_something():
    """The dozen rules can all give their favourable values on facts made for it, and print what they used."""
    content = {
        "system": {"is_established_in_eu": True, "operational_use": "single", "deployment_regimes": ["gdpr"]},
        "datasets": [{"id": "a", "personal_data": False}],
        "models": [{"id": "m", "trained_on": ["a"], "is_derived": False, "reach": ["api"]}],
    }
    found = {decision.rule: decision for decision in decide_all(read_facts(content), Evidence())}
    assert found["regime"].value == "out"
    assert found["model-status"].value == "not_trained_on_personal_data"
    assert found["model-status"].used["datasets.a.personal_data"] is False
