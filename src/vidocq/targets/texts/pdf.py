"""The text of PDFs, read by pypdf in a process of its own: a page can be made to take hours or all the memory."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO, BinaryIO

from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.pieces import Notes, Piece, blocks
from vidocq.targets.texts.problems import Kind, Unreadable

CHILD = "vidocq.targets.texts.pdf_child"


def read_pdf(stream: BinaryIO, *, size: int, limits: Limits, notes: Notes) -> Iterator[Piece]:
    """The pages' text, a form feed between two pages. Pictures of text are not read.

    Raises Unreadable if nothing could be read; what stops it midway is told, and the pages before it are kept.
    """
    if find_spec("pypdf") is None:
        raise Unreadable(Kind.MISSING_EXTRA)
    if size > limits.pdf_bytes:
        raise Unreadable(Kind.TOO_LARGE)
    pages = _Pages(stream, limits, notes)
    yield from blocks(pages.texts(), block=limits.block, margin=limits.margin, notes=notes)
    if pages.read and not pages.letters:
        notes.tell(Kind.NO_TEXT)


class _Pages:
    def __init__(self, stream: BinaryIO, limits: Limits, notes: Notes) -> None:
        self._stream, self._limits, self._notes = stream, limits, notes
        self.read = 0
        self.letters = False

    def texts(self) -> Iterator[str]:
        self._stream.seek(0)
        home = str(Path(__file__).resolve().parents[3])
        paths = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
        child = subprocess.Popen(
            [
                sys.executable, "-m", CHILD,
                str(self._limits.pdf_pages), str(self._limits.pdf_memory), str(int(self._limits.pdf_seconds) + 1),
            ],
            stdin=self._stream,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._limits.pdf_seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            assert child.stdout is not None  # noqa: S101 - a pipe was asked for
            ended = yield from self._told(child.stdout)
            if not ended:
                self._notes.tell(Kind.TIME if late.is_set() else Kind.CRASHED)
        finally:
            timer.cancel()
            child.kill()
            child.wait()
            if child.stdout is not None:
                child.stdout.close()

    def _told(self, pipe: IO[bytes]) -> Generator[str, None, bool]:
        """The pages as they come; whether the child told its end. One line of JSON each, of bounded length."""
        left = self._limits.pdf_text
        while line := pipe.readline(12 * self._limits.pdf_text):
            try:
                told = json.loads(line)
            except ValueError:
                return False
            if "end" in told:
                if told["end"] is not None:
                    self._notes.tell(Kind(told["end"]), error=told.get("error"))
                return True
            text = str(told["text"])
            left -= len(text)
            if left < 0:
                self._notes.tell(Kind.TOO_LARGE)
                return True
            yield f"\f{text}" if self.read else text
            self.read += 1
            self.letters = self.letters or bool(text.strip())
        return False
