"""One batch of parts, read and searched: places and kinds come back, as arrays, and never a value."""

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vidocq.core.errors import DataError
from vidocq.core.spans import Category, Span
from vidocq.detect.recurring import COUNTED, identity
from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.names import Names
from vidocq.targets.texts.parts import Part
from vidocq.targets.texts.pieces import Notes, Piece
from vidocq.targets.texts.reading import digest_of, read_part

CATEGORIES = tuple(Category)
BETWEEN = "\n\n"
APART = "\n" * 64
"""Between records: longer than what detectors read around a find."""
SCREENED = 1 << 16
"""Code points of short records that are searched at once."""
RECORD = Piece._fields.index("record")
_COUNTED = frozenset(COUNTED)
_LONE = re.compile("[\ud800-\udfff]")


class Finder(Protocol):
    """Finds personal data in one text, places in code points of it."""

    def __call__(self, text: str, *, categories: frozenset[Category] | None = None) -> Sequence[Span]: ...


@dataclass(frozen=True)
class Batch:
    """Parts that one worker reads in one go."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Shared:
    """What every batch needs. `find` is None where parts are only to be measured, after a search that crashed."""

    find: Finder | None
    categories: frozenset[Category] | None
    limits: Limits
    key: bytes


KINDS: dict[str, Any] = {
    "part": np.int32,
    "record": np.int64,
    "field": np.int32,
    "start": np.int64,
    "end": np.int64,
    "category": np.uint8,
    "detector": np.uint16,
    "score": np.float64,
}
KEYED: dict[str, Any] = {"identity": np.uint64, "document": np.uint64}
"""Columns that hang on the key: they are never stored."""


def search(batch: Batch, shared: Shared) -> dict[str, NDArray[Any]]:
    """The finds of a batch, in the order of its parts, and what reading it told.

    Returns  the columns of `KINDS` and `KEYED`, one row a find (`record` 0 and `field` -1 where there is none;
             `document` 0 where the file is one document), and `told`: JSON as bytes, with the names of fields and
             detectors, and for each part its counts and problems.
    """
    rows: dict[str, list[Any]] = {name: [] for name in KINDS | KEYED}
    fields: dict[str, int] = {}
    detectors: dict[str, int] = {}
    told = []
    names = Names(lambda text: bool(shared.find and shared.find(text)))
    for index, part in enumerate(batch.parts):
        notes = Notes()
        pieces = read_part(part, limits=shared.limits, names=names, notes=notes)
        for document in _documents(pieces, shared):
            count = 0
            for piece, span in document.found(shared):
                count += 1
                rows["field"].append(-1 if piece.field is None else fields.setdefault(piece.field, len(fields)))
                rows["start"].append(span.start)
                rows["end"].append(span.end)
                rows["category"].append(CATEGORIES.index(span.category))
                rows["detector"].append(detectors.setdefault(span.detector, len(detectors)))
                rows["score"].append(span.score)
                rows["identity"].append(_identity(piece, span, shared))
            if count:
                digest = document.digest(shared.key)
                for name, value in (("part", index), ("record", document.record or 0), ("document", digest)):
                    rows[name].extend([value] * count)
        told.append(_told(part, notes))
    columns = {name: np.array(rows[name], dtype=kind) for name, kind in (KINDS | KEYED).items()}
    return {
        **columns,
        "told": _bytes({"fields": list(fields), "detectors": list(detectors), "parts": told}),
    }


def hashed_again(batch: Batch, known: Mapping[str, NDArray[Any]], shared: Shared) -> dict[str, NDArray[Any]]:
    """The finds of an earlier run with the columns that hang on this run's key, by reading the texts once more."""
    fields: list[str] = read_told(known)["fields"]
    count = len(known["start"])
    keyed = {name: np.zeros(count, dtype=kind) for name, kind in KEYED.items()}
    row = 0
    for index, part in enumerate(batch.parts):
        names = Names(lambda text: bool(shared.find and shared.find(text)))
        pieces = read_part(part, limits=shared.limits, names=names, notes=Notes())
        for record, held in groupby(pieces, key=itemgetter(RECORD)):
            document = _Document(record, held) if record is None else _Document(record, list(held))  # noqa: B031
            first = row
            for piece in document.pieces:
                inside, until = piece.start + piece.inside, piece.start + len(piece.text[: piece.until])
                while (
                    row < count
                    and (known["part"][row], known["record"][row]) == (index, record or 0)
                    and (None if known["field"][row] < 0 else fields[known["field"][row]]) == piece.field
                    and inside <= known["start"][row] < until
                ):
                    start, end = int(known["start"][row]), int(known["end"][row])
                    span = Span(start, end, CATEGORIES[known["category"][row]], "", 1.0)
                    keyed["identity"][row] = _identity(piece, span, shared)
                    row += 1
            if row > first:
                keyed["document"][first:row] = document.digest(shared.key)
    if row < count:
        raise DataError(
            "finds of an earlier run are no longer where they were", where="audit.scan", fix="start the scan anew"
        )
    return {**known, **keyed}


