"""A bar is for a person at a terminal; nobody else sees it."""

import io

import pytest

from vidocq.core import moment
from vidocq.engine.progress import Bar, Silent


class Terminal(io.StringIO):
    def isatty(self):
        return True


def go(progress, total=4, done=2):
    progress.begin("models", total=total, done=done)
    for _ in range(total - done):
        progress.advance()
    progress.end()


def test_a_bar_shows_count_elapsed_and_remaining(monkeypatch):
    clock = iter(range(0, 10_000, 60))
    monkeypatch.setattr(moment, "seconds", lambda: next(clock))
    stream = Terminal()
    go(Bar(stream=stream))
    lines = stream.getvalue().split("\r")
    assert "2/4" in lines[1]
    assert "--:--" in lines[1]
    assert lines[-1].endswith("\n")
    assert "4/4" in lines[-1]
    assert "< 00:00" in lines[-1]
    assert stream.getvalue().count("\n") == 1


def test_time_left_counts_only_this_runs_work(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(moment, "seconds", lambda: now[0])
    stream = Terminal()
    bar = Bar(stream=stream)
    bar.begin("", total=103, done=100)
    now[0] = 10.0
    bar.advance()
    assert "00:10 < 00:20" in stream.getvalue()
    now[0] = 8000.0
    bar.advance()
    assert "2:13:20" in stream.getvalue()


@pytest.mark.parametrize("progress", [Bar(stream=io.StringIO()), Bar(quiet=True, stream=Terminal()), Silent()])
def test_nothing_is_written_when_nobody_watches(progress, capfd):
    go(progress)
    go(progress, total=0, done=0)
    assert capfd.readouterr() == ("", "")
    assert getattr(progress, "_stream", io.StringIO()).getvalue() == ""
