"""Two hundred writers at once make one chain, on either database, and a killed one loses nothing it acknowledged."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from sqlalchemy import create_engine, make_url, text

from vidocq.cli.main import main
from vidocq.core.errors import LedgerError
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.ledger import ledger as retrying

MANY = """
    import sys, threading
    from vidocq.dossier.ledger import Ledger

    def write(ledger, name, failed):
        try:
            sys.stdout.write(ledger.append("fact", {"writer": name}).hash + "\\n")  # in one piece, whoever else writes
        except BaseException as error:
            failed.append(error)

    failed = []
    with Ledger.open(sys.argv[1]) as ledger:
        threads = [threading.Thread(target=write, args=(ledger, f"{sys.argv[2]}.{n}", failed)) for n in range(25)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    sys.exit(str(failed[0]) if failed else 0)
"""
ONE = """
    import sys
    from vidocq.dossier.ledger import Ledger

    with Ledger.open(sys.argv[1]) as ledger:
        while True:
            print(ledger.append("fact", {"n": 1}).hash, flush=True)
"""


def start(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_hundred_writers_make_one_chain(url):
    writers = [start(MANY, url, number) for number in range(8)]
    acknowledged = []
    for writer in writers:
        said, complaint = writer.communicate(timeout=180)
        assert writer.returncode == 0, complaint
        acknowledged += said.split()
    with Ledger.open(url, must_exist=True) as ledger:
        report = ledger.verify()
        assert (report.length, report.problem) == (200, None)
        assert {entry.hash for entry in ledger.entries()} == set(acknowledged)
        assert len({entry.data["writer"] for entry in ledger.entries()}) == 200


def killed(url, times):
    rng = random.Random(5)
    acknowledged = set()
    for _ in range(times):
        writer = start(ONE, url)
        acknowledged.add(writer.stdout.readline().strip())
        time.sleep(rng.uniform(0.0, 0.1))
        writer.send_signal(signal.SIGKILL)
        said, _ = writer.communicate(timeout=20)
        acknowledged |= {line for line in said.split() if len(line) == 64}
    with Ledger.open(url, must_exist=True) as ledger:
        assert ledger.verify().problem is None
        assert len(acknowledged) >= times
        assert acknowledged <= {entry.hash for entry in ledger.entries()}


def test_what_a_killed_writer_acknowledged_is_there(url):
    killed(url, 2)


@pytest.mark.slow
def test_what_fifty_killed_writers_acknowledged_is_there(url):
    killed(url, 50)


def test_a_batch_is_all_or_nothing_and_chained(url):
    with Ledger.open(url) as ledger:
        ledger.append("fact", {"n": 0})
        made = ledger.append_many(("fact", {"n": n}) for n in range(1, 5))
        assert [entry.seq for entry in made] == [2, 3, 4, 5]
        assert ledger.append_many([]) == []
        with pytest.raises(LedgerError):
            ledger.append_many([("fact", {"n": 6}), ("fact", {"n": {1}})])
        assert [entry.data["n"] for entry in ledger.entries()] == [0, 1, 2, 3, 4]
        assert ledger.verify().problem is None


def test_what_is_aside_can_be_erased(url):
    with Ledger.open(url) as ledger:
        name = ledger.keep_aside({"name": "A"})
        assert ledger.aside(name) == {"name": "A"}
        ledger.erase(name)
        assert ledger.aside(name) is None
        assert ledger.verify().length == 2


def test_writers_do_not_believe_what_the_server_does_by_default(postgresql_url):
    name = make_url(postgresql_url).database
    engine = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    engine.dispose()
    asked = text("SELECT current_setting('synchronous_commit')")
    with Ledger.open(postgresql_url) as ledger:
        assert ledger.write(lambda transaction: transaction._connection.execute(asked).scalar_one()) == "on"


def test_a_server_that_forgets_is_told(postgresql_url, capsys):
    engine = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")

    def server(statement, *, expected):
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        for _ in range(100):  # the server takes a moment to read it again
            with Ledger.open(postgresql_url) as ledger:
                if (said := len(ledger.cautions())) == expected:
                    break
            time.sleep(0.05)
        assert said == expected

    try:
        server("ALTER SYSTEM SET fsync = off", expected=1)
        assert main(["dossier", "verify", postgresql_url, "--lang", "en"]) == 0
        assert "fsync=off" in capsys.readouterr().err
    finally:
        server("ALTER SYSTEM RESET fsync", expected=0)
        engine.dispose()
    assert main(["dossier", "verify", postgresql_url]) == 0
    assert not capsys.readouterr().err


def test_a_place_on_a_full_server_is_waited_for(postgresql_url, monkeypatch):
    engine = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    Ledger.open(postgresql_url).close()
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE ROLE narrow LOGIN CONNECTION LIMIT 1")
        connection.exec_driver_sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO narrow")
    narrow = make_url(postgresql_url).set(username="narrow").render_as_string()
    try:
        holder = create_engine(narrow).connect()
        threading.Timer(1.0, holder.invalidate).start()
        began = time.monotonic()
        with Ledger.open(narrow) as ledger:
            assert ledger.append("fact", {}).seq == 1
        assert time.monotonic() - began >= 0.5
        holder = create_engine(narrow).connect()
        monkeypatch.setattr(retrying, "ATTEMPTS", 2)
        with pytest.raises(LedgerError):
            Ledger.open(narrow)
        holder.invalidate()
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM narrow")
            connection.exec_driver_sql("DROP ROLE narrow")
        engine.dispose()


def test_the_state_at_a_past_date(url, monkeypatch):
    times = ["2026-01-30T10:00:00Z", "2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z"]
    with Ledger.open(url) as ledger:
        for at in times:
            monkeypatch.setattr("vidocq.core.moment.now", lambda at=at: at)
            ledger.append("fact", {})
        assert len(ledger.entries(until="2026-01-31")) == 2
        assert len(ledger.entries(until="2026-01-31T11:00:00+01:00")) == 1
        assert len(ledger.entries(until="2026-02-01")) == 3
