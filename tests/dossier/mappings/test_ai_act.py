"""The AI Act from the same facts and points: ids resolve, what applies follows the facts, nothing is guessed."""

import datetime

import pytest

from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.mappings.requirement import AI_ACT, mapping, read_for
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.state import State

TODAY = datetime.date(2026, 11, 25)
US = {"id": "us", "is_us": True, "places": ["deployer"], "is_public_body": True}


def applying(content):
    state = State(facts=read_facts(content))
    result = assess(state, referential().values(), today=TODAY)
    read = read_for(AI_ACT, state.facts, result.decisions, result.points, today=TODAY)
    return {one.requirement.id: one.applies.value for one in read}


def test_ids_resolve_and_the_note_says_to_check():
    found = mapping()
    assert found.written_on <= TODAY
    assert "2026" in found.note.fr
    assert "2026" in found.note.en
    for one in found.requirements:
        assert set(one.points) <= set(referential())
        assert one.points
        assert one.title.fr != one.title.en
        assert one.link.startswith("https://")
    ids = {one.id for one in found.requirements}
    assert {f"AIA.10.2.{letter}" for letter in "abcdefgh"} | {"AIA.15.5", "AIA.27"} <= ids
    assert {"AIA.GPAI.transparency", "AIA.GPAI.copyright", "AIA.GPAI.safety"} <= ids


def test_nothing_known_tells_nothing():
    assert set(applying({}).values()) == {None}


@pytest.mark.parametrize(
    ("system", "actors", "some", "none"),
    [
        pytest.param("high_risk", [US], ["AIA.10.2.f", "AIA.15.5", "AIA.27"], ["AIA.53.1.a"], id="public deployer"),
        pytest.param("high_risk", [{**US, "places": ["designer"]}], ["AIA.10.2.a"], ["AIA.27"], id="designer"),
        pytest.param("systemic_risk", [US], ["AIA.53.1.c", "AIA.55.1.a"], ["AIA.10.2.a", "AIA.27"], id="systemic"),
        pytest.param("general_purpose", [US], ["AIA.53.1.d"], ["AIA.55.1.a"], id="general purpose"),
        pytest.param("minimal", [US], [], ["AIA.10.2.a", "AIA.53.1.a", "AIA.55.1.d"], id="minimal"),
    ],
)
def test_what_applies_follows_the_class(system, actors, some, none):
    found = applying({"system": {"ai_act_class": system, "is_general_purpose": False}, "actors": actors})
    assert all(found[name] is True for name in some)
    assert all(found[name] is False for name in none)
