"""Calendar, requests and register by their commands: what is wrong ends with 2, and names stay aside."""

import json

import pytest

from vidocq.cli.dossier_calendar import when
from vidocq.cli.main import main
from vidocq.core import moment
from vidocq.core.errors import ConfigurationError, LedgerError
from vidocq.dossier.file.requesting import ANSWERED, RECEIVED
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.state import state

FACTS = """
[datasets.calls]
personal_data = true
retention_until = 2026-12-31
[models.triage]
next_review_on = 2026-10-01
[actors.us]
is_us = true
[operations.training]
kind = "train"
datasets = ["calls"]
[operations.training.parts.us]
decides_purpose = true
decides_means = true
"""


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(moment, "now", lambda: "2026-11-25T14:30:00Z")


@pytest.fixture
def url(tmp_path):
    (tmp_path / "facts.toml").write_text(FACTS, encoding="utf-8")
    url = f"sqlite:///{tmp_path}/dossier.db"
    assert main(["dossier", "init", "--from", str(tmp_path / "facts.toml"), "--dossier", url, "--quiet"]) == 0
    return url


def run(url, *argv):
    return main(["dossier", *argv, "--dossier", url])


def calendar(url, tmp_path, *argv):
    assert run(url, "calendar", "--json", str(tmp_path / "calendar.json"), "--quiet", *argv) == 0
    content = json.loads((tmp_path / "calendar.json").read_bytes())
    return {event["id"]: event for event in content["events"]}


def test_a_request_goes_from_the_command_to_the_calendar(url, tmp_path, capsys):
    received = ("request", "received", "r1", "--right", "erasure", "--on", "2026-10-31", "--role", "DPO")
    assert run(url, *received, "--about", "datasets.calls", "--name", "Camille Durand") == 0
    assert calendar(url, tmp_path)["request.r1"]["when"] == "2026-11-30"
    answered = ("request", "answered", "r1", "--role", "DPO")
    assert run(url, *answered, "--outcome", "extended", "--reason", "many sources", "--on", "2026-11-20") == 0
    assert calendar(url, tmp_path)["request.r1"]["when"] == "2027-01-31"
    assert run(url, *answered, "--outcome", "upheld") == 0
    found = calendar(url, tmp_path)
    assert (found["request.r1"]["state"], found["request.r1"]["done_on"]) == ("done", "2026-11-25")
    assert "recipients.r1" not in found  # every party is us: nobody else received the data
    with Ledger.open(url) as ledger:
        kinds = [entry.kind for entry in ledger.entries()]
        chain = json.dumps([entry.data for entry in ledger.entries()])
        (request,) = state(ledger).requests
        assert ledger.verify().problem is None
    assert kinds.count(RECEIVED) == 1
    assert kinds.count(ANSWERED) == 2
    assert "Durand" not in chain
    assert request.name
    assert "Durand" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "argv",
    [
        ("received", "Camille Durand", "--right", "access", "--role", "DPO"),
        ("received", "r1", "--right", "silence", "--role", "DPO"),
        ("received", "r1", "--right", "access"),
        ("received", "r1", "--right", "access", "--role", "DPO", "--on", "2026-11-26"),
        ("received", "r1", "--right", "access", "--role", "DPO", "--on", "yesterday"),
        ("received", "r1", "--right", "access", "--role", "DPO", "--about", "datasets.none"),
        ("received", "r1", "--right", "access", "--role", "DPO", "--outcome", "upheld"),
        ("received", "taken", "--right", "access", "--role", "DPO"),
        ("answered", "r1", "--outcome", "upheld", "--role", "DPO"),
        ("answered", "taken", "--outcome", "refused", "--role", "DPO"),
        ("answered", "taken", "--outcome", "upheld", "--role", "DPO", "--on", "2026-11-01"),
        ("answered", "taken", "--outcome", "ignored", "--role", "DPO"),
        ("answered", "taken", "--outcome", "upheld", "--role", "DPO", "--name", "x"),
        ("forgotten", "taken"),
    ],
)
def test_what_is_wrong_records_nothing_and_is_not_echoed(url, argv, capsys):
    assert run(url, "request", "received", "taken", "--right", "access", "--role", "DPO", "--on", "2026-11-02") == 0
    with Ledger.open(url) as ledger:
        before = len(ledger.entries())
    assert run(url, "request", *argv) == 2
    with Ledger.open(url) as ledger:
        assert len(ledger.entries()) == before
    assert "Durand" not in capsys.readouterr().err


def test_an_answer_to_a_request_that_is_not_there_is_malformed(url):
    with Ledger.open(url) as ledger:
        ledger.append(ANSWERED, {"schema": 1, "id": "r9", "outcome": "upheld", "on": "2026-11-02"})
        with pytest.raises(LedgerError):
            state(ledger)


def test_the_calendar_on_a_day_and_as_of_a_day(url, tmp_path):
    assert calendar(url, tmp_path)["retention.calls"]["state"] == "due"
    assert calendar(url, tmp_path, "--on", "2027-01-01")["retention.calls"]["state"] == "late"
    assert calendar(url, tmp_path, "--at", "2026-11-25")["review.models.triage"]["state"] == "late"
    assert "retention.calls" not in calendar(url, tmp_path, "--at", "2026-11-24")  # nothing was stated by then
    for wrong in (("--at", "soon"), ("--on", "soon"), ("--at", "2026-11-25", "--on", "2026-11-26")):
        assert run(url, "calendar", *wrong) == 2


def test_the_same_file_gives_the_same_bytes_of_icalendar(url, tmp_path):
    for name in ("a.ics", "b.ics"):
        assert run(url, "calendar", "--quiet", "--ics", str(tmp_path / name)) == 0
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()
    assert b"DTSTART;VALUE=DATE:20261231" in (tmp_path / "a.ics").read_bytes()


def test_the_register_is_printed_with_what_is_to_complete(url, tmp_path, capsys):
    assert run(url, "register", "--lang", "en", "--json", str(tmp_path / "register.json")) == 0
    told = capsys.readouterr().out
    assert "As controller (article 30(1))" in told
    assert "to complete: " in told
    content = json.loads((tmp_path / "register.json").read_bytes())
    assert content["schema"] == "vidocq.register/1"
    (entry,) = content["controller"]
    assert (entry["operation"], entry["is_complete"]) == ("training", False)
    assert run("sqlite:///absent/none.db", "register") == 2


def test_days_typed_are_days():
    assert when("2026-11-25T01:00:00+02:00", "--on").isoformat() == "2026-11-24T23:00:00+00:00"
    with pytest.raises(ConfigurationError):
        when("2026-02-29", "--on")
