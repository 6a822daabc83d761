"""Nothing that was written can change unseen, two writers never collide, and what is personal can go."""

import json
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core import moment
from vidocq.core.canonical import canonical_bytes, sha256
from vidocq.core.errors import LedgerError, MissingExtra
from vidocq.dossier import ledger as module
from vidocq.dossier.entries import GENESIS
from vidocq.dossier.ledger import Ledger, connection
from vidocq.dossier.ledger import ledger as retrying


def at(folder):
    return f"sqlite:///{folder}/dossier.db"


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(at(tmp_path)) as opened:
        yield opened


def rows(folder):
    connection = sqlite3.connect(folder / "dossier.db")
    found = connection.execute("SELECT seq, body, sha256 FROM vidocq_entries ORDER BY seq").fetchall()
    connection.close()
    return found


def alter(folder, statement, *values):
    connection = sqlite3.connect(folder / "dossier.db")
    with connection:
        connection.execute(statement, values)
    connection.close()


def test_entries_are_chained_and_read_back(ledger, tmp_path):
    assert ledger.verify() == module.VerifyReport(0, GENESIS, None)
    assert ledger.head() == GENESIS
    first = ledger.append("fact", {"é": [1, 2.5, None, True], "b": {"a": 1.0}})
    second = ledger.append("answer", {})
    assert (first.seq, first.previous) == (1, GENESIS)
    assert (second.seq, second.previous) == (2, first.hash)
    assert ledger.head() == second.hash
    assert ledger.entries() == [first, second]
    assert ledger.entries("answer") == [second]
    assert ledger.verify() == module.VerifyReport(2, second.hash, None)
    for seq, body, digest in rows(tmp_path):
        content = json.loads(body)
        assert set(content) == {"seq", "previous", "kind", "id", "at", "data"}
        assert canonical_bytes(content) == body
        assert sha256(body) == digest
        assert content["seq"] == seq


def test_ids_and_times_come_from_one_place(tmp_path, monkeypatch):
    monkeypatch.setattr(moment, "now", lambda: "2026-01-02T03:04:05Z")
    monkeypatch.setattr(moment, "new_id", lambda: "f" * 32)
    heads = []
    for name in ("a", "b"):
        with Ledger.open(at(tmp_path / name)) as opened:
            entry = opened.append("fact", {"x": 1})
            opened.keep_aside({"name": "n"})
            heads.append(opened.head())
    assert (entry.id, entry.at) == ("f" * 32, "2026-01-02T03:04:05Z")
    assert heads[0] == heads[1]


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_large_numbers_come_back_equal(ledger):
    content = {"a": 2.0**53, "b": -1e17, "c": 1e300, "d": 2**53 - 1}
    assert ledger.append("fact", content).data == content
    assert ledger.aside(ledger.keep_aside(content)) == content
    assert ledger.verify().problem is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.text(), plain, max_size=3), max_size=4))
def test_whatever_is_plain_is_kept_and_holds(contents):
    with Ledger.open("sqlite://") as opened:
        written = []
        for content in contents:
            try:
                written.append(opened.append("any", content))
            except LedgerError:
                assert "inf" in repr(content) or any("\ud800" <= c <= "\udfff" for c in repr(content))
        assert opened.entries() == written
        assert opened.verify() == module.VerifyReport(len(written), opened.head(), None)


@pytest.mark.parametrize("data", [{"x": float("nan")}, {"x": {1}}, {1: "x"}, {"x": 2**60}, {"x": b"Dupont"}])
def test_what_json_cannot_hold_is_refused_unquoted(ledger, data):
    for call in (lambda: ledger.append("fact", data), lambda: ledger.keep_aside(data)):
        with pytest.raises(LedgerError) as caught:
            call()
        assert "Dupont" not in str(caught.value)
        assert caught.value.__suppress_context__
    assert ledger.verify().length == 0


TAMPERINGS = {
    "content": ("UPDATE vidocq_entries SET body = replace(body, 'v3', 'v4') WHERE seq = 3", 3),
    "hash": ("UPDATE vidocq_entries SET sha256 = 'aa' WHERE seq = 3", 3),
    "type of the body": ("UPDATE vidocq_entries SET body = CAST(body AS TEXT) WHERE seq = 3", 3),
    "no body": ("UPDATE vidocq_entries SET body = x'' WHERE seq = 3", 3),
    "gap": ("DELETE FROM vidocq_entries WHERE seq = 3", 3),
    "first gone": ("DELETE FROM vidocq_entries WHERE seq = 1", 1),
    "renumbered": ("UPDATE vidocq_entries SET seq = 0 WHERE seq = 3", 1),
    "swapped": (
        "UPDATE vidocq_entries SET (body, sha256) = (SELECT o.body, o.sha256 FROM vidocq_entries o "
        "WHERE o.seq = 7 - vidocq_entries.seq) WHERE seq IN (3, 4)",
        3,
    ),
}


