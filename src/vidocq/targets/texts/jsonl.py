"""JSON, one value a line, and JSON documents."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from vidocq.targets.texts.encoding import decoded, tell_guesses, text_of
from vidocq.targets.texts.fields import fields_of
from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.lines import Range, lines_begun, lines_of
from vidocq.targets.texts.names import Names
from vidocq.targets.texts.opening import Bytes
from vidocq.targets.texts.parts import Part
from vidocq.targets.texts.pieces import Notes, Piece
from vidocq.targets.texts.plain import require_text
from vidocq.targets.texts.problems import Kind, Unreadable

_DECODER = json.JSONDecoder(strict=False)
_BEGINS = frozenset("{[")


def read_jsonl(stream: Bytes, *, limits: Limits, names: Names, notes: Notes) -> Iterator[list[Piece]]:
    """Records are lines, numbered from 1, empty ones counted. A line that cannot be read is told, and left out."""
    head = stream.read(limits.head_bytes)
    encoding = require_text(head) if head else require_text(b" ")
    chunks = decoded(stream, encoding, notes, first=head[encoding.mark :])
    yield from _records(chunks, limits=limits, names=names, notes=notes)


def read_jsonl_part(
    stream: BinaryIO, part: Part, *, limits: Limits, names: Names, notes: Notes
) -> Iterator[list[Piece]]:
    """The lines that begin in bytes [start, stop), numbered from 1 in the part."""
    encoding = require_text(stream.read(limits.head_bytes))
    start, stop = lines_begun(stream, part.start, part.stop, longest=limits.record_bytes)
    if start < stop:
        chunks = decoded(Range(stream, max(start, encoding.mark), stop), encoding, notes)
        yield from _records(chunks, limits=limits, names=names, notes=notes)


def read_json(stream: Bytes, *, limits: Limits, names: Names, notes: Notes) -> Iterator[list[Piece]]:
    """A document, read whole: the items of a list are its records, anything else is one record."""
    data = whole(stream, limits)
    encoding = require_text(data[: limits.head_bytes])
    value = _parsed(text_of(data[encoding.mark :], encoding, notes), notes, record=None)
    del data
    if value is not None:
        for record, found in enumerate(value if isinstance(value, list) else [value], start=1):
            notes.records += 1
            yield _told(found, record, names, notes)
    tell_guesses(notes)


def whole(stream: Bytes, limits: Limits) -> bytes:
    """All the bytes. Raises Unreadable beyond `document_bytes`."""
    held = bytearray()
    while block := stream.read(limits.head_bytes):
        held += block
        if len(held) > limits.document_bytes:
            raise Unreadable(Kind.TOO_LARGE)
    return bytes(held)


def _records(chunks: Iterator[str], *, limits: Limits, names: Names, notes: Notes) -> Iterator[list[Piece]]:
    for record, line in enumerate(lines_of(chunks, longest=limits.record_bytes), start=1):
        notes.records = record
        if line is None:
            notes.tell(Kind.TOO_LONG, record=record)
        elif line and not line.isspace():
            value = _parsed(line, notes, record=record)
            if value is not None:
                yield _told(value, record, names, notes)
    tell_guesses(notes)


def _parsed(text: str, notes: Notes, *, record: int | None) -> Any:
    try:
        if text[:1] in _BEGINS:  # most begin and end with their value, and are spared the search for blanks around
            value, end = _DECODER.raw_decode(text)
            if end == len(text):
                return value
        return _DECODER.decode(text)
    except RecursionError:
        notes.tell(Kind.TOO_DEEP, record=record)
    except ValueError as error:
        notes.tell(Kind.BAD_RECORD, record=record, error=type(error).__name__)
    except MemoryError:
        notes.tell(Kind.MEMORY, record=record)
    return None


def _told(value: Any, record: int, names: Names, notes: Notes) -> list[Piece]:
    pieces = fields_of(value, record=record, names=names)
    notes.characters += sum([len(text) for text, *_ in pieces])
    return pieces
