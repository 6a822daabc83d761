"""Server-sent events, read as they come: bounded, and strict about what they are."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass

from vidocq.core.errors import ModelError

LARGEST_EVENT = 1 << 20
"""Bytes of one event; a longer one ends the stream."""


@dataclass(frozen=True, slots=True)
class Event:
    """name  of the event, "" for none.   data  its lines together."""

    name: str
    data: str


class Events:
    """Cuts bytes into events (WHATWG HTML, 9.2.6). `feed` raises ModelError on an event too long or no UTF-8."""

    def __init__(self) -> None:
        self._first: bytes | None = b""  # what may be a byte order mark; None once that is known
        self._after_return = False
        self._rest: list[bytes] = []  # of a line whose end has not come
        self._held = 0  # bytes of it
        self._size = 0  # bytes of the event's lines before it
        self._name = ""
        self._data: list[str] = []

    def feed(self, more: bytes) -> Iterator[Event]:
        more = self._unmarked(more)
        if b"\r" in more or self._after_return:
            more = self._of_one_kind(more)
        if b"\n" not in more:
            self._keep(more)
            return
        lines = b"".join([*self._rest, more]).split(b"\n")
        self._rest, self._held = [], 0
        rest = lines.pop()
        for line in lines:
            event = self._line(line)
            if event is not None:
                yield event
        self._keep(rest)

    @property
    def is_between(self) -> bool:
        """Whether nothing of an event has come that was not told yet."""
        return not (self._first or self._held or self._data)

    def _unmarked(self, more: bytes) -> bytes:
        """Without the byte order mark that a stream may begin with."""
        if self._first is None:
            return more
        first = self._first + more
        if len(first) < len(BOM_UTF8) and BOM_UTF8.startswith(first):
            self._first = first
            return b""
        self._first = None
        return first.removeprefix(BOM_UTF8)

    def _of_one_kind(self, more: bytes) -> bytes:
        """With \\n at the end of each line, where there may be \\r, or both."""
        if not more:
            return more
        began = more.removeprefix(b"\n") if self._after_return else more
        self._after_return = more.endswith(b"\r")
        return began.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _keep(self, rest: bytes) -> None:
        self._held += len(rest)
        if self._size + self._held > LARGEST_EVENT:
            raise _amiss("sent an event that is too long")
        if rest:
            self._rest.append(rest)

    def _line(self, line: bytes) -> Event | None:
        self._size += len(line) + 1
        if self._size > LARGEST_EVENT:
            raise _amiss("sent an event that is too long")
        if not line:
            event = Event(self._name, "\n".join(self._data)) if any(self._data) else None  # empty ones keep it awake
            self._name, self._data, self._size = "", [], 0
            return event
        try:
            field, _, value = line.decode("utf-8").partition(":")
        except UnicodeDecodeError:
            raise _amiss("sent what is no UTF-8") from None
        value = value.removeprefix(" ")
        if field == "data":
            self._data.append(value)
        elif field == "event":
            self._name = value
        return None


DONE = b"data: [DONE]\n\n"


_NAME = re.compile(r"[a-z_.]{1,64}")


def written(data: bytes, *, name: str = "") -> bytes:
    """An event of one line of data. Raises ModelError for a name that is none, which might hold lines of its own."""
    if not name:
        return b"data: %b\n\n" % data
    if _NAME.fullmatch(name) is None:
        raise _amiss("sent an event without a right name")
    return b"event: %b\ndata: %b\n\n" % (name.encode(), data)


def _amiss(what: str) -> ModelError:
    return ModelError(
        f"the model's server {what}", where="upstream", fix="see its log; nothing of this was passed on"
    )
