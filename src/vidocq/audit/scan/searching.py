"""One batch of parts, read and searched: places and kinds come back, as arrays, and never a value."""

import gc
import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from vidocq.audit.scan.labels import NAMES, capitalised, spoken
from vidocq.core.errors import DataError
from vidocq.core.spans import Category, Span
from vidocq.detect.recurring import COUNTED, identity
from vidocq.targets.texts.encoding import has_lone_surrogates
from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.names import Names
from vidocq.targets.texts.parts import Part
from vidocq.targets.texts.pieces import Notes, Piece
from vidocq.targets.texts.reading import digest_of, read_records

CATEGORIES = tuple(Category)
BETWEEN = "\n\n"
TOGETHER = 1 << 17
"""Code points of records that are searched at once."""
_COUNTED = frozenset(COUNTED)
_CODES = {category: code for code, category in enumerate(CATEGORIES)}
_LONE = re.compile("[\ud800-\udfff]")


class Finder(Protocol):
    """Finds personal data in texts that have nothing to do with each other, places in code points of each."""

    def __call__(
        self, texts: Sequence[str], *, categories: frozenset[Category] | None = None
    ) -> Sequence[Sequence[Span]]: ...


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

    def is_suspect(self, text: str) -> bool:
        """Is personal data of any kind found in a text?"""
        return self.find is not None and any(self.find([text]))


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
OF_FIND = ("field", "start", "end", "category", "detector", "score", "identity")
OF_DOCUMENT = ("part", "record", "document")
"""The same columns, by what they tell of: a find, or the document in which it stands."""


def search(batch: Batch, shared: Shared) -> dict[str, NDArray[Any]]:
    """The finds of a batch, in the order of its parts, and what reading it told.

    Returns  the columns of `KINDS` and `KEYED`, one row a find (`record` 0 and `field` -1 where there is none;
             `document` 0 where the file is one document), and `told`: JSON as bytes, with the names of fields and
             detectors, and for each part its counts and problems.
    """
    with _uncollected():
        return _search(batch, shared)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles of objects: texts and finds hold none, and looking through them takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _search(batch: Batch, shared: Shared) -> dict[str, NDArray[Any]]:
    finds: list[tuple[int, int, int, int, int, float, int]] = []
    around: dict[str, list[int]] = {name: [] for name in OF_DOCUMENT}
    fields: dict[str | None, int] = {None: -1}
    detectors: dict[str, int] = {}
    told = []
    names = Names(shared.is_suspect)
    for index, part in enumerate(batch.parts):
        notes = Notes()
        records = read_records(part, limits=shared.limits, names=names, notes=notes)
        for document, found in _searched(records, shared):
            before = len(finds)
            for piece, span in found:
                start, end, category, detector, score = span
                field = fields.setdefault(piece.field, len(fields) - 1)
                which = detectors.setdefault(detector, len(detectors))
                hashed = _identity(piece, span, shared) if category in _COUNTED else 0
                finds.append((field, start, end, _CODES[category], which, score, hashed))
            if count := len(finds) - before:
                digest = document.digest(shared.key)
                for name, value in zip(OF_DOCUMENT, (index, document.record or 0, digest), strict=True):
                    around[name].extend([value] * count)
        told.append(_told(part, notes))
    rows = dict(zip(OF_FIND, zip(*finds, strict=True), strict=True)) if finds else dict.fromkeys(OF_FIND, ())
    columns = {name: np.array((rows | around)[name], dtype=kind) for name, kind in (KINDS | KEYED).items()}
    return {
        **columns,
        "told": _bytes({"fields": list(fields)[1:], "detectors": list(detectors), "parts": told}),
    }


def hashed_again(batch: Batch, known: Mapping[str, NDArray[Any]], shared: Shared) -> dict[str, NDArray[Any]]:
    """The finds of an earlier run with the columns that hang on this run's key, by reading the texts once more."""
    fields: list[str] = read_told(known)["fields"]
    count = len(known["start"])
    keyed = {name: np.zeros(count, dtype=kind) for name, kind in KEYED.items()}
    row = 0
    for index, part in enumerate(batch.parts):
        names = Names(shared.is_suspect)
        records = read_records(part, limits=shared.limits, names=names, notes=Notes())
        for document in _documents(records):
            record, first = document.record, row
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
                    keyed["identity"][row] = _identity(piece, span, shared) if span.category in _COUNTED else 0
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


Find = tuple[Piece, Span]
"""Where a find stands: the span counts the code points of the piece's field, or of its part."""


class _Document(NamedTuple):
    """A record with its fields, or the pieces of a text, which can be gone through once."""

    record: int | None
    pieces: Iterable[Piece]

    def digest(self, key: bytes) -> int:
        """A keyed hash of the fields' texts; 0 for a text, which its file's hash stands for."""
        if self.record is None:
            return 0
        digest = hashlib.blake2b(key=key, digest_size=8)
        for piece in self.pieces:
            digest.update(piece.text[piece.inside : piece.until].encode("utf-8", "surrogatepass"))
            digest.update(b"\x1f")
        return int.from_bytes(digest.digest(), "little")


