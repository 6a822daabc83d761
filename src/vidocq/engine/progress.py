"""How far a long piece of work has come, told to whoever watches."""

import sys
from typing import Protocol, TextIO, runtime_checkable

from vidocq.core import moment

WIDTH = 24
PAUSE = 0.1


class Progress(Protocol):
    """Told once at the beginning, once per finished item, once at the end, whatever the end."""

    def begin(self, title: str, *, total: int, done: int) -> None:
        """`done` of the `total` items were finished by an earlier run; total 0: nobody knows how many there will be."""
        ...

    def advance(self) -> None: ...

    def end(self) -> None: ...


@runtime_checkable
class Noting(Progress, Protocol):
    """Optional on a progress: a few words beside the count, such as what was spent so far."""

    def note(self, text: str) -> None: ...


class Silent:
    """Tells nobody."""

    def begin(self, title: str, *, total: int, done: int) -> None:
        """Nothing to show."""

    def advance(self) -> None:
        """Nothing to show."""

    def end(self) -> None:
        """Nothing to show."""


class Bar:
    """One line, rewritten in place, with the count, the time elapsed and the time left.

    quiet   show nothing.
    stream  where to write, stderr by default; nothing is written unless it is a terminal.
    """

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._shown = not quiet and self._stream.isatty()
        self._title = ""
        self._note = ""
        self._total = 0
        self._done = 0
        self._inherited = 0
        self._start = 0.0
        self._last = 0.0

    def begin(self, title: str, *, total: int, done: int) -> None:
        self._title, self._note, self._total, self._done, self._inherited = title, "", total, done, done
        self._start = moment.seconds()
        self._draw()

    def note(self, text: str) -> None:
        """Shown from the next item on."""
        self._note = text

    def advance(self) -> None:
        self._done += 1
        if moment.seconds() - self._last >= PAUSE:
            self._draw()

    def end(self) -> None:
        self._draw()
        self._write("\n")

    def _draw(self) -> None:
        self._last = moment.seconds()
        elapsed = self._last - self._start
        title = f"{self._title}  " if self._title else ""
        note = f"  {self._note}" if self._note else ""
        if not self._total:
            self._write(f"\r{title}{self._done}  {_clock(elapsed)}{note}\x1b[K")
            return
        share = self._done / self._total
        filled = round(share * WIDTH)
        fresh = self._done - self._inherited
        left = _clock(elapsed / fresh * (self._total - self._done)) if fresh else "--:--"
        bar = "█" * filled + "·" * (WIDTH - filled)
        self._write(f"\r{title}{bar}  {self._done}/{self._total}  {_clock(elapsed)} < {left}{note}\x1b[K")

    def _write(self, text: str) -> None:
        if self._shown:
            self._stream.write(text)
            self._stream.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