@pytest.mark.parametrize(("statement", "where"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_the_first_altered_entry_is_named(ledger, tmp_path, statement, where):
    entries = [ledger.append("fact", {"value": f"v{number}"}) for number in range(1, 6)]
    alter(tmp_path, statement)
    report = ledger.verify()
    assert report.problem.seq == where
    assert report.problem.reason.fr
    assert report.length == where - 1
    assert report.head == (entries[where - 2].hash if where > 1 else GENESIS)
    with pytest.raises(LedgerError, match="altered"):
        ledger.entries()


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c | {"previous": "1" * 64},
        lambda c: c | {"seq": 3},
        lambda c: c | {"seq": True},
        lambda c: c | {"extra": 1},
        lambda c: c | {"data": []},
        lambda c: c | {"at": 5},
    ],
    ids=["previous", "seq", "seq type", "extra", "data", "at"],
)
def test_a_rehashed_entry_is_caught_by_the_chain(ledger, tmp_path, change):
    ledger.append("fact", {"n": 1})
    ledger.append("fact", {"n": 2})
    body = canonical_bytes(change(json.loads(rows(tmp_path)[1][1])))
    alter(tmp_path, "UPDATE vidocq_entries SET body = ?, sha256 = ? WHERE seq = 2", body, sha256(body))
    assert ledger.verify().problem.seq == 2


@pytest.mark.parametrize("spoil", [lambda b: b" " + b, lambda b: b[:-1] + b',"at":"x"}', lambda b: b"[" * 100_000])
def test_only_the_canonical_form_is_accepted(ledger, tmp_path, spoil):
    ledger.append("fact", {"n": 1})
    body = spoil(rows(tmp_path)[0][1])
    alter(tmp_path, "UPDATE vidocq_entries SET body = ?, sha256 = ?", body, sha256(body))
    assert ledger.verify().problem.seq == 1


def test_nothing_is_added_after_an_altered_entry(ledger, tmp_path):
    ledger.append("fact", {"value": "v1"})
    alter(tmp_path, "UPDATE vidocq_entries SET body = replace(body, 'v1', 'v2')")
    with pytest.raises(LedgerError, match="altered"):
        ledger.append("fact", {})
    assert len(rows(tmp_path)) == 1


def test_what_is_kept_aside_can_be_read_then_erased_and_the_chain_holds(ledger, tmp_path):
    personal = {"name": "Zoé Quatremaille", "born": "1971-02-03"}
    name = ledger.keep_aside(personal)
    other = ledger.keep_aside(personal)
    after = ledger.append("request", {"aside": name})
    assert ledger.aside(name) == personal
    chain = b"".join(body for _, body, _ in rows(tmp_path))
    assert b"Quatremaille" not in chain
    promises = [entry.data["commitment"] for entry in ledger.entries("aside.kept")]
    assert promises[0] != promises[1]
    assert sha256(canonical_bytes(personal)) not in promises

    ledger.erase(name)
    assert ledger.aside(name) is None
    assert ledger.aside(other) == personal
    assert after in ledger.entries()
    assert ledger.entries("aside.erased")[0].data == {"aside": name}
    assert ledger.verify().problem is None
    ledger.erase(other)
    assert b"Quatremaille" not in (tmp_path / "dossier.db").read_bytes()
    for unknown in (name, "0" * 32):
        with pytest.raises(LedgerError, match="nothing is kept aside"):
            ledger.erase(unknown)
    with pytest.raises(LedgerError, match="nothing is kept aside"):
        ledger.aside("0" * 32)
    assert ledger.verify().problem is None


def test_personal_data_altered_behind_our_back_is_noticed(ledger, tmp_path):
    ledger.append("fact", {})
    name = ledger.keep_aside({"name": "A"})
    alter(tmp_path, "UPDATE vidocq_aside SET body = replace(body, 'A', 'B')")
    with pytest.raises(LedgerError, match="not what was recorded"):
        ledger.aside(name)
    report = ledger.verify()
    assert (report.length, report.problem.seq) == (2, 2)
    ledger.erase(name)
    assert ledger.verify().problem is None