def _documents(records: Iterable[list[Piece]]) -> Iterator[_Document]:
    """Each record that has a text; all pieces of a file that is one text together."""
    coming = filter(None, records)
    for pieces in coming:
        record = pieces[0].record
        yield _Document(record, pieces if record is not None else chain(pieces, chain.from_iterable(coming)))


def _searched(records: Iterable[list[Piece]], shared: Shared) -> Iterator[tuple[_Document, Iterable[Find]]]:
    """Documents in which something is found, and what it is; records are searched many at once."""
    waiting: list[tuple[_Document, str]] = []
    size = 0
    for document in _documents(records):
        if document.record is None:
            yield document, _once(_in_groups(([piece] for piece in document.pieces), shared))
            continue
        written = _written(document.pieces)
        waiting.append((document, written))
        size += len(written)
        if size >= TOGETHER:
            yield from _in_records(waiting, shared)
            waiting, size = [], 0
    yield from _in_records(waiting, shared)


def _in_records(
    documents: Sequence[tuple[_Document, str]], shared: Shared
) -> Iterator[tuple[_Document, Iterable[Find]]]:
    """documents  with what `_written` makes of them: of one longer than a block, groups of fields are searched apart."""
    if shared.find is None:
        return
    short = [(document, written) for document, written in documents if len(written) <= shared.limits.block]
    spans = iter(shared.find(_sound([written for _, written in short]), categories=shared.categories))
    for document, written in documents:
        if len(written) > shared.limits.block:
            yield document, _once(_in_groups(_gathered(document.pieces, shared.limits.block), shared))
        elif found := next(spans):
            yield document, _once(_placed(list(document.pieces), found))


def _in_groups(groups: Iterable[Sequence[Piece]], shared: Shared) -> Iterator[Find]:
    for group in groups:
        if shared.find is not None:
            [spans] = shared.find(_sound([_written(group)]), categories=shared.categories)
            yield from _placed(group, spans)


def _once(found: Iterable[Find]) -> Iterator[Find]:
    """The finds in order of the pieces; what two overlapping pieces both show comes once."""
    reached: dict[tuple[str | None, Category], int] = {}
    for piece, span in found:
        place = piece.field, span.category
        if span.start >= reached.get(place, 0):
            reached[place] = span.end
            yield piece, span


def _sound(texts: list[str]) -> list[str]:
    """Half a pair of surrogates alone is no character, and detectors are given none."""
    if has_lone_surrogates("".join(texts)):
        return [_LONE.sub("\ufffd", text) for text in texts]
    return texts


def _gathered(pieces: Iterable[Piece], block: int) -> Iterator[list[Piece]]:
    """The fields of a record are read together, for one tells what another is; long ones are read alone."""
    held: list[Piece] = []
    size = 0
    for piece in pieces:
        if held and size + len(piece.text) > block:
            yield held
            held, size = [], 0
        held.append(piece)
        size += len(piece.text)
    if held:
        yield held


def _written(pieces: Iterable[Piece]) -> str:
    """Pieces as one text, each after its label."""
    return BETWEEN.join(
        [_announced(label, text) if label and inside == 0 else text for text, _, _, label, _, inside, _ in pieces]
    )


def _announced(label: str, text: str) -> str:
    """A field as a sentence would have it, for detectors that hear what comes before."""
    words = spoken(label)
    return f"{words}: {capitalised(text, words) if words in NAMES else text}"


def _starts(pieces: Sequence[Piece]) -> list[int]:
    """Where each piece itself begins in what `_written` makes of them."""
    starts: list[int] = []
    at = 0
    for piece in pieces:
        head = len(spoken(piece.label)) + len(": ") if piece.label and piece.inside == 0 else 0
        starts.append(at + head)
        at += head + len(piece.text) + len(BETWEEN)
    return starts


def _placed(pieces: Sequence[Piece], spans: Iterable[Span]) -> Iterator[Find]:
    """Spans of what `_written` makes of the pieces, each in its piece; those in a label, or in what is another's, are left."""
    starts = _starts(pieces)
    if len(pieces) == 1:
        yield from _placed_in(pieces[0], starts[0], spans)
        return
    for first, last, category, detector, score in sorted(spans):
        index = max(0, bisect_right(starts, first) - 1)
        if index + 1 < len(starts) and first >= starts[index] + len(pieces[index].text):
            index += 1  # it begins in the next field's name
        piece, origin = pieces[index], starts[index]
        size = len(piece.text)
        start, end = max(0, first - origin), min(size, last - origin)
        if start < end and piece.inside <= start < (size if piece.until is None else piece.until):
            yield piece, Span(piece.start + start, piece.start + end, category, detector, score)


def _placed_in(piece: Piece, origin: int, spans: Iterable[Span]) -> Iterator[Find]:
    """The same for one piece, which begins at `origin`."""
    text, _, _, _, shift, inside, until = piece
    size = len(text)
    for span in sorted(spans):
        first, last, category, detector, score = span
        start, end = max(0, first - origin), min(size, last - origin)
        if start < end and inside <= start and (until is None or start < until):
            is_there = not shift and start == first and end == last
            yield piece, span if is_there else Span(start + shift, end + shift, category, detector, score)


def _identity(piece: Piece, span: Span, shared: Shared) -> int:
    """Of a find of a category that is counted."""
    value = piece.text[span.start - piece.start : span.end - piece.start]
    return identity(value, span.category, key=shared.key)
