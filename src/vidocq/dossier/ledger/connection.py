"""From a URL to a database that is spoken to alone, or read as it stood at one moment."""

import contextlib
import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError

from vidocq.core.errors import LedgerError, MissingExtra
from vidocq.dossier.ledger.errors import absent

BUSY_SECONDS = 2.0
POSTGRESQL = {"postgres", "postgresql"}  # without a driver: psycopg 3
WRITERS_QUEUE = 0x56494430  # number of the advisory lock at which PostgreSQL queues the writers of a database


def require_kept(url: str) -> str:
    """The URL, unless it names a ledger in memory: an audit registered there was not registered. Raises LedgerError."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite" and (parsed.database or ":memory:") == ":memory:":
        raise LedgerError(
            "a ledger in memory proves nothing: it is gone with the process, and so are the looks it counted",
            where="dossier.url",
            fix="name a file, like sqlite:///dossier.db",
        )
    return url


def parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        raise LedgerError(
            "the ledger's URL cannot be read", where="dossier.url", fix="write it like sqlite:///dossier.db"
        ) from None
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername in POSTGRESQL else parsed


def shown(url: URL) -> str:
    """The URL without password and without options, which may hold one."""
    return url.set(query={}).render_as_string(hide_password=True)


def connectable(url: URL, *, must_exist: bool) -> Engine:
    is_sqlite = url.get_backend_name() == "sqlite"
    if is_sqlite:
        _prepare_file(url, must_exist=must_exist)
    try:
        options = {"connect_args": {"timeout": BUSY_SECONDS}} if is_sqlite else {}
        engine = create_engine(url, hide_parameters=True, **options)
    except ImportError:
        raise MissingExtra(
            f"no driver is installed for {url.drivername}",
            where=shown(url),
            fix="for PostgreSQL: pip install 'vidocq[postgresql]'; or use sqlite:///dossier.db",
        ) from None
    except (SQLAlchemyError, TypeError):
        raise LedgerError(
            "no database of this kind is known", where=shown(url), fix="write it like sqlite:///dossier.db"
        ) from None
    if is_sqlite:
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    if url.get_backend_name() == "postgresql":
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare_file(url: URL, *, must_exist: bool) -> None:
    """Makes the file before SQLite does, so that nobody else can ever read it."""
    if "uri" in url.query:
        raise LedgerError(
            "SQLite's own file: addresses are not taken", where=shown(url), fix="write sqlite:///path/to/dossier.db"
        )
    if url.database in {None, "", ":memory:"}:
        return
    path = Path(str(url.database))
    if must_exist and not path.is_file():
        raise absent(shown(url))
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
            where=shown(url),
            fix="choose a folder you can write to",
        ) from None


def another_writer(error: SQLAlchemyError) -> bool:
    """True if another writer came first, so that trying again may succeed."""
    if isinstance(error, IntegrityError):
        return True
    if not isinstance(error, OperationalError | ProgrammingError):
        return False
    name = getattr(error.orig, "sqlite_errorname", "")
    made_meanwhile = name == "SQLITE_ERROR" and "already exists" in str(error.orig)
    state = str(getattr(error.orig, "sqlstate", ""))
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or made_meanwhile or state in {"40001", "40P01", "42P07"}


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin below, as asked, and not when the driver guesses
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("vidocq_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Writers wait for one another, whatever the server's defaults; readers see one moment, and write nothing."""
    if connection.get_execution_options().get("vidocq_writes", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_QUEUE})")
        connection.exec_driver_sql("SET LOCAL synchronous_commit = on")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def trouble(error: SQLAlchemyError, url: URL) -> LedgerError:
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
    return LedgerError(f"the ledger cannot be used: {name}", where=shown(url), fix=fix)
