"""Comma-separated values and their like, quoted as RFC 4180 has it."""

import csv
import re
from collections.abc import Iterator, Sequence

from vidocq.targets.texts.encoding import decoded, tell_guesses
from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.lines import lines_of
from vidocq.targets.texts.names import Names
from vidocq.targets.texts.opening import Bytes
from vidocq.targets.texts.pieces import Notes, Piece
from vidocq.targets.texts.plain import require_text
from vidocq.targets.texts.problems import Kind

_DELIMITERS = ",;\t|"


def read_csv(stream: Bytes, *, limits: Limits, names: Names, notes: Notes) -> Iterator[list[Piece]]:
    """Records are rows, numbered from 1, the row of names left out; fields are columns.

    The delimiter is the one that the first line holds most of. Where a cell of the first row may be a value of a
    person, that row is taken for a record, and the columns are `#1`, `#2`...
    """
    head = stream.read(limits.head_bytes)
    encoding = require_text(head)
    lines = _lines(decoded(stream, encoding, notes, first=head[encoding.mark :]), limits, notes)
    first = next(lines, "")
    held = csv.field_size_limit(limits.record_bytes)
    try:
        rows = csv.reader(_again(first, lines), delimiter=_delimiter(first))
        columns: Sequence[str] | None = None
        while True:
            try:
                row = next(rows)
            except StopIteration:
                break
            except csv.Error as error:
                notes.records += 1
                kind = Kind.TOO_LONG if "field larger than field limit" in str(error) else Kind.BAD_RECORD
                notes.tell(kind, record=notes.records, error=type(error).__name__)
                continue
            if not row:
                continue
            if columns is None:
                if all(names.is_sound(cell) for cell in row):
                    columns = row
                    continue
                columns = ()
            notes.records += 1
            yield _cells(row, columns, notes)
    finally:
        csv.field_size_limit(held)
    tell_guesses(notes)


def _cells(row: Sequence[str], columns: Sequence[str], notes: Notes) -> list[Piece]:
    found: list[Piece] = []
    for position, cell in enumerate(row):
        if cell:
            notes.characters += len(cell)
            label = columns[position] if position < len(columns) else None
            found.append(Piece(cell, notes.records, label or f"#{position + 1}", label))
    return found


def _lines(chunks: Iterator[str], limits: Limits, notes: Notes) -> Iterator[str]:
    """With their ends, as the reader of rows wants them; one that is too long is told and left out."""
    for line in lines_of(_universal(chunks), longest=limits.record_bytes):
        if line is None:
            notes.tell(Kind.TOO_LONG, record=notes.records + 1)
        else:
            yield f"{line}\n"


def _universal(chunks: Iterator[str]) -> Iterator[str]:
    """Ends of lines of old Macintosh files, which hold no other, as everybody else's."""
    lone: bool | None = None
    for chunk in chunks:
        if lone is None and ("\r" in chunk or "\n" in chunk):
            lone = "\n" not in chunk
        yield chunk.replace("\r", "\n") if lone else chunk


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from lines


def _delimiter(line: str) -> str:
    bare = re.sub(r'"[^"]*"', "", line[:65536])
    return max(_DELIMITERS, key=lambda sign: (bare.count(sign), -_DELIMITERS.index(sign)))
