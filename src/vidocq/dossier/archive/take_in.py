"""Takes an archive into a ledger that is empty, or that it strictly continues: all of it or nothing."""

from pathlib import Path

from vidocq.core.errors import LedgerError
from vidocq.dossier.archive.read import Archive, opened
from vidocq.dossier.archive.verify import verify_archive
from vidocq.dossier.ledger import Ledger, Transaction


def take_in(ledger: Ledger, path: Path) -> int:
    """Adds the entries that the ledger lacks, and what is kept aside of them; returns how many entries.

    Raises LedgerError if the archive does not hold, or if the two have parted: a ledger is never forked.
    """
    with opened(path) as archive:
        require_held(archive)
        return ledger.write(lambda transaction: _add(transaction, archive))


def require_held(archive: Archive) -> None:
    """Raises LedgerError if the archive does not hold."""
    report = verify_archive(archive)
    if report.problem is not None:
        raise LedgerError(
            f"the archive was altered: {report.problem.reason.en}",
            where=f"entry {report.problem.seq}",
            fix="ask for the archive again; nothing was changed",
            fr=f"l'archive a été modifiée : {report.problem.reason.fr}",
            fix_fr="redemandez l'archive ; rien n'a été modifié",
        )


def _add(transaction: Transaction, archive: Archive) -> int:
    rows = archive.rows()
    length = 0
    for own in transaction.rows():
        theirs = next(rows, None)
        if theirs is None or theirs.hash != own.hash or bytes(theirs.body) != bytes(own.body):
            raise LedgerError(
                "the archive does not continue this ledger",
                where=f"entry {own.seq}",
                fix="take it into a ledger of its own; two ledgers that parted are never merged",
                fr="l'archive ne prolonge pas ce journal",
                fix_fr="importez-la dans un journal à part ; deux journaux qui ont divergé ne sont jamais fusionnés",
            )
        length += 1
    transaction.put(rows)
    there = {row.id for row in transaction.kept_aside()}
    gone = transaction.erased()
    for kept in archive.aside() or ():
        if kept.id not in there and kept.id not in gone:
            transaction.put_aside(kept.id, kept.salt, kept.body)
    return transaction.length() - length
