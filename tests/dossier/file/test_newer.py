"""A file in which a newer version wrote is not added to, by whatever writes in it."""

import datetime

import pytest

from vidocq.cli.main import main
from vidocq.core.errors import LedgerError
from vidocq.core.status import Status
from vidocq.dossier.evidence import Piece
from vidocq.dossier.file.answering import answer_point
from vidocq.dossier.file.departing import depart_from
from vidocq.dossier.file.opining import give_opinion
from vidocq.dossier.file.requesting import receive_request
from vidocq.dossier.file.stating import state_facts
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.recording import record

WRITERS = {
    "facts": lambda ledger: state_facts(ledger, {"system": {"name": "x"}}),
    "answer": lambda ledger: answer_point(ledger, "F0.02", "satisfied", role="DPO"),
    "departure": lambda ledger: depart_from(ledger, "F0.02", reason="r", substitute="s", owner="o"),
    "opinion": lambda ledger: give_opinion(ledger, "dpo", "against", reason="r", role="DPO"),
    "request": lambda ledger: receive_request(ledger, "r1", "access", on=datetime.date(2026, 1, 1), role="DPO"),
    "evidence": lambda ledger: record(ledger, [Piece(measurement="audit", status=Status.SATISFIED)]),
}


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/d.db"


@pytest.mark.parametrize("name", list(WRITERS))
def test_a_writer_adds_to_a_file_of_its_own_version_and_to_no_newer_one(url, name):
    with Ledger.open(url) as ledger:
        WRITERS[name](ledger)
        before = ledger.append("point.answered", {"schema": 2}).seq
        with pytest.raises(LedgerError, match="schema"):
            WRITERS[name](ledger)
        assert len(ledger.entries()) == before


@pytest.mark.parametrize("command", [["fact", "system.name", "x"], ["answer", "F0.02", "satisfied", "--role", "DPO"]])
def test_a_command_ends_as_wrong_usage(url, command, capsys):
    with Ledger.open(url) as ledger:
        ledger.append("facts.stated", {"schema": 2})
    assert main(["dossier", *command, "--dossier", url]) == 2
    assert "schema" in capsys.readouterr().err
