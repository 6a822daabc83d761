"""Evidence enters the ledger whole, and the same again adds nothing."""

import pytest

from vidocq.core.errors import LedgerError
from vidocq.core.status import Status
from vidocq.dossier.evidence import RECORDED, Piece
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.recording import record


def piece(**changed):
    return Piece(**{"measurement": "lira", "subject": "models.a", "status": Status.SATISFIED, **changed})


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(f"sqlite:///{tmp_path / 'dossier.db'}") as opened:
        yield opened


def test_the_same_again_adds_nothing_and_another_result_does(ledger):
    first, worse = piece(figures={"b": 0.1}), piece(status=Status.NOT_SATISFIED, figures={"b": 0.3})
    assert [len(record(ledger, [p])) for p in (first, first, worse, worse, first)] == [1, 0, 1, 0, 1]
    newest = ledger.entries(RECORDED)[-1].data
    assert newest == {"schema": 1, **first.content()}
    assert ledger.verify().problem is None


def test_subjects_and_accesses_stand_apart(ledger):
    together = [piece(), piece(subject="models.b"), piece(access="labels"), piece()]
    assert len(record(ledger, together)) == 3


def test_a_piece_that_cannot_be_written_leaves_nothing_of_the_others(ledger):
    with pytest.raises(LedgerError):
        record(ledger, [piece(), piece(measurement="rmia", figures={"x": object()})])
    assert ledger.entries() == []
