"""Parts of files: what one worker reads at a time. Plain lines and plain texts are cut by bytes, tables by row groups."""

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    PARQUET = "parquet"
    PDF = "pdf"


SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.TEXT,
    ".log": Format.TEXT,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
    ".pdf": Format.PDF,
}
CODECS = {".gz": "gzip", ".gzip": "gzip", ".zst": "zstd", ".zstd": "zstd"}
CUT_BY_BYTES = frozenset({Format.TEXT, Format.JSONL})
SEEKING = frozenset({Format.PARQUET, Format.PDF})
"""Formats whose readers move about in the file: they are not read from inside a packed one."""


@dataclass(frozen=True)
class Listed:
    """A file that was found.

    path    where it is.   source  what it is called in results.
    size, mtime_ns  as they were when it was listed; another file by the time it is read is told, not read.
    """

    path: str
    source: str
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class Part:
    """Bytes or row groups [start, stop) of a file; `index` of `count` parts.

    format  None until the first bytes told (a name without a known suffix).
    codec   gzip or zstd, where the file is packed.
    """

    file: Listed
    format: Format | None
    codec: str | None = None
    start: int = 0
    stop: int = 0
    index: int = 0
    count: int = 1

    @property
    def whole(self) -> bool:
        return self.count == 1


def named_format(path: str) -> tuple[Format | None, str | None]:
    """The format and the codec that a name announces; None where it says nothing."""
    name = path.rsplit("/", 1)[-1].lower()
    stem, dot, suffix = name.rpartition(".")
    codec = CODECS.get(f".{suffix}") if dot else None
    if codec is not None:
        _, dot, suffix = stem.rpartition(".")
        return (SUFFIXES.get(f".{suffix}") if dot else None) or Format.TEXT, codec
    return SUFFIXES.get(f".{suffix}") if dot else None, None


def format_of(head: bytes) -> tuple[Format, str | None]:
    """The format and the codec that first bytes show; text where they show nothing, which its reader then judges."""
    for mark, found in _MARKS:
        if head.startswith(mark):
            return found
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (Format.HTML if start.startswith((b"<!doctype html", b"<html")) else Format.TEXT), None


_MARKS: tuple[tuple[bytes, tuple[Format, str | None]], ...] = (
    (b"%PDF-", (Format.PDF, None)),
    (b"PAR1", (Format.PARQUET, None)),
    (b"\x1f\x8b\x08", (Format.TEXT, "gzip")),
    (b"\x28\xb5\x2f\xfd", (Format.TEXT, "zstd")),
)
