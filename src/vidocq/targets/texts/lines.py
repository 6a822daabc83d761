"""Lines of a text that comes in chunks, none longer than a bound."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from vidocq.targets.texts.limits import MIB


def lines_of(chunks: Iterable[str], *, longest: int) -> Iterator[str | None]:
    """Each line without its end; None in the place of one of more than `longest` code points."""
    held: list[str] = []
    size = 0
    for chunk in chunks:
        first, *further = chunk.split("\n")
        size += len(first)
        if size <= longest:
            held.append(first)
        else:
            held.clear()
        if not further:
            continue
        yield "".join(held) if size <= longest else None
        *whole, last = further
        for line in whole:
            yield line if len(line) <= longest else None
        held, size = [last] if len(last) <= longest else [], len(last)
    if size:
        yield "".join(held) if size <= longest else None


class Range:
    """Bytes [start, stop) of a file as a stream."""

    def __init__(self, stream: BinaryIO, start: int, stop: int) -> None:
        self._stream = stream
        self._left = max(0, stop - start)
        stream.seek(start)

    def read(self, size: int, /) -> bytes:
        found = self._stream.read(min(size, self._left))
        self._left -= len(found)
        return found


def lines_begun(stream: BinaryIO, start: int, stop: int, *, longest: int) -> tuple[int, int]:
    """Where the lines that begin in bytes [start, stop) begin and end; the last may end `longest` bytes further."""
    first = 0 if start == 0 else _after_newline(stream, start - 1, stop - 1)
    if first is None:
        return stop, stop
    last = _after_newline(stream, stop - 1, stop + longest + 1)
    return first, stop + longest + 1 if last is None else last


def _after_newline(stream: BinaryIO, start: int, stop: int) -> int | None:
    stream.seek(start)
    at = start
    while at < stop and (block := stream.read(min(MIB, stop - at))):
        found = block.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(block)
    return None
