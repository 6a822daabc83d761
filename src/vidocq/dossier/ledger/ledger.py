"""The append-only ledger: a chain of hashed entries, and beside it personal data that can be erased."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from vidocq.dossier.anchors.anchor import Anchor, against
from vidocq.dossier.entries import GENESIS, Entry, Problem
from vidocq.dossier.ledger.aside import KEPT
from vidocq.dossier.ledger.connection import another_writer, connectable, parse, shown, trouble
from vidocq.dossier.ledger.errors import absent
from vidocq.dossier.ledger.tables import ASIDE, ENTRIES, TABLES
from vidocq.dossier.ledger.transaction import Transaction
from vidocq.dossier.ledger.verify import VerifyReport

ATTEMPTS = 40
FIRST_PAUSE = 0.005
LONGEST_PAUSE = 0.25

Answer = TypeVar("Answer")


class Ledger:
    """The one record of a dossier. Open it with `Ledger.open`, close it or use `with`.

    Against truncation, or a rewriting of everything, the chain alone is no proof: note `head()` somewhere else.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @staticmethod
    def open(url: str, *, must_exist: bool = False) -> "Ledger":
        """The ledger at an SQLAlchemy URL, made if it is not there: a file only its owner can read, for SQLite.

        must_exist  refuse to make one, as whoever verifies or exports should.
        Raises      LedgerError if it cannot be used; MissingExtra if the database's driver is not installed.
        """
        parsed = parse(url)
        ledger = Ledger(connectable(parsed, must_exist=must_exist))
        try:
            with ledger._speaking():
                names = inspect(ledger._engine).get_table_names()
            if ENTRIES.name not in names or ASIDE.name not in names:
                if must_exist:
                    raise absent(shown(parsed))
                ledger._retrying(TABLES.create_all)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    def write(self, work: Callable[[Transaction], Answer]) -> Answer:
        """Runs `work` as the only writer: what it reads cannot change before what it appends is in, or nothing is.

        `work` may run more than once, if another writer came first, so it does nothing but read and append.
        """

        def alone(connection: Connection) -> Answer:
            transaction = Transaction(connection)
            transaction.head()  # before anything else is read, so that a database without such locks notices too
            return work(transaction)

        return self._retrying(alone)

    def append(self, kind: str, data: Mapping[str, Any]) -> Entry:
        """Adds an entry. `data` is plain content without personal values; those go to `keep_aside`."""
        return self.write(lambda transaction: transaction.append(kind, data))

    def append_many(self, contents: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Entry]:
        """Adds entries, each a kind and its data, in one transaction; all of them or none."""
        kept = list(contents)
        return self.write(lambda transaction: transaction.append_many(kept))

    def keep_aside(self, personal: Mapping[str, Any]) -> str:
        """Keeps personal data out of the chain, which gets a random id and a salted hash; returns the id."""
        return self.write(lambda transaction: transaction.keep_aside(personal))

    def erase(self, name: str) -> None:
        """Erases what was kept under this id, and its salt; the chain still holds. LedgerError if nothing is."""
        self.write(lambda transaction: transaction.erase(name))

    def aside(self, name: str) -> dict[str, Any] | None:
        """What was kept under this id, or None once erased. Raises LedgerError if unknown or altered."""
        with self.reading() as transaction:
            return transaction.aside(name)

    def entries(self, kind: str | None = None, *, until: str | date | None = None) -> list[Entry]:
        """All entries, or those of one kind, in order, as they stood at the end of a date or at a time in UTC.

        Raises LedgerError if the chain does not hold; ConfigurationError if `until` is no date.
        """
        with self.reading() as transaction:
            return transaction.entries(kind, until=until)

    def head(self) -> str:
        """Hash of the last entry; 64 zeros for none."""
        with self.reading() as transaction:
            return transaction.head()

    def verify(self, anchor: Anchor | None = None) -> VerifyReport:
        """Recomputes everything from the stored bytes: hashes, chain, numbering, canonical form, what is aside.

        Personal data that was erased is no problem; altered, it is one, at the entry that promised it.
        anchor  the head as noted elsewhere: without it, truncation or a rewriting of everything is not found.
        Whoever gives one has its signature examined beforehand, by `require_signed`.
        """
        length, head, problem = 0, GENESIS, None
        seen = None
        promised = {}
        with self.reading() as transaction:
            for found in transaction.walk():
                if isinstance(found, Problem):
                    problem = found
                else:
                    length, head = found.seq, found.hash
                    if anchor is not None and length == anchor.length:
                        seen = head
                    if found.kind == KEPT:
                        promised[found.data.get("aside")] = found
            problem = problem or transaction.broken_promise(promised)
        if problem is None and anchor is not None:
            problem = against(anchor, seen)
        return VerifyReport(length, head, problem)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One moment of the ledger, for several readings that must agree."""
        with self._speaking(), self._engine.begin() as connection:
            yield Transaction(connection)

    def _retrying(self, work: Callable[[Connection], Answer]) -> Answer:
        pause = FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._engine.connect().execution_options(vidocq_writes=True) as connection, connection.begin():
                    return work(connection)
            except SQLAlchemyError as error:
                if attempt == ATTEMPTS or not another_writer(error):
                    raise trouble(error, self._engine.url) from None
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        raise AssertionError("unreachable: the last attempt returns or raises")

    @contextlib.contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise trouble(error, self._engine.url) from None
