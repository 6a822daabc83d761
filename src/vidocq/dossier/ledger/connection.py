"""From a URL to a database that is spoken to alone, or read as it stood at one moment."""

import contextlib
import os
import sqlite3
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError

from vidocq.core.errors import LedgerError, MissingExtra
from vidocq.core.text import Text
from vidocq.dossier.ledger import write_ahead
from vidocq.dossier.ledger.errors import absent
from vidocq.dossier.ledger.write_ahead import connect_unchanging, file_of, is_left_logging, prefer_log

POSTGRESQL = {"postgres", "postgresql"}  # without a driver: psycopg 3
FULL = (
    "too many clients",
    "too many connections",
    "remaining connection slots",
    "trop de clients",
    "trop de connexions",
)
WRITERS_QUEUE = 0x56494430  # number of the advisory lock at which PostgreSQL queues the writers of a database


def require_kept(url: str) -> str:
    """The URL, unless it names a ledger in memory: an audit registered there was not registered. Raises LedgerError."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite" and (parsed.database or ":memory:") == ":memory:":
        raise LedgerError(
            "a ledger in memory proves nothing: it is gone with the process, and so are the looks it counted",
            where="dossier.url",
            fix="name a file, like sqlite:///dossier.db",
            fr="un journal en mémoire ne prouve rien : il disparaît avec le processus, et les examens qu'il a comptés aussi",
            fix_fr="nommez un fichier, comme sqlite:///dossier.db",
        )
    return url


def parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except SQLAlchemyError:
        raise LedgerError(
            "the ledger's URL cannot be read",
            where="dossier.url",
            fix="write it like sqlite:///dossier.db",
            fr="l'URL du journal ne peut pas être lue",
            fix_fr="écrivez-la comme sqlite:///dossier.db",
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
        options = _sqlite_options(url) if is_sqlite else {}
        engine = create_engine(url, hide_parameters=True, **options)
    except ImportError:
        raise MissingExtra(
            f"no driver is installed for {url.drivername}",
            where=shown(url),
            fix="for PostgreSQL: pip install 'vidocq[postgresql]'; or use sqlite:///dossier.db",
        ) from None
    except (SQLAlchemyError, TypeError):
        raise LedgerError(
            "no database of this kind is known",
            where=shown(url),
            fix="write it like sqlite:///dossier.db",
            fr="aucune base de données de ce genre n'est connue",
            fix_fr="écrivez-la comme sqlite:///dossier.db",
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
            "SQLite's own file: addresses are not taken",
            where=shown(url),
            fix="write sqlite:///path/to/dossier.db",
            fr="les adresses « file: » propres à SQLite ne sont pas acceptées",
            fix_fr="écrivez sqlite:///chemin/dossier.db",
        )
    path = file_of(url)
    if path is None:
        return
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
            fr="le fichier du journal ne peut pas être créé",
            fix_fr="choisissez un dossier où vous pouvez écrire",
        ) from None


def _sqlite_options(url: URL) -> dict[str, Any]:
    path = file_of(url)
    try:
        if path is not None and not os.access(path.parent, os.W_OK) and is_left_logging(path):
            return {"creator": lambda: connect_unchanging(path)}
    except OSError:
        pass  # said in better words on the first use
    return {"connect_args": {"timeout": write_ahead.BUSY_SECONDS}}


def is_full(error: SQLAlchemyError) -> bool:
    """True if the server has as many clients as it takes; before they are connected, they are told in words only."""
    if not isinstance(error, OperationalError):
        return False
    state, said = str(getattr(error.orig, "sqlstate", "")), str(error.orig)
    return state == "53300" or any(words in said for words in FULL)


def another_writer(error: SQLAlchemyError) -> bool:
    """True if another writer came first, or all places are taken, so that trying again may succeed."""
    if is_full(error):
        return True
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
    if writes:
        prefer_log(connection)
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
    fix = next((words for starts, words in FIXES.items() if name.startswith(starts)), CHECK_ALL)
    return LedgerError(
        f"the ledger cannot be used: {name}",
        where=shown(url),
        fix=fix.en,
        fr=f"le journal ne peut pas être utilisé : {name}",
        fix_fr=fix.fr,
    )


CHECK_ALL: Final = Text(
    fr="vérifiez l'URL, vos droits et que le serveur tourne",
    en="check the URL, the rights on it and that the server runs",
)
FIXES: Final = {
    ("SQLITE_NOTADB", "SQLITE_CORRUPT"): Text(
        fr="ce n'est pas un journal, ou ce n'en est plus un : restaurez-le depuis une sauvegarde, ou choisissez un autre chemin",
        en="this is not a ledger, or no longer one: restore it from a backup, or choose another path",
    ),
    ("SQLITE_BUSY", "SQLITE_LOCKED"): Text(
        fr="un autre processus le tient : attendez qu'il ait fini",
        en="another process holds it: wait until that one has finished",
    ),
    ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"): Text(
        fr="vérifiez que le fichier et son dossier existent et que vous pouvez écrire dans les deux ; pour lire seulement, copiez le "
        "fichier, avec celui nommé « -wal » s'il y en a un, dans un dossier à vous",
        en="check that the file and its folder exist and that you may write to both; to read only, copy the file, "
        "with the one named -wal if there is one, to a folder of yours",
    ),
    ("SQLITE_FULL",): Text(fr="libérez de la place sur ce disque", en="free some space on that disk"),
}
"""What to do, by how the name of the trouble starts."""
