"""Parts put together again: places counted from the beginning of their file, lines of spans.jsonl, and counts."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from vidocq.audit.scan.running import Searched
from vidocq.audit.scan.searching import CATEGORIES
from vidocq.core.spans import Category
from vidocq.detect.recurring import Recurring, identity
from vidocq.targets.texts.parts import CUT_BY_BYTES, Format, Listed
from vidocq.targets.texts.problems import Kind

PLACES_SHOWN = 20
MOST_FIELDS = 1000
_INDEX = re.compile(r"\[\d+\]")


@dataclass
class Gap:
    """What one kind of problem left out of one file.

    records  the first `PLACES_SHOWN` places.   count  of all places; 0 if it is the file, or the rest of it.
    """

    source: str
    kind: Kind
    error: str | None = None
    records: list[int] = field(default_factory=list)
    count: int = 0
    whole: bool = False


@dataclass
class FileCount:
    """What was found in one file."""

    source: str
    format: str | None
    sha256: str | None = None
    encoding: str | None = None
    records: int = 0
    characters: int = 0
    counts: Counter[str] = field(default_factory=Counter)


@dataclass
class Merged:
    """Everything that scan.json tells, but for what is the same for every scan."""

    files: list[FileCount] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    files_with: Counter[str] = field(default_factory=Counter)
    documents_with: Counter[str] = field(default_factory=Counter)
    detectors: Counter[tuple[str, str]] = field(default_factory=Counter)
    documents: int = 0
    characters: int = 0
    read: int = 0
    digest: str = ""


def merge(parts: Iterable[Searched], *, spans: BinaryIO, recurring: Recurring, key: bytes) -> Merged:
    """Writes the lines of spans.jsonl in the order of the files, and counts. Holds one file's state at a time."""
    merged = Merged()
    inputs = sha256()
    current: _File | None = None
    for found in parts:
        if current is None or found.part.index == 0:
            if current is not None:
                current.close(merged, inputs)
            current = _File(found.part.file, found.part.format)
        current.add(found, merged, spans, recurring, key)
    if current is not None:
        current.close(merged, inputs)
    merged.digest = inputs.hexdigest()
    return merged


def digest_of(files: Iterable[tuple[str | None, str]]) -> str:
    """One SHA-256 of several files, from that of each, None for one that was not read, and what each is called."""
    return sha256(b"".join(_line(own, source) for own, source in files)).hexdigest()


def _line(own: str | None, source: str) -> bytes:
    return f"{own or 'unread'}  {json.dumps(source)}\n".encode()


