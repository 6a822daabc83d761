"""SQLite's write-ahead log: one forced write a commit rather than four, beside the file while it is open for writing."""

import contextlib
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection
from sqlalchemy.engine import URL

BUSY_SECONDS = 2.0
_CHECKED = "vidocq_write_ahead"
_MODE_BYTES = slice(18, 20)
_WRITE_AHEAD = b"\2\2"


def prefer_log(connection: Connection) -> None:
    """Turns the log on before the first write of a connection. Where it cannot be, the rollback journal stays."""
    if _CHECKED in connection.info:
        return
    with contextlib.suppress(sqlite3.Error):  # whoever reads right now is in the way: tried again at the next write
        _driver(connection).execute("PRAGMA journal_mode = WAL").fetchone()
        connection.info[_CHECKED] = True


def clear_log(connection: Connection) -> bool:
    """Writes the log into the file and empties it, so that what was erased stays in neither; False if a reader bars it."""
    waits, _, _ = _driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not waits


def leave_one_file(url: URL) -> None:
    """Takes the log back into the file, which anyone may then read, even from where nothing can be written.

    Nothing is done while others have it open: the last to close does it.
    """
    path = file_of(url)
    if path is None or not path.is_file():
        return
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path, timeout=0)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()


def is_left_logging(path: Path) -> bool:
    """Whether the file asks for a log and there is none, as after a copy of the file alone."""
    with path.open("rb") as file:
        wants = file.read(_MODE_BYTES.stop)[_MODE_BYTES] == _WRITE_AHEAD
    return wants and not path.with_name(path.name + "-wal").exists()


def connect_unchanging(path: Path) -> sqlite3.Connection:
    """For a file in a folder where no log can be made: read as it is."""
    return sqlite3.connect(
        f"file:{quote(str(path.resolve()))}?immutable=1", uri=True, timeout=BUSY_SECONDS, check_same_thread=False
    )


def file_of(url: URL) -> Path | None:
    """The file of an SQLite URL; None for one in memory, or another database."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
    return Path(str(url.database)) if is_file else None


def _driver(connection: Connection) -> sqlite3.Connection:
    found = connection.connection.driver_connection
    if not isinstance(found, sqlite3.Connection):
        raise TypeError("not a connection to SQLite")
    return found
