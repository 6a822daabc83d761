"""The ledger: the one record of a dossier, append-only, on SQLite or PostgreSQL."""

from vidocq.dossier.ledger.connection import require_kept
from vidocq.dossier.ledger.ledger import Ledger
from vidocq.dossier.ledger.transaction import Transaction
from vidocq.dossier.ledger.verify import VerifyReport

__all__ = ["Ledger", "Transaction", "VerifyReport", "require_kept"]
