"""Texts in the columns of Parquet files: strings, long whole numbers, and both inside lists, structures and maps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from vidocq.targets.texts.fields import fields_of
from vidocq.targets.texts.limits import Limits
from vidocq.targets.texts.names import Names
from vidocq.targets.texts.opening import reading
from vidocq.targets.texts.parts import Part
from vidocq.targets.texts.pieces import Notes, Piece
from vidocq.targets.texts.problems import Kind, Unreadable

ROWS = 256
MOST_COLUMNS = 10_000


def row_groups(stream: BinaryIO) -> list[int]:
    """Rows of each row group. Raises Unreadable if the file is damaged."""
    with _arrow():
        metadata = _opened(stream).metadata
        return [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)]


def read_parquet(
    stream: BinaryIO, part: Part, *, limits: Limits, names: Names, notes: Notes
) -> Iterator[list[Piece]]:
    """Row groups [start, stop) of the file, all of them if the part is the whole; rows are numbered from 1.

    A column of bytes is read where its values are UTF-8, and told where one is not. A few rows are held at a time;
    what a dictionary repeats is held once.
    """
    with _arrow():
        file = _opened(stream)
        metadata = file.metadata
        if metadata.num_columns > MOST_COLUMNS:
            raise Unreadable(Kind.TOO_LARGE)
        stop = metadata.num_row_groups if part.whole else part.stop
        before = sum(metadata.row_group(i).num_rows for i in range(part.start))
    told: set[str] = set()
    for group in range(part.start, stop):
        rows = _rows(file, group, limits)
        while True:
            with _arrow():
                row = next(rows, None)
            if row is None:
                break
            before += 1
            notes.records += 1
            for name in _undecoded(row):
                if name not in told:
                    told.add(name)
                    notes.tell(Kind.UNSUPPORTED, record=before)
            if _size(row) > limits.record_bytes:
                notes.tell(Kind.TOO_LONG, record=before)
                continue
            pieces = fields_of(row, record=before, names=names)
            notes.characters += sum([len(text) for text, *_ in pieces])
            yield pieces


@contextmanager
def _arrow() -> Iterator[None]:
    """Turns what Arrow says of a damaged file into Unreadable."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, on use

    try:
        with reading():
            yield
    except pa.ArrowException as error:
        raise Unreadable(Kind.DAMAGED, error=type(error).__name__) from None


def _opened(stream: BinaryIO, **options: Any) -> Any:
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy, on use

    return pq.ParquetFile(stream, pre_buffer=False, buffer_size=2**20, **options)


def _rows(file: Any, group: int, limits: Limits) -> Iterator[dict[str, Any]]:
    metadata = file.metadata.row_group(group)
    columns = [metadata.column(i) for i in range(metadata.num_columns)]
    unpacked = sum(column.total_uncompressed_size for column in columns)
    packed = sum(column.total_compressed_size for column in columns)
    if unpacked > limits.unpacked_bytes or (
        unpacked > limits.ratio_from and unpacked > limits.ratio * max(1, packed)
    ):
        raise Unreadable(Kind.BOMB)
    chosen = [field.name for field in file.schema_arrow if _has_text(field.type)]
    if not chosen:
        yield from ({} for _ in range(metadata.num_rows))
        return
    for batch in file.iter_batches(batch_size=ROWS, row_groups=[group], columns=chosen, use_threads=False):
        held = [(field.name, _values(batch.column(i))) for i, field in enumerate(batch.schema)]
        for i in range(batch.num_rows):
            yield {name: values[i] for name, values in held}


def _values(column: Any) -> Any:
    return [_plain(value) for value in column.to_pylist()]


def _plain(value: Any) -> Any:
    """Pairs of a map as an object, bytes as text where they are UTF-8."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value
    if isinstance(value, dict):
        return {str(key): _plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_plain(below) for below in value]
    if isinstance(value, tuple):
        return [_plain(below) for below in value]
    return value


def _undecoded(row: dict[str, Any]) -> Iterator[str]:
    for name, value in row.items():
        waiting = [value]
        while waiting:
            found = waiting.pop()
            if isinstance(found, bytes):
                yield name
                break
            if isinstance(found, dict):
                waiting.extend(found.values())
            elif isinstance(found, list):
                waiting.extend(found)


def _size(value: Any) -> int:
    total, waiting = 0, [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            total += len(found)
        elif isinstance(found, dict):
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)
    return total


def _has_text(kind: Any) -> bool:
    import pyarrow.types as of  # noqa: PLC0415

    if of.is_dictionary(kind):
        return _has_text(kind.value_type)
    if of.is_nested(kind):
        return any(_has_text(kind.field(i).type) for i in range(kind.num_fields))
    text = of.is_string(kind) or of.is_large_string(kind) or of.is_string_view(kind)
    return bool(text or of.is_binary(kind) or of.is_large_binary(kind) or of.is_int64(kind) or of.is_uint64(kind))
