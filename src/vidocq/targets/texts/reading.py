"""A part of a file as pieces of text, whatever its format."""

from collections.abc import Iterator
from itertools import chain, pairwise
from typing import BinaryIO

from vidocq.targets.texts.csv import read_csv
from vidocq.targets.texts.encoding import recognised
from vidocq.targets.texts.html import read_html
from vidocq.targets.texts.jsonl import read_json, read_jsonl, read_jsonl_part
from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.names import Names
from vidocq.targets.texts.opening import Bytes, Unpacked, opened, sha256_of
from vidocq.targets.texts.parquet import read_parquet, row_groups
from vidocq.targets.texts.parts import CUT_BY_BYTES, SEEKING, Format, Listed, Part, format_of, named_format
from vidocq.targets.texts.pdf import read_pdf
from vidocq.targets.texts.pieces import Notes, Piece, cut
from vidocq.targets.texts.plain import read_plain, read_plain_part
from vidocq.targets.texts.problems import Kind, Unreadable


def read_part(part: Part, *, limits: Limits, names: Names, notes: Notes) -> Iterator[Piece]:
    """The texts of a part, in order. What cannot be read is told in `notes`; nothing of it is raised."""
    return chain.from_iterable(read_records(part, limits=limits, names=names, notes=notes))


def read_records(part: Part, *, limits: Limits, names: Names, notes: Notes) -> Iterator[list[Piece]]:
    """The texts of a part, those of a record together; a text that is no record comes piece by piece."""
    try:
        with opened(part.file.path, size=part.file.size, mtime_ns=part.file.mtime_ns) as stream:
            for pieces in _read(stream, part, limits, names, notes):
                if max([len(text) for text, *_ in pieces], default=0) <= limits.block:
                    yield pieces
                else:
                    yield [part for whole in pieces for part in cut(whole, block=limits.block, margin=limits.margin)]
    except Unreadable as error:
        notes.add(error.problem)


def digest_of(part: Part) -> str | None:
    """The SHA-256 of the file; None if it cannot be read, which reading it tells."""
    try:
        with opened(part.file.path, size=part.file.size, mtime_ns=part.file.mtime_ns) as stream:
            return sha256_of(stream)
    except (Unreadable, OSError):
        return None


def parts_of(file: Listed, *, limits: Limits) -> list[Part]:
    """How a file is cut: plain texts and lines by bytes, tables by row groups, everything else not at all.

    A file that cannot be opened, or is not what its name says, stays whole: reading it tells why.
    """
    found, codec = named_format(file.path)
    whole = Part(file, found, codec)
    if file.size <= limits.shard_bytes or codec is not None:
        return [whole]
    try:
        with opened(file.path, size=file.size, mtime_ns=file.mtime_ns) as stream:
            head = stream.read(limits.head_bytes)
            if found is None:
                found, codec = format_of(head)
            if codec is not None:
                return [whole]
            if found is Format.PARQUET:
                return _by_groups(file, row_groups(stream), limits)
    except (Unreadable, OSError):
        return [whole]
    encoding = recognised(head)
    if found not in CUT_BY_BYTES or encoding is None or not encoding.one_byte_ends:
        return [whole]
    starts = range(0, file.size, limits.shard_bytes)
    return [
        Part(file, found, None, start, min(start + limits.shard_bytes, file.size), index, len(starts))
        for index, start in enumerate(starts)
    ]


def _by_groups(file: Listed, rows: list[int], limits: Limits) -> list[Part]:
    """Runs of row groups of about `shard_bytes`."""
    count = min(len(rows), max(1, -(-file.size // limits.shard_bytes)))
    edges = sorted({len(rows) * i // count for i in range(count + 1)}) if count else [0, 0]
    spans = list(pairwise(edges))
    return [
        Part(file, Format.PARQUET, None, start, stop, index, len(spans)) for index, (start, stop) in enumerate(spans)
    ] or [Part(file, Format.PARQUET)]


def _read(stream: BinaryIO, part: Part, limits: Limits, names: Names, notes: Notes) -> Iterator[list[Piece]]:
    if part.file.size == 0:
        return
    found, codec = part.format, part.codec
    if found is None:
        head = stream.read(limits.head_bytes)
        stream.seek(0)
        found, codec = format_of(head)
    if not part.whole and found is Format.TEXT:
        yield from _alone(read_plain_part(stream, part, limits=limits, notes=notes))
    elif not part.whole and found is Format.JSONL:
        yield from read_jsonl_part(stream, part, limits=limits, names=names, notes=notes)
    elif found in SEEKING:
        if codec is not None:
            raise Unreadable(Kind.UNSUPPORTED)
        if found is Format.PDF:
            yield from _alone(read_pdf(stream, size=part.file.size, limits=limits, notes=notes))
        else:
            yield from read_parquet(stream, part, limits=limits, names=names, notes=notes)
    else:
        source: Bytes = stream
        if codec is not None:
            source = Unpacked(stream, codec=codec, size=part.file.size, limits=limits)
        yield from _streamed(source, found, limits, names, notes)


def _streamed(stream: Bytes, found: Format, limits: Limits, names: Names, notes: Notes) -> Iterator[list[Piece]]:
    if found is Format.JSONL:
        yield from read_jsonl(stream, limits=limits, names=names, notes=notes)
    elif found is Format.JSON:
        yield from read_json(stream, limits=limits, names=names, notes=notes)
    elif found is Format.CSV:
        yield from read_csv(stream, limits=limits, names=names, notes=notes)
    elif found is Format.HTML:
        yield from _alone(read_html(stream, limits=limits, notes=notes))
    else:
        yield from _alone(read_plain(stream, limits=limits, notes=notes))


def _alone(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    return ([piece] for piece in pieces)
