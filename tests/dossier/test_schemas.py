"""What is written for machines follows the schema that is shipped, whatever the facts; a wrong one is refused."""

import datetime

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from vidocq.core.errors import VidocqError
from vidocq.core.status import Status
from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.calendar import build_calendar
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.register import build_register
from vidocq.dossier.rules.catalogue import decide_all
from vidocq.dossier.schema import FORMATS, require_valid, schema_of
from vidocq.dossier.state import State

from made_facts import evidence, facts

TODAY = datetime.date(2026, 11, 25)
NOON = datetime.datetime(2026, 11, 25, 12, 0, tzinfo=datetime.UTC)
FACTS = {
    "datasets": [{"id": "d", "personal_data": True, "is_indirect": True, "collected_from": "2026-01-31"}],
    "models": [{"id": "m", "trained_on": ["d"], "next_review_on": "2027-01-01"}],
    "actors": [{"id": "us", "is_us": True, "country": "FR"}],
    "operations": [
        {"id": "t", "kind": "train", "datasets": ["d"],
         "parts": [{"actor": "us", "decides_purpose": True, "decides_means": True, "on_instructions_only": False}]}
    ],
    "security": {"breach_known_on": "2026-11-01T10:00:00+02:00"},
}  # fmt: skip


def written(state, now=TODAY):
    decisions = decide_all(state.facts, state.evidence)
    return {
        "assessment": assess(state, [referential()["F0.01"]], today=TODAY).to_dict(),
        "calendar": build_calendar(state, decisions, now=now).to_dict(),
        "register": build_register(state.facts, decisions).to_dict(),
    }


@pytest.mark.parametrize("name", FORMATS)
def test_a_schema_is_one_and_closes_every_object(name):
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"vidocq.{name}/1" == schema["properties"]["schema"]["const"]
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(schema["properties"])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts(), evidence=evidence())
def test_whatever_the_facts_it_follows_its_schema(facts, evidence):
    for now in (TODAY, NOON):
        for name, content in written(State(facts=facts, evidence=evidence), now).items():
            jsonschema.Draft202012Validator(schema_of(name)).validate(content)


def test_there_is_something_in_what_is_validated():
    found = written(State(facts=read_facts(FACTS)))
    assert {event["kind"] for event in found["calendar"]["events"]} >= {"information", "review", "breach"}
    assert found["register"]["controller"][0]["columns"]


@pytest.mark.parametrize(
    ("name", "spoil", "place"),
    [
        ("calendar", lambda content: content["events"][0].update(state="soon"), "calendar.json, events/0/state"),
        ("calendar", lambda content: content.update(more=1), "calendar.json, top"),
        ("calendar", lambda content: content.update(now="today"), "calendar.json, now"),
        ("register", lambda content: content["controller"][0].pop("columns"), "register.json, controller/0"),
        ("register", lambda content: content["controller"][0].update(capacity="joint"), "register.json, controller/0/capacity"),
        ("assessment", lambda content: content["points"][0].update(state=str(Status.SATISFIED).lower()), "assessment.json, points/0/state"),
    ],
)  # fmt: skip
def test_what_does_not_follow_it_is_refused_and_its_place_named(name, spoil, place):
    content = written(State(facts=read_facts(FACTS)))[name]
    spoil(content)
    with pytest.raises(VidocqError) as caught:
        require_valid(name, content)
    assert caught.value.where == place
