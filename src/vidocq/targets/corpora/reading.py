"""A corpus from its file: JSON lines, Parquet, or plain text; bounded, in UTF-8, and never quoted in a message."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from vidocq.core.errors import DataError
from vidocq.targets.corpora.corpus import Corpus
from vidocq.targets.corpora.fields import LONGEST, Fields, Told, told

LARGEST = 8 << 30
MOST = 5_000_000
"""Texts of one file."""
LONGEST_LINE = 16 << 20
ROWS = 256
KINDS = (".jsonl", ".parquet", ".txt")
PLAIN = Fields()


def read_corpus(path: Path, fields: Fields = PLAIN) -> Corpus:
    """The texts of a .jsonl or .parquet file; of a .txt file, where blank lines set texts apart and nobody is named.

    Raises DataError on what cannot be read, with its line or row, or if there is no text.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise DataError(f"files of type '{kind}' hold no corpus", where=path.name, fix=f"use {', '.join(KINDS)}")
    if kind == ".txt" and (fields.person or fields.date):
        raise DataError("plain text names neither persons nor dates", where=path.name, fix="write JSON lines")
    try:
        size = path.stat().st_size
        if not path.is_file() or size > LARGEST:
            raise DataError("this is no file, or one larger than 8 GiB", where=path.name, fix="check the path")
        with path.open("rb") as stream:
            reader = {".jsonl": _lines, ".parquet": _rows, ".txt": _paragraphs}[kind]
            records = list(_bounded(reader(stream, fields, path.name), path.name))
    except OSError as error:
        raise DataError(
            f"the file cannot be read ({type(error).__name__})", where=path.name, fix="check the path"
        ) from None
    if not records:
        raise DataError("the file holds no text", where=path.name, fix="check the path")
    return Corpus(
        tuple(record.text for record in records),
        None if fields.person is None else np.array([record.person for record in records], dtype=np.str_),
        None if fields.date is None else np.array([record.date for record in records], dtype=np.float64),
    )


def _bounded(records: Iterator[Told], where: str) -> Iterator[Told]:
    for count, record in enumerate(records, start=1):
        if count > MOST:
            raise DataError(f"the file holds more than {MOST:,} texts", where=where, fix="give a sample of them")
        yield record


def _lines(stream: BinaryIO, fields: Fields, name: str) -> Iterator[Told]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        where = f"{name}, line {number}"
        if len(line) > LONGEST_LINE:
            raise DataError("a line is longer than 16 MiB", where=where, fix="cut it")
        text = _decoded(line, where).removeprefix("\ufeff")
        if text.strip():
            yield told(_parsed(text, where), fields, where=where)


def _parsed(text: str, where: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(f"a line is no JSON ({type(error).__name__})", where=where, fix="correct it") from None
    return found


def _rows(stream: BinaryIO, fields: Fields, name: str) -> Iterator[Told]:
    import pyarrow as pa  # noqa: PLC0415 - heavy, on use
    import pyarrow.parquet as pq  # noqa: PLC0415

    number = 0
    try:
        file = pq.ParquetFile(stream)
        absent = [field for field in fields.names if field not in file.schema_arrow.names]
        if absent:
            raise DataError(f"there is no column '{absent[0]}'", where=name, fix="name the column that holds it")
        for batch in file.iter_batches(batch_size=ROWS, columns=fields.names, use_threads=False):
            for record in batch.to_pylist():
                number += 1
                yield told(record, fields, where=f"{name}, row {number}")
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise DataError(
            f"the file cannot be read ({type(error).__name__})", where=name, fix="check that the file is whole"
        ) from None


def _paragraphs(stream: BinaryIO, fields: Fields, name: str) -> Iterator[Told]:
    held: list[str] = []
    size = number = first = 0
    while True:
        line = stream.readline(LONGEST_LINE + 1)
        number += 1
        text = _decoded(line, f"{name}, line {number}").removeprefix("\ufeff") if line else ""
        if text.strip():
            first = first or number
            held.append(text)
            size += len(text)
            if size > LONGEST:
                raise DataError(
                    f"a text is longer than {LONGEST:,} characters",
                    where=f"{name}, from line {first}",
                    fix="set texts apart by a blank line",
                )
        elif held:
            yield told({fields.text: "".join(held).strip()}, fields, where=f"{name}, line {first}")
            held, size, first = [], 0, 0
        if not line:
            return


def _decoded(line: bytes, where: str) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise DataError("a line is not in UTF-8", where=where, fix="write the file in UTF-8") from None
