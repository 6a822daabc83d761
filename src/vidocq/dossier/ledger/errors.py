"""What can go wrong with a ledger, in words that quote nothing of it."""

from vidocq.core.errors import LedgerError
from vidocq.dossier.entries import Problem


def broken(problem: Problem) -> LedgerError:
    return LedgerError(
        f"the ledger was altered: {problem.reason.en}",
        where=f"entry {problem.seq}",
        fix="restore it from a backup; what stands before that entry still holds",
    )


def absent(where: str) -> LedgerError:
    return LedgerError("there is no ledger here", where=where, fix="check the path or URL; nothing was made")
