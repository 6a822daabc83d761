"""Evidence into the ledger, all pieces of one measurement at once, and the same never twice in a row."""

from collections.abc import Sequence

from vidocq.dossier.entries import Entry
from vidocq.dossier.evidence import RECORDED, Piece
from vidocq.dossier.file.records import write_records
from vidocq.dossier.ledger import Ledger, Transaction

SCHEMA = 1
_KEY = ("measurement", "subject", "scope", "access")


def record(ledger: Ledger, pieces: Sequence[Piece]) -> tuple[Entry, ...]:
    """Records what is new, in one transaction: all of it or nothing.

    A piece equal to the newest about the same measurement, subject, scope and access adds nothing; one that differs, or
    comes back after another, is recorded.
    Returns the entries added. Raises LedgerError if a piece holds what JSON cannot, or the chain does not hold.
    """
    contents = [{"schema": SCHEMA, **piece.content()} for piece in pieces]

    def work(transaction: Transaction) -> tuple[Entry, ...]:
        newest = {_key(entry.data): entry.data for entry in transaction.entries(RECORDED)}
        added = []
        for content in contents:
            if newest.get(_key(content)) != content:
                entry = transaction.append(RECORDED, content)
                newest[_key(content)] = entry.data
                added.append(entry)
        return tuple(added)

    return write_records(ledger, work)


def _key(content: dict[str, object]) -> tuple[object, ...]:
    return tuple(content.get(name) for name in _KEY)
