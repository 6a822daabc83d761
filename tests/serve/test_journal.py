"""The log: it stays where its name is, follows the policy, waits for nobody, and keeps lines apart."""

import json
import os

import pytest

from vidocq.core.errors import ConfigurationError
from vidocq.filters.policy import Policy
from vidocq.serve.journal import Journal, Unwritable


def policy(folder, log, **more):
    return Policy.model_validate({"schema": 1, "base": folder, "serve": {"log": log, **more}})


def events(path):
    return [json.loads(line)["event"] for line in path.read_text().splitlines()]


def write_much(journal):
    for _ in range(10_000):
        journal.write(event="find", place="x" * 200)


@pytest.fixture
def journal(tmp_path):
    made = Journal.of(policy(tmp_path, "a.log"))
    yield made
    made.close()


def test_a_log_that_was_moved_away_or_removed_is_made_again(tmp_path, journal):
    log = tmp_path / "a.log"
    journal.write(event="one")
    log.rename(tmp_path / "a.log.1")
    journal.write(event="two")
    assert (events(tmp_path / "a.log.1"), events(log)) == (["one"], ["two"])
    log.unlink()
    journal.write(event="three")
    assert events(log) == ["three"]
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_log_follows_the_policy_or_the_policy_is_refused(tmp_path, journal, monkeypatch):
    monkeypatch.setenv("THE_LOG_KEY", "ab" * 32)
    before = journal.hashed("x")
    journal.follow(policy(tmp_path, "b.log"))
    assert journal.hashed("x") == before
    journal.write(event="one")
    with pytest.raises(ConfigurationError, match="log"):
        journal.follow(policy(tmp_path, "no/such/folder.log", log_key="THE_LOG_KEY"))
    journal.write(event="two")
    assert journal.hashed("x") == before
    journal.follow(policy(tmp_path, "b.log", log_key="THE_LOG_KEY"))
    assert journal.hashed("x") != before
    assert events(tmp_path / "b.log") == ["one", "two"]


def test_a_line_that_was_cut_short_by_a_crash_spoils_no_other(tmp_path):
    log = tmp_path / "a.log"
    log.write_text('{"event": "one"}\n{"event": "tw')
    journal = Journal.of(policy(tmp_path, "a.log"))
    journal.write(event="three")
    journal.close()
    assert json.loads(log.read_text().splitlines()[-1])["event"] == "three"


def test_a_pipe_that_nobody_reads_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigurationError):
        Journal.of(policy(tmp_path, "pipe"))
    reads = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    journal = Journal.of(policy(tmp_path, "pipe"))
    with pytest.raises(Unwritable):
        write_much(journal)
    assert journal.is_failing
    while True:  # every line that was taken is whole
        try:
            taken = os.read(reads, 1 << 20)
        except BlockingIOError:
            break
        assert taken.endswith(b"\n")
    journal.write(event="again")
    assert not journal.is_failing
    journal.close()
    os.close(reads)


def test_standard_error_that_nobody_reads_is_not_waited_for(tmp_path, monkeypatch):
    reads, writes = os.pipe()
    with os.fdopen(writes, "w") as standard_error:
        monkeypatch.setattr("sys.stderr", standard_error)
        journal = Journal.of(Policy.model_validate({"schema": 1}))
        with pytest.raises(Unwritable):
            write_much(journal)
        os.close(reads)
