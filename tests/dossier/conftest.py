"""A real PostgreSQL server, private to this session: a cluster in a temporary folder, spoken to by a Unix socket."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine

ABSENT = "PostgreSQL is not installed, so this was not tested: apt-get install postgresql"


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _unprivileged() -> dict[str, object]:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    other = pwd.getpwnam("postgres")
    return {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgresql_server():
    """URL of a server, without a database."""
    programs = _programs()
    if programs is None:
        pytest.skip(ABSENT)
    folder = Path(tempfile.mkdtemp(prefix="vidocq-pg-", dir="/tmp"))  # a socket's path is short
    other = _unprivileged()
    if other:
        os.chown(folder, int(other["user"]), int(other["group"]))
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    told = {"cwd": folder, "env": environment, "capture_output": True, "timeout": 60, **other}
    data = folder / "data"
    subprocess.run([programs / "initdb", "-D", data, "-U", "vidocq", "-A", "trust", "-E", "UTF8"], check=True, **told)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=250"
    log = folder / "log"
    subprocess.run([programs / "pg_ctl", "-D", data, "-o", options, "-w", "-l", log, "start"], check=True, **told)
    try:
        yield f"postgresql+psycopg://vidocq@/{{name}}?host={folder}"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], check=True, **told)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql_server):
    """URL of an empty database."""
    name = f"d{uuid.uuid4().hex}"
    engine = create_engine(postgresql_server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return postgresql_server.format(name=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """URL of an empty ledger on each kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/dossier.db"
    return request.getfixturevalue("postgresql_url")


def pytest_terminal_summary(terminalreporter):
    if _programs() is None:
        terminalreporter.write_line(ABSENT)
