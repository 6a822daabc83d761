"""Canaries are registered before training, coins and number of guesses included; they are guessed once."""

from dataclasses import asdict, dataclass
from typing import Any

from vidocq.core.canonical import content_hash
from vidocq.core.errors import LedgerError
from vidocq.dossier.file.records import write_records
from vidocq.dossier.ledger import Ledger, Transaction

DRAWN = "canaries.drawn"
GUESSED = "canaries.guessed"


@dataclass(frozen=True, kw_only=True)
class CanaryDraw:
    """What is fixed before anyone trains.

    canaries  SHA-256 of the records, in order.   coins  SHA-256 of a secret salt and the coins: none can be turned later.
    count     how many canaries; `guesses` of their coins will be guessed, half of them as trained on.
    bound     the theorem by which the guesses will be judged, at `delta` and `level`.
    """

    canaries: str
    coins: str
    count: int
    guesses: int
    delta: float
    level: float
    bound: str

    def content(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def hash(self) -> str:
        return content_hash(self.content())


def register_draw(ledger: Ledger, draw: CanaryDraw) -> str:
    """Records the draw, and returns its hash."""
    write_records(ledger, lambda transaction: transaction.append(DRAWN, {"draw": draw.content(), "hash": draw.hash}))
    return draw.hash


def record_guesses(ledger: Ledger, draw: CanaryDraw, *, guesses: str, correct: int, epsilon_low: float) -> None:
    """Records which guesses were made (their SHA-256) and how many were right. The same again adds nothing.

    Raises LedgerError if the draw was not registered, or if other guesses were made about the same coins: who may
    guess twice and keep the better result shows more than there is.
    """

    def work(transaction: Transaction) -> None:
        if not any(entry.data.get("hash") == draw.hash for entry in transaction.entries(DRAWN)):
            raise LedgerError(
                "these canaries were not registered, or not as they are now",
                where="dossier.canary_draw",
                fix="draw the canaries with this ledger before training",
                fr="ces canaris n'ont pas été inscrits, ou pas tels qu'ils sont",
                fix_fr="tirez les canaris avec ce journal, avant l'entraînement",
            )
        earlier = [entry for entry in transaction.entries(GUESSED) if entry.data.get("draw") == draw.hash]
        if any(entry.data.get("guesses") == guesses for entry in earlier):
            return
        if earlier:
            raise LedgerError(
                "the coins of these canaries were guessed already, in another way",
                where="dossier.canary_draw",
                fix="draw new canaries and train again; coins are guessed once",
                fr="les tirages de ces canaris ont déjà été devinés, autrement",
                fix_fr="tirez de nouveaux canaris et réentraînez ; un tirage ne se devine qu'une fois",
            )
        transaction.append(
            GUESSED, {"draw": draw.hash, "guesses": guesses, "correct": correct, "epsilon_low": epsilon_low}
        )

    write_records(ledger, work)