def read_told(found: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """The `told` of a searched batch, as plain content."""
    content: dict[str, Any] = json.loads(found["told"].tobytes())
    return content


def _bytes(content: dict[str, Any]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(content).encode(), dtype=np.uint8)


def _told(part: Part, notes: Notes) -> dict[str, Any]:
    return {
        "records": notes.records,
        "characters": notes.characters,
        "encoding": notes.encoding,
        "guessed": notes.guessed,
        "problems": [asdict(problem) for problem in notes.problems],
        "left_out": notes.left_out,
        "sha256": digest_of(part) if part.index == 0 else None,
    }


@dataclass(frozen=True)
class _Document:
    """A record with its fields, or the pieces of a text, which can be gone through once."""

    record: int | None
    pieces: Iterable[Piece]

    def found(self, shared: Shared) -> Iterator[tuple[Piece, Span]]:
        """The finds in order of the pieces; what two overlapping pieces both show comes once."""
        reached: dict[tuple[str | None, Category], int] = {}
        for together in _gathered(self.pieces, shared.limits.block):
            for piece, span in _in_group(together, shared):
                place = piece.field, span.category
                if span.start >= reached.get(place, 0):
                    reached[place] = span.end
                    yield piece, span

    def digest(self, key: bytes) -> int:
        """A keyed hash of the fields' texts; 0 for a text, which its file's hash stands for."""
        if self.record is None:
            return 0
        digest = hashlib.blake2b(key=key, digest_size=8)
        for piece in self.pieces:
            digest.update(piece.text[piece.inside : piece.until].encode("utf-8", "surrogatepass"))
            digest.update(b"\x1f")
        return int.from_bytes(digest.digest(), "little")


def _documents(pieces: Iterable[Piece], shared: Shared) -> Iterator[_Document]:
    """Texts, and those records in which something may be found.

    Short records are searched many at once, far enough from each other for none to speak for its neighbour; that shows
    in which of them something is, and only these are then searched one by one.
    """
    waiting: list[tuple[_Document, str]] = []
    size = 0
    for record, held in groupby(pieces, key=itemgetter(RECORD)):
        if record is None:
            yield _Document(None, held)
            continue
        fields = list(held)
        text = BETWEEN.join([f"{label}: {text}" if label else text for text, _, _, label, *_ in fields])
        waiting.append((_Document(record, fields), text if len(text) < SCREENED // 4 else ""))
        size += len(text)
        if size >= SCREENED:
            yield from _screened(waiting, shared)
            waiting, size = [], 0
    yield from _screened(waiting, shared)


def _screened(waiting: Sequence[tuple[_Document, str]], shared: Shared) -> Iterator[_Document]:
    if shared.find is None:
        return
    starts = list(accumulate((len(text) + len(APART) for _, text in waiting), initial=0))
    together = _sound(APART.join([text for _, text in waiting]))
    spans = shared.find(together, categories=shared.categories) if together else []
    shown = {bisect_right(starts, place) - 1 for span in spans for place in (span.start, span.end - 1)}
    named = shared.categories is None or Category.PERSON in shared.categories
    for i, (document, text) in enumerate(waiting):
        if (
            i in shown or not text or (named and text == text.lower())
        ):  # names without capitals show in no other company
            yield document


def _sound(text: str) -> str:
    """Half a pair of surrogates alone is no character, and detectors are given none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text)
    return text


def _gathered(pieces: Iterable[Piece], block: int) -> Iterator[list[Piece]]:
    """The fields of a record are read together, for one tells what another is; long ones and texts are read alone."""
    held: list[Piece] = []
    size = 0
    for piece in pieces:
        if held and (piece.record is None or size + len(piece.text) > block):
            yield held
            held, size = [], 0
        held.append(piece)
        size += len(piece.text)
    if held:
        yield held


@dataclass(frozen=True)
class _Written:
    """Pieces as one text, each after its label. starts  where each piece itself begins."""

    text: str
    starts: Sequence[int]


def _written(pieces: Iterable[Piece]) -> _Written:
    written: list[str] = []
    starts: list[int] = []
    at = 0
    for piece in pieces:
        label = f"{piece.label}: " if piece.label and piece.inside == 0 else ""
        starts.append(at + len(label))
        written += (label, piece.text, BETWEEN)
        at += len(label) + len(piece.text) + len(BETWEEN)
    return _Written(_sound("".join(written[:-1])), starts)


def _in_group(pieces: Sequence[Piece], shared: Shared) -> Iterator[tuple[Piece, Span]]:
    if shared.find is None:
        return
    together = _written(pieces)
    starts = together.starts
    for span in sorted(shared.find(together.text, categories=shared.categories)):
        index = max(0, bisect_right(starts, span.start) - 1)
        if index + 1 < len(starts) and span.start >= starts[index] + len(pieces[index].text):
            index += 1  # it begins in the next field's name
        piece, origin = pieces[index], starts[index]
        start, end = max(0, span.start - origin), min(len(piece.text), span.end - origin)
        if start < end and piece.inside <= start < (len(piece.text) if piece.until is None else piece.until):
            yield piece, Span(piece.start + start, piece.start + end, span.category, span.detector, span.score)


def _identity(piece: Piece, span: Span, shared: Shared) -> int:
    if span.category not in _COUNTED:
        return 0
    value = piece.text[span.start - piece.start : span.end - piece.start]
    return identity(value, span.category, key=shared.key)
