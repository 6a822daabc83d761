"""What holds of a chain."""

from dataclasses import dataclass

from vidocq.dossier.entries import Problem


@dataclass(frozen=True)
class VerifyReport:
    """What holds.

    length   entries that hold, counted from the first.
    head     hash of the last of them; 64 zeros for none. Whoever noted an earlier head can tell a rewritten ledger.
    problem  the first that does not, or None.
    """

    length: int
    head: str
    problem: Problem | None