def test_a_failed_transaction_leaves_nothing(ledger):
    def half(transaction):
        transaction.keep_aside({"name": "A"})
        transaction.append("fact", {})
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.write(half)
    assert ledger.verify().length == 0
    ledger.append("fact", {})
    assert ledger.verify().length == 1


def test_only_the_owner_reads_the_file(tmp_path):
    path = tmp_path / "new" / "dossier.db"
    old = os.umask(0)
    try:
        with Ledger.open(at(path.parent)) as opened:
            opened.append("fact", {})
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    with Ledger.open(at(path.parent), must_exist=True) as opened:
        assert opened.verify().length == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_not_a_ledger_is_said(tmp_path):
    (tmp_path / "dossier.db").write_bytes(b"not a database at all, nothing like it" * 100)
    with pytest.raises(LedgerError, match="NOTADB") as caught:
        Ledger.open(at(tmp_path))
    assert "restore it" in caught.value.fix
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger.open(f"sqlite:///{tmp_path}/other.db", must_exist=True)
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger.open(f"sqlite:///{tmp_path}/absent.db", must_exist=True)
    assert not (tmp_path / "absent.db").exists()
    with pytest.raises(LedgerError, match="cannot be made"):
        Ledger.open(f"sqlite:///{tmp_path}")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_corrupted_page_is_said(tmp_path):
    with Ledger.open(at(tmp_path)) as opened:
        for _ in range(40):
            opened.append("fact", {"filling": "x" * 300})
    path = tmp_path / "dossier.db"
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(LedgerError, match=r"SQLITE_CORRUPT|SQLITE_NOTADB"):
        Ledger.open(at(tmp_path)).verify()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg2://user:s3cret@nowhere.invalid/db?password=s3cret",
        "nonsense://user:s3cret@h/db",
        "s3cret",
        "sqlite:///file:x?mode=ro&uri=true&password=s3cret",
    ],
)
def test_no_secret_of_a_url_is_printed(url):
    with pytest.raises((LedgerError, MissingExtra)) as caught:
        Ledger.open(url)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_busy_ledger_gives_up_in_the_end(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(retrying, "ATTEMPTS", 2)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(tmp_path / "dossier.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Ledger.open(at(tmp_path)) as second:
        with pytest.raises(LedgerError, match="SQLITE_BUSY"):
            second.append("fact", {})
        holder.execute("COMMIT")
        second.append("fact", {})
    holder.close()
    assert ledger.verify().length == 1


def start(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


WRITER = """
    import sys
    from vidocq.dossier.ledger import Ledger

    with Ledger.open(sys.argv[1]) as ledger:
        for number in range(int(sys.argv[2])):
            entry = ledger.append("fact", {"writer": sys.argv[3], "number": number})
            print(entry.hash, flush=True)
"""


def test_four_writers_make_one_chain(tmp_path):
    writers = [start(WRITER, at(tmp_path), 25, name) for name in "abcd"]
    for writer in writers:
        _, complaint = writer.communicate(timeout=50)
        assert writer.returncode == 0, complaint
    with Ledger.open(at(tmp_path), must_exist=True) as opened:
        assert opened.verify() == module.VerifyReport(100, opened.head(), None)
        for name in "abcd":
            numbers = [entry.data["number"] for entry in opened.entries() if entry.data["writer"] == name]
            assert numbers == list(range(25))


def test_a_killed_writer_leaves_a_chain_that_holds(tmp_path):
    rng = random.Random(5)
    acknowledged = set()
    for _ in range(3):
        writer = start(WRITER, at(tmp_path), 10_000, "a")
        acknowledged.add(writer.stdout.readline().strip())
        time.sleep(rng.uniform(0.0, 0.15))
        writer.send_signal(signal.SIGKILL)
        said, _ = writer.communicate(timeout=20)
        acknowledged |= {line for line in said.split() if len(line) == 64}
        with Ledger.open(at(tmp_path), must_exist=True) as opened:
            assert opened.verify().problem is None
            assert acknowledged <= {entry.hash for entry in opened.entries()}
    with Ledger.open(at(tmp_path)) as opened:
        length = opened.verify().length
        opened.append("fact", {})
        assert opened.verify() == module.VerifyReport(length + 1, opened.head(), None)
