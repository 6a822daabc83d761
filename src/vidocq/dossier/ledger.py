"""The append-only ledger: a chain of hashed entries, and beside it personal data that can be erased."""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    literal_column,
    make_url,
    select,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError

from vidocq.core import moment
from vidocq.core.canonical import canonical_bytes, sha256
from vidocq.core.errors import LedgerError, MissingExtra
from vidocq.core.text import Text
from vidocq.dossier.entries import GENESIS, Entry, Problem, Stored, decode, encode, parse, walk

KEPT = "aside.kept"
ERASED = "aside.erased"

ATTEMPTS = 40
BUSY_SECONDS = 2.0
FIRST_PAUSE = 0.005
LONGEST_PAUSE = 0.25

_tables = MetaData()
_entries = Table(
    "vidocq_entries",
    _tables,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
)
_aside = Table(
    "vidocq_aside",
    _tables,
    Column("id", String(32), primary_key=True),
    Column("salt", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

Answer = TypeVar("Answer")


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


class Transaction:
    """What one writer sees and writes, alone, all or nothing. Got from `Ledger.write`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._end: tuple[int, str] | None = None

    def walk(self) -> Iterator[Entry | Problem]:
        """Entries in order as long as the chain holds; then, and last, the first problem."""
        rows = self._connection.execute(_raw(_entries).order_by(_entries.c.seq))
        return walk(Stored(row.seq, row.body, row.sha256) for row in rows)

    def broken_promise(self, promised: Mapping[Any, Entry]) -> Problem | None:
        """The first entry of `promised`, by id, whose personal data is still there and is no longer the same."""
        rows = {row.id: row for row in self._connection.execute(_raw(_aside))}
        for name, entry in promised.items():
            if name in rows and not _keeps_promise(rows[name], entry):
                return Problem(
                    entry.seq,
                    Text(
                        fr="les données gardées à part ne sont plus celles inscrites",
                        en="what is kept aside is not what was recorded",
                    ),
                )
        return None

    def entries(self, kind: str | None = None) -> list[Entry]:
        """All entries, or those of one kind, in order. Raises LedgerError if the chain does not hold."""
        found = []
        for entry in self.walk():
            if isinstance(entry, Problem):
                raise _broken(entry)
            if kind is None or entry.kind == kind:
                found.append(entry)
        return found

    def append(self, kind: str, data: Mapping[str, Any]) -> Entry:
        """Adds an entry at the end. LedgerError if `data` is not plain content or the last entry is altered."""
        seq, previous = self._last()
        body = encode(seq=seq + 1, previous=previous, kind=kind, id=moment.new_id(), at=moment.now(), data=data)
        entry = decode(body)
        self._connection.execute(insert(_entries).values(seq=entry.seq, body=body, sha256=entry.hash))
        self._end = (entry.seq, entry.hash)
        return entry

    def head(self) -> str:
        return self._last()[1]

    def keep_aside(self, personal: Mapping[str, Any]) -> str:
        """Keeps personal data out of the chain, which gets a random id and a salted hash; returns the id."""
        name = moment.new_id()
        salt = moment.new_id() + moment.new_id()
        body = _encode_personal(personal)
        self._connection.execute(insert(_aside).values(id=name, salt=salt, body=body))
        self.append(KEPT, {"aside": name, "commitment": _commitment(salt, body)})
        return name

    def aside(self, name: str) -> dict[str, Any] | None:
        """What was kept under this id, or None once erased. Raises LedgerError if unknown or altered."""
        promised = {entry.data.get("aside"): entry for entry in self.entries(KEPT)}
        if name not in promised:
            raise _nothing_aside()
        row = self._connection.execute(_raw(_aside).where(_aside.c.id == name)).one_or_none()
        if row is None:
            return None
        if not _keeps_promise(row, promised[name]):
            raise LedgerError(
                "what is kept aside is not what was recorded",
                where=f"id {name}",
                fix="restore the ledger from a backup, or erase this record",
            )
        kept: dict[str, Any] = parse(bytes(row.body))
        return kept

    def erase(self, name: str) -> None:
        """Erases the personal data and its salt for good; the chain records that it was done, and still holds."""
        done = self._connection.execute(delete(_aside).where(_aside.c.id == name))
        if done.rowcount != 1:
            raise _nothing_aside()
        self.append(ERASED, {"aside": name})

    def _last(self) -> tuple[int, str]:
        """Number and hash of the last entry, read once: whoever appends meanwhile takes the number that we would."""
        if self._end is None:
            row = self._connection.execute(_raw(_entries).order_by(_entries.c.seq.desc()).limit(1)).one_or_none()
            if row is None:
                self._end = (0, GENESIS)
            elif isinstance(row.body, bytes | memoryview) and sha256(bytes(row.body)) == row.sha256:
                self._end = (row.seq, row.sha256)
            else:
                text = Text(fr="l'empreinte ne correspond pas au contenu", en="the hash does not match the content")
                raise _broken(Problem(row.seq, text))
        return self._end


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
        parsed = _parse(url)
        ledger = Ledger(_connectable(parsed, must_exist=must_exist))
        try:
            with ledger._speaking():
                names = inspect(ledger._engine).get_table_names()
            if _entries.name not in names or _aside.name not in names:
                if must_exist:
                    raise _absent(_shown(parsed))
                ledger._retrying(_tables.create_all)
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

    def keep_aside(self, personal: Mapping[str, Any]) -> str:
        """Keeps personal data out of the chain, which gets a random id and a salted hash; returns the id."""
        return self.write(lambda transaction: transaction.keep_aside(personal))

    def erase(self, name: str) -> None:
        """Erases what was kept under this id, and its salt; the chain still holds. LedgerError if nothing is."""
        self.write(lambda transaction: transaction.erase(name))

    def aside(self, name: str) -> dict[str, Any] | None:
        """What was kept under this id, or None once erased. Raises LedgerError if unknown or altered."""
        with self._reading() as transaction:
            return transaction.aside(name)

    def entries(self, kind: str | None = None) -> list[Entry]:
        """All entries, or those of one kind, in order. Raises LedgerError if the chain does not hold."""
        with self._reading() as transaction:
            return transaction.entries(kind)

    def head(self) -> str:
        """Hash of the last entry; 64 zeros for none."""
        with self._reading() as transaction:
            return transaction.head()

    def verify(self) -> VerifyReport:
        """Recomputes everything from the stored bytes: hashes, chain, numbering, canonical form, what is aside.

        Personal data that was erased is no problem; altered, it is one, at the entry that promised it.
        """
        length, head, problem = 0, GENESIS, None
        promised = {}
        with self._reading() as transaction:
            for found in transaction.walk():
                if isinstance(found, Problem):
                    problem = found
                else:
                    length, head = found.seq, found.hash
                    if found.kind == KEPT:
                        promised[found.data.get("aside")] = found
            problem = problem or transaction.broken_promise(promised)
        return VerifyReport(length, head, problem)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Transaction]:
        with self._speaking(), self._engine.begin() as connection:
            yield Transaction(connection)

    def _retrying(self, work: Callable[[Connection], Answer]) -> Answer:
        pause = FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._engine.connect().execution_options(vidocq_writes=True) as connection, connection.begin():
                    return work(connection)
            except SQLAlchemyError as error:
                if attempt == ATTEMPTS or not _another_writer(error):
                    raise self._error(error) from None
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        raise AssertionError("unreachable: the last attempt returns or raises")

    @contextlib.contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise self._error(error) from None

    def _error(self, error: SQLAlchemyError) -> LedgerError:
        """Says what kind of trouble it was; the driver's own message may quote what was being written."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        name = getattr(cause, "sqlite_errorname", type(cause).__name__)
        fix = "check the URL, the rights on it and that the server runs"
        if name in {"SQLITE_NOTADB", "SQLITE_CORRUPT"}:
            fix = "this is not a ledger, or no longer one: restore it from a backup, or choose another path"
        elif name in {"SQLITE_BUSY", "SQLITE_LOCKED"}:
            fix = "another process holds it: wait until that one has finished"
        elif name in {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"}:
            fix = "check that the file and its folder exist and that you may write to both"
        elif name == "SQLITE_FULL":
            fix = "free some space on that disk"
        return LedgerError(f"the ledger cannot be used: {name}", where=_shown(self._engine.url), fix=fix)


def _encode_personal(personal: Mapping[str, Any]) -> bytes:
    """Canonical bytes of personal data. Raises LedgerError, which quotes none of it, if it is not plain content."""
    try:
        return canonical_bytes(dict(personal))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise LedgerError(
            f"what is to be kept aside is not plain content: {type(error).__name__}",
            where="dossier.ledger",
            fix="keep to text, finite numbers, booleans, None, lists, and mappings with text keys",
        ) from None


def require_kept(url: str) -> str:
    """The URL, unless it names a ledger in memory: an audit registered there was not registered. Raises LedgerError."""
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite" and (parsed.database or ":memory:") == ":memory:":
        raise LedgerError(
            "a ledger in memory proves nothing: it is gone with the process, and so are the looks it counted",
            where="dossier.url",
            fix="name a file, like sqlite:///dossier.db",
        )
    return url


def _commitment(salt: str, body: bytes) -> str:
    return sha256(salt.encode() + bytes(body))


def _keeps_promise(row: Any, entry: Entry) -> bool:
    is_plain = isinstance(row.salt, str) and isinstance(row.body, bytes | memoryview)
    return is_plain and _commitment(row.salt, row.body) == entry.data.get("commitment")


def _nothing_aside() -> LedgerError:
    return LedgerError(
        "nothing is kept aside under this id",
        where="dossier.ledger",
        fix="take the id from an entry of this very ledger; it may be erased already",
    )


def _raw(table: Table) -> Any:
    """Columns as the driver gives them: an altered type is a finding, not a crash in a converter."""
    return select(*(literal_column(column.name).label(column.name) for column in table.c)).select_from(table)


def _broken(problem: Problem) -> LedgerError:
    return LedgerError(
        f"the ledger was altered: {problem.reason.en}",
        where=f"entry {problem.seq}",
        fix="restore it from a backup; what stands before that entry still holds",
    )


def _absent(where: str) -> LedgerError:
    return LedgerError("there is no ledger here", where=where, fix="check the path or URL; nothing was made")


def _another_writer(error: SQLAlchemyError) -> bool:
    """True if another writer came first, so that trying again may succeed."""
    if isinstance(error, IntegrityError):
        return True
    if not isinstance(error, OperationalError | ProgrammingError):
        return False
    name = getattr(error.orig, "sqlite_errorname", "")
    made_meanwhile = name == "SQLITE_ERROR" and "already exists" in str(error.orig)
    state = str(getattr(error.orig, "sqlstate", ""))
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or made_meanwhile or state in {"40001", "40P01", "42P07"}


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except SQLAlchemyError:
        raise LedgerError(
            "the ledger's URL cannot be read", where="dossier.url", fix="write it like sqlite:///dossier.db"
        ) from None


def _shown(url: URL) -> str:
    """The URL without password and without options, which may hold one."""
    return url.set(query={}).render_as_string(hide_password=True)


def _connectable(url: URL, *, must_exist: bool) -> Engine:
    is_sqlite = url.get_backend_name() == "sqlite"
    if is_sqlite:
        _prepare_file(url, must_exist=must_exist)
    try:
        options = {"connect_args": {"timeout": BUSY_SECONDS}} if is_sqlite else {}
        engine = create_engine(url, hide_parameters=True, **options)
    except ImportError:
        raise MissingExtra(
            f"no driver is installed for {url.drivername}",
            where=_shown(url),
            fix="install the driver, such as psycopg for PostgreSQL, or use sqlite:///dossier.db",
        ) from None
    except (SQLAlchemyError, TypeError):
        raise LedgerError(
            "no database of this kind is known", where=_shown(url), fix="write it like sqlite:///dossier.db"
        ) from None
    if is_sqlite:
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_file(url: URL, *, must_exist: bool) -> None:
    """Makes the file before SQLite does, so that nobody else can ever read it."""
    if "uri" in url.query:
        raise LedgerError(
            "SQLite's own file: addresses are not taken", where=_shown(url), fix="write sqlite:///path/to/dossier.db"
        )
    if url.database in {None, "", ":memory:"}:
        return
    path = Path(str(url.database))
    if must_exist and not path.is_file():
        raise _absent(_shown(url))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if not path.is_file():
            raise IsADirectoryError
        if path.stat().st_mode & 0o077:
            with contextlib.suppress(PermissionError):  # somebody else's file, that one may still read
                path.chmod(0o600)
    except OSError as error:
        raise LedgerError(
            f"the ledger's file cannot be made: {type(error).__name__}",
            where=_shown(url),
            fix="choose a folder you can write to",
        ) from None


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin below, as asked, and not when the driver guesses
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("vidocq_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
