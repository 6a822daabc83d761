"""Days worked out by hand, states relative to a day, and nothing assumed where an answer is missing."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidocq.core.days import months_after
from vidocq.core.text import Lang
from vidocq.dossier.calendar import EventState, build_calendar
from vidocq.dossier.calendar.moment import is_past, iso
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.requesting import Request
from vidocq.dossier.rules.catalogue import decide_all
from vidocq.dossier.rules.vulnerability import notify_before
from vidocq.dossier.state import State
from vidocq.report.calendar import calendar_lines
from vidocq.report.icalendar import icalendar

from made_facts import evidence, facts

day = datetime.date.fromisoformat
TODAY = day("2026-11-25")


def events(content, *, now=TODAY, requests=()):
    state = State(facts=read_facts(content), requests=tuple(requests), as_of="2026-11-25T10:00:00Z")
    found = build_calendar(state, decide_all(state.facts, state.evidence), now=now)
    return {event.id: event for event in found.events}


def asked(right="access", **more):
    return Request(id="r1", right=right, received_on=day(more.pop("on", "2026-11-02")), role="DPO", **more)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),  # a leap year
        ("2100-01-31", 1, "2100-02-28"),  # a century that is none
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2028-02-29", 12, "2029-02-28"),
        ("9999-12-01", 1, "9999-12-31"),
    ],
)
def test_a_month_ends_on_its_day_or_on_the_last_one(start, months, end):
    assert months_after(day(start), months) == day(end)


@given(st.dates(max_value=day("9990-01-01")), st.integers(0, 36))
def test_months_add_up_from_the_first(start, months):
    first = start.replace(day=1)
    assert months_after(first, months).day == 1
    assert months_after(months_after(first, months), 1) == months_after(first, months + 1)


def test_times_are_compared_by_the_hour_and_days_by_the_day():
    at = datetime.datetime.fromisoformat
    assert is_past(at("2026-11-25T13:59:59+00:00"), at("2026-11-25T15:00:00+01:00"))
    assert not is_past(at("2026-11-25T14:00:00+00:00"), at("2026-11-25T15:00:00+01:00"))
    assert not is_past(at("2026-11-25T00:00:00+00:00"), TODAY)  # a day is over on the next one
    assert is_past(TODAY, at("2026-11-26T00:30:00+00:00"))
    assert not is_past(TODAY, at("2026-11-26T00:30:00+01:00"))  # still the 25th in UTC
    assert iso(at("2026-11-26T00:30:00+01:00")) == "2026-11-25T23:30:00Z"
    assert iso(at("2026-11-25T10:00:00")) == "2026-11-25T10:00:00Z"


def test_indirect_data_is_told_of_within_a_month_or_at_first_contact():
    held = {"id": "d", "personal_data": True, "is_indirect": True, "collected_from": "2026-10-31"}
    told = {"already_told_of_this_reuse": False, "told": "not", "collection_laid_down_by_law": False,
            "contact_is_impossible": False, "contact_is_disproportionate": False}  # fmt: skip
    found = events({"datasets": [{**held, "information": told}]})["information.d"]
    assert (found.when, found.state, found.article) == (day("2026-11-30"), EventState.DUE, "14.3")
    late = events({"datasets": [{**held, "information": told}]}, now=day("2026-12-01"))["information.d"]
    assert late.state is EventState.LATE
    contact = events({"datasets": [{**held, "information": {**told, "first_contact_on": "2026-11-10"}}]})
    assert (contact["information.d"].when, contact["information.d"].state) == (day("2026-11-10"), EventState.LATE)
    done = {**told, "told": "individually", "told_on": "2026-11-20"}
    assert events({"datasets": [{**held, "information": done}]})["information.d"].state is EventState.DONE
    earlier = events({"datasets": [{**held, "information": done}]}, now=day("2026-11-19"))["information.d"]
    assert earlier.state is not EventState.DONE


def test_whether_persons_are_to_be_told_may_not_be_known():
    found = events({"datasets": [{"id": "d", "personal_data": True}]})["information.d"]
    assert (found.state, found.when) == (EventState.UNKNOWN, None)
    assert "datasets.d.is_indirect" in found.missing
    assert "information.d" not in events({"datasets": [{"id": "d", "personal_data": False}]})


def trained(told_on, start, **information):
    return {
        "datasets": [{"id": "d", "personal_data": True, "information": {"told_on": told_on, **information}}],
        "models": [{"id": "m", "trained_on": ["d"], "training_started_on": start}],
    }


def test_the_interval_before_training_is_shown_in_days_and_not_judged():
    found = events(trained("2026-02-20", "2026-03-01", told="individually"))["interval.d.m"]
    assert found.state is EventState.DONE
    assert "9 day(s)" in found.what.en  # 2026 is no leap year
    assert "10 day(s)" in events(trained("2024-02-20", "2024-03-01", told="individually"))["interval.d.m"].what.en
    after = events(trained("2026-03-11", "2026-03-01", told="individually"))["interval.d.m"]
    assert after.state is EventState.LATE
    assert "10 day(s) after" in after.what.en


def test_an_interval_of_which_one_end_is_missing_is_unknown():
    for told_on, start, missing in [
        (None, "2026-03-01", "datasets.d.information.told_on"),
        ("2026-02-20", None, "models.m.training_started_on"),
    ]:
        found = events(trained(told_on, start, told="individually"))["interval.d.m"]
        assert found.state is EventState.UNKNOWN
        assert missing in found.missing
    assert events(trained(None, "2026-03-01", told="not"))["interval.d.m"].state is EventState.LATE
    assert events(trained(None, "2027-03-01", told="not"))["interval.d.m"].state is EventState.DUE


def test_reviews_and_ends_of_retention():
    content = {
        "models": [
            {"id": "a", "next_review_on": "2026-11-24"},
            {"id": "b", "next_review_on": "2026-11-25"},
            {"id": "c"},
        ],
        "datasets": [
            {"id": "old", "retention_until": "2026-11-24"},
            {"id": "erased", "retention_until": "2026-11-20", "erased_on": "2026-11-22"},
            {"id": "open"},
            {"id": "numbers", "personal_data": False, "retention_until": "2020-01-01"},
        ],
    }
    found = events(content)
    assert [found[f"review.models.{name}"].state for name in "abc"] == [
        EventState.LATE, EventState.DUE, EventState.UNKNOWN,
    ]  # fmt: skip
    assert [found[f"retention.{name}"].state for name in ("old", "erased", "open")] == [
        EventState.LATE, EventState.DONE, EventState.UNKNOWN,
    ]  # fmt: skip
    assert found["retention.erased"].is_done_late
    assert "after its day" in found["retention.erased"].state_words.en
    assert "retention.numbers" not in found


def test_a_model_or_set_that_came_after_the_assessment_calls_for_its_update():
    content = {
        "datasets": [{"id": "d", "personal_data": True, "collected_from": "2026-01-10"}],
        "models": [
            {"id": "m", "training_started_on": "2026-09-01"},
            {"id": "n", "training_started_on": "2027-01-01"},
        ],
        "impact": {"on_mandatory_list": True, "done_on": "2026-03-01"},
    }
    found = events(content)
    assert (found["dpia"].when, found["dpia"].state) == (day("2026-01-10"), EventState.DONE)
    assert found["dpia"].is_done_late
    assert found["dpia-update.models.m"].state is EventState.LATE
    assert found["dpia-update.models.n"].state is EventState.DUE
    assert "dpia-update.datasets.d" not in found
    content["impact"]["done_on"] = "2026-09-01"
    assert "dpia-update.models.m" not in events(content)
    content["impact"]["done_on"] = None
    assert events(content)["dpia"].state is EventState.LATE
    assert events({"datasets": content["datasets"]})["dpia"].state is EventState.UNKNOWN


def test_a_request_has_a_month_and_two_more_if_told_in_time():
    assert events({}, requests=[asked(on="2026-10-31")])["request.r1"].when == day("2026-11-30")
    assert events({}, requests=[asked()])["request.r1"].when == day("2026-12-02")
    extended = asked(on="2025-11-30", extended_on=day("2025-12-30"))
    found = events({}, requests=[extended], now=day("2026-02-28"))["request.r1"]
    assert (found.when, found.state) == (day("2026-02-28"), EventState.DUE)
    assert events({}, requests=[extended], now=day("2026-03-01"))["request.r1"].state is EventState.LATE
    before = events({}, requests=[extended], now=day("2025-12-29"))["request.r1"]
    assert before.when == day("2025-12-30")  # nobody had been told yet
    too_late = asked(on="2025-11-30", extended_on=day("2025-12-31"))
    assert events({}, requests=[too_late])["request.r1"].when == day("2025-12-30")


def test_a_request_answered_late_is_done_and_says_so():
    late = asked(answered_on=day("2026-12-03"), outcome="refused")
    found = events({}, requests=[late], now=day("2026-12-03"))["request.r1"]
    assert found.state is EventState.DONE
    assert found.is_done_late
    assert events({}, requests=[late], now=day("2026-12-02"))["request.r1"].state is EventState.DUE


@pytest.mark.parametrize(
    ("right", "outcome", "actors", "state"),
    [
        ("erasure", "upheld", [{"id": "lab", "receives_data": True}], EventState.DUE),
        ("erasure", "upheld", [{"id": "lab"}], EventState.UNKNOWN),
        ("restriction", "partly_upheld", None, EventState.UNKNOWN),
        ("rectification", "upheld", [{"id": "lab", "receives_data": False}], None),
        ("rectification", "upheld", [{"id": "us", "is_us": True, "receives_data": True}], None),
        ("erasure", "refused", [{"id": "lab", "receives_data": True}], None),
        ("access", "upheld", [{"id": "lab", "receives_data": True}], None),
    ],
)
def test_recipients_are_told_of_what_was_changed_or_erased(right, outcome, actors, state):
    request = asked(right, answered_on=day("2026-11-10"), outcome=outcome)
    found = events({"actors": actors}, requests=[request]).get("recipients.r1")
    assert (found and found.state) == state
    if state is EventState.DUE:
        told = asked(right, answered_on=day("2026-11-10"), outcome=outcome, recipients_told_on=TODAY)
        assert events({"actors": actors}, requests=[told])["recipients.r1"].state is EventState.DONE


def test_the_clock_of_a_breach_runs_for_seventy_two_hours_in_utc():
    content = {"security": {"breach_known_on": "2028-02-27T23:30:00+01:00"}}  # 22:30 UTC, and a leap year
    at = datetime.datetime.fromisoformat
    found = events(content, now=at("2028-03-01T22:29:00+00:00"))["breach.notify"]
    assert iso(found.when) == "2028-03-01T22:30:00Z"
    assert found.state is EventState.DUE
    assert events(content, now=at("2028-03-01T22:31:00+00:00"))["breach.notify"].state is EventState.LATE
    assert events(content, now=day("2028-03-01"))["breach.notify"].state is EventState.DUE
    assert "breach.notify" not in events(content, now=day("2028-02-26"))  # nobody knew of it
    content["security"]["breach_notified_on"] = "2028-03-01T22:45:00Z"
    done = events(content, now=day("2028-03-02"))["breach.notify"]
    assert (done.state, done.is_done_late) == (EventState.DONE, True)


def test_a_breach_without_a_likely_risk_is_documented_and_not_notified():
    content = {"security": {"breach_known_on": "2026-11-20T08:00:00Z", "breach_risk_unlikely": True}}
    assert {name for name in events(content) if name.startswith("breach")} == {"breach.document"}
    content["models"] = [{"id": "m", "vulnerability": {"data_extracted": True, "high_risk_for_persons": True}}]
    found = events(content)
    assert {"breach.notify", "breach.document", "breach.persons", "vulnerability.fix.m"} <= set(found)


def test_data_extracted_at_an_unknown_time_starts_no_clock_and_asks():
    found = events({"models": [{"id": "m", "vulnerability": {"data_extracted": True}}]})["breach.notify"]
    assert (found.when, found.state) == (None, EventState.UNKNOWN)
    assert "security.breach_known_on" in found.missing


def test_the_last_time_there_is_breaks_nothing():
    assert notify_before(datetime.datetime.max) == datetime.datetime.max
    extreme = {"security": {"breach_known_on": "9999-12-31T23:00:00-05:00"}}
    assert events(extreme, now=day("9999-12-31"))["breach.notify"].state is EventState.DUE
    events({"security": {"breach_known_on": "0001-01-01T00:00:00+05:00"}})


REQUESTS = st.builds(
    Request,
    id=st.sampled_from(["r1", "r2"]),
    right=st.sampled_from(["access", "erasure"]),
    received_on=st.dates(),
    role=st.just("DPO"),
    extended_on=st.none() | st.dates(),
    answered_on=st.none() | st.dates(),
    outcome=st.sampled_from([None, "upheld", "refused"]),
    recipients_told_on=st.none() | st.dates(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts(), evidence=evidence(), requests=st.lists(REQUESTS, max_size=2, unique_by=lambda r: r.id),
       now=st.dates() | st.datetimes(timezones=st.just(datetime.UTC)))  # fmt: skip
def test_no_facts_break_the_calendar(facts, evidence, requests, now):
    state = State(facts=facts, evidence=evidence, requests=tuple(requests), as_of="2026-11-25T10:00:00Z")
    found = build_calendar(state, decide_all(facts, evidence), now=now)
    assert len({event.id for event in found.events}) == len(found.events)
    for event in found.events:
        if event.state is EventState.LATE:
            assert event.when is not None
        if event.state is EventState.DONE:
            assert event.done_on is not None
            assert not is_past(now, event.done_on)
    assert found.to_dict()["counts"]
    for lang in Lang:
        assert calendar_lines(found, lang=lang)
        assert icalendar(found, file="x", lang=lang).endswith(b"END:VCALENDAR\r\n")


def test_without_facts_nothing_is_in_the_calendar_but_what_cannot_be_told():
    assert {event.state for event in events({}).values()} <= {EventState.UNKNOWN}