class _File:
    """One file while its parts come in."""

    def __init__(self, listed: Listed, format_: Format | None) -> None:
        self._listed = listed
        self._relative = format_ in CUT_BY_BYTES
        self._count = FileCount(listed.source, None if format_ is None else str(format_))
        self._gaps: dict[Kind, Gap] = {}
        self._reached: dict[int, int] = {}
        self._lost = False
        self._document = 0
        self._seen: set[str] = set()

    def add(self, found: Searched, merged: Merged, spans: BinaryIO, recurring: Recurring, key: bytes) -> None:
        told = found.told
        if told is None or self._lost:
            self._lost = self._lost or (self._relative and found.part.count > 1)
            self._gap(Kind.CRASHED)
            return
        if told["sha256"] is not None:
            self._count.sha256 = told["sha256"]
            self._document = identity(told["sha256"], Category.SECRET, key=key)
        base_record = self._count.records if self._relative else 0
        base_offset = self._count.characters if self._relative else 0
        for problem in told["problems"]:
            record = problem["record"]
            self._gap(Kind(problem["kind"]), None if record is None else record + base_record, problem["error"])
        for kind, count in told["left_out"].items():
            self._gaps[Kind(kind)].count += count
        self._write(found, base_record, base_offset, merged, spans, recurring)
        self._count.encoding = told["encoding"] or self._count.encoding
        self._count.records += told["records"]
        self._count.characters += told["characters"]

    def close(self, merged: Merged, inputs: Any) -> None:
        count = self._count
        inputs.update(_line(count.sha256, count.source))
        whole = count.characters == 0 and any(not gap.count for gap in self._gaps.values())
        for gap in self._gaps.values():
            gap.whole = whole and not gap.count
        merged.gaps += self._gaps.values()
        merged.read += not whole
        merged.documents += count.records or (not whole)
        merged.characters += count.characters
        if count.counts:
            merged.files.append(count)
        for category in count.counts:
            merged.files_with[category] += 1
        for category in self._seen:
            merged.documents_with[category] += 1

    def _gap(self, kind: Kind, record: int | None = None, error: str | None = None) -> None:
        gap = self._gaps.setdefault(kind, Gap(self._count.source, kind, error))
        if record is not None:
            gap.count += 1
            if len(gap.records) < PLACES_SHOWN:
                gap.records.append(record)

    def _write(
        self,
        found: Searched,
        base_record: int,
        base_offset: int,
        merged: Merged,
        spans: BinaryIO,
        recurring: Recurring,
    ) -> None:
        rows = found.rows
        if not len(rows["start"]):
            return
        keep = np.ones(len(rows["start"]), dtype=bool)
        head = f'{{"source": {json.dumps(self._count.source, ensure_ascii=False)}, "record": '
        fields = [f'"field": {json.dumps(name, ensure_ascii=False)}, "start": ' for name in (*found.fields, None)]
        detectors = [json.dumps(name, ensure_ascii=False) for name in found.detectors]
        ends: dict[tuple[int, int, float], str] = {}
        lines = []
        columns = (
            rows[name].tolist() for name in ("record", "field", "start", "end", "category", "detector", "score")
        )
        for i, (record, name, begin, stop, category, detector, score) in enumerate(zip(*columns, strict=True)):
            start, end, where = begin, stop, "null"
            if record:
                where = str(record + base_record)
            else:  # one text
                start, end = begin + base_offset, stop + base_offset
                if start < self._reached.get(category, 0):  # found in the part before as well
                    keep[i] = False
                    continue
                self._reached[category] = end
            told = ends.get((category, detector, score))
            if told is None:
                told = ends[category, detector, score] = (
                    f', "category": "{CATEGORIES[category]}", "detector": {detectors[detector]}, "score": {round(score, 4)}}}\n'
                )
            lines.append(f'{head}{where}, {fields[name]}{start}, "end": {end}{told}')
        spans.write("".join(lines).encode("utf-8", "backslashreplace"))
        self._tally({name: column[keep] for name, column in rows.items() if len(column) == len(keep)}, found, merged)
        self._recur(rows, keep, recurring)

    def _tally(self, rows: dict[str, NDArray[Any]], found: Searched, merged: Merged) -> None:
        for code, count in zip(*np.unique(rows["category"], return_counts=True), strict=True):
            category = str(CATEGORIES[code])
            self._count.counts[category] += int(count)
            merged.counts[category] += int(count)
            records = rows["record"][rows["category"] == code]
            if records[0]:
                merged.documents_with[category] += len(np.unique(records))
            else:
                self._seen.add(category)
        pairs, counts = np.unique(np.stack([rows["category"], rows["detector"]]), axis=1, return_counts=True)
        for (code, detector), count in zip(pairs.T.tolist(), counts.tolist(), strict=True):
            merged.detectors[str(CATEGORIES[code]), found.detectors[detector]] += count
        pairs, counts = np.unique(
            np.stack([rows["category"].astype(np.int64), rows["field"].astype(np.int64)]), axis=1, return_counts=True
        )
        for (code, name), count in zip(pairs.T.tolist(), counts.tolist(), strict=True):
            if name >= 0:
                merged.fields[_INDEX.sub("[]", found.fields[name]), str(CATEGORIES[code])] += count

    def _recur(self, rows: dict[str, NDArray[Any]], keep: NDArray[np.bool_], recurring: Recurring) -> None:
        if len(rows["identity"]) != len(keep):
            return
        documents = np.where(rows["record"] == 0, np.uint64(self._document), rows["document"])
        for code in np.unique(rows["category"][keep]):
            here = keep & (rows["category"] == code)
            recurring.add(CATEGORIES[code], rows["identity"][here], documents[here])
