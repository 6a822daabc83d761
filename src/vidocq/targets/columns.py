"""A data file as named columns, before anyone decides which is the label.

A column is a 1-D array: bool, int64, float64 (NaN where a value is missing), or object holding `str` (None where a
text is missing). Dates written as text stay text; nested values and bytes are refused. No message shows a value.
"""

import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.errors import DataError

Column = NDArray[Any]

MAX_BYTES = 4 * 2**30
MAX_ROW_BYTES = 16 * 2**20
READABLE = (".csv", ".parquet", ".npz", ".jsonl")
_NAMES_SHOWN = 20


def read_columns(path: Path, *, max_bytes: int = MAX_BYTES) -> dict[str, Column]:
    """The columns of a .csv, .parquet or .jsonl file, in its order.

    csv      comma-separated UTF-8 with a row of names. An unquoted empty cell, NA, NaN, null and their like are
             missing, as pandas reads them; "NA" in quotes is text. A row holds at most `MAX_ROW_BYTES`.
    parquet  a row index that pandas stored is left out, unless it bears a name.
    jsonl    one flat object a line; an absent key is a missing value.
    Raises   DataError if the file is absent, of another kind, empty, corrupt, nested, or larger than `max_bytes`
             (on disk, or as a table of 8-byte cells).
    """
    suffix = require_readable(path, max_bytes=max_bytes)
    if suffix == ".npz":
        raise DataError(
            "an .npz file holds arrays, not columns", where=path.name, fix="read it as arrays, or give a table"
        )
    table = {".csv": _csv_table, ".parquet": _parquet_table, ".jsonl": _jsonl_table}[suffix](path, max_bytes)
    _require_names(table.column_names, path)
    if table.num_rows == 0:
        raise DataError("the file holds no record", where=path.name, fix="give a file with at least one record")
    _require_size(table.num_rows, table.num_columns, path, max_bytes)
    return {name: _from_arrow(table.column(i), shown(name, i), path) for i, name in enumerate(table.column_names)}


def read_arrays(path: Path, *, max_bytes: int = MAX_BYTES) -> dict[str, NDArray[Any]]:
    """The arrays of an .npz file, never unpickled. Raises DataError as `read_columns` does."""
    require_readable(path, max_bytes=max_bytes)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > max_bytes:
            raise _too_large(unpacked, path, max_bytes)
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError, EOFError, KeyError, MemoryError, RuntimeError) as error:
        raise _corrupt(path, error) from None
    except (zipfile.BadZipFile, zlib.error) as error:
        raise _corrupt(path, error) from None


def require_readable(path: Path, *, max_bytes: int = MAX_BYTES) -> str:
    """The suffix, in lower case, of a file that is there, of a known kind, not empty and not too large."""
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise DataError(
            f"'{suffix}' is not a kind of data file that is read",
            where=path.name,
            fix=f"give one of: {', '.join(READABLE)}",
        )
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise DataError(
            f"the data file cannot be opened ({type(error).__name__})",
            where=path.name,
            fix="check the path, which is relative to the configuration, and the permissions",
        ) from None
    if size == 0:
        raise DataError("the data file is empty", where=path.name, fix="write the file again")
    if size > max_bytes:
        raise _too_large(size, path, max_bytes)
    return suffix


def shown(name: str, position: int) -> str:
    """A column as messages call it. A name that may be a value (the file had no row of names) is not repeated."""
    if re.fullmatch(r"[^\W\d][\w .:/()%+-]{0,59}", name) and not re.search(r"\d{4,}", name):
        return f"'{name}'"
    return f"number {position + 1}"


def listed(names: Mapping[str, Any] | list[str] | tuple[str, ...]) -> str:
    """The columns that are there, for a message; at most twenty."""
    if any(re.fullmatch(r"[+-]?[\d.,eE+-]+", name) for name in names):  # a number is no name: no row of names, then
        every = [f"number {i + 1}" for i in range(len(names))]
    else:
        every = [shown(name, i) for i, name in enumerate(names)]
    rest = f" and {len(every) - _NAMES_SHOWN} more" if len(every) > _NAMES_SHOWN else ""
    return ", ".join(every[:_NAMES_SHOWN]) + rest


def _too_large(size: int, path: Path, max_bytes: int) -> DataError:
    return DataError(
        f"the data take {size / 2**30:.1f} GiB, and at most {max_bytes / 2**30:.1f} are read",
        where=path.name,
        fix="give a random sample of the records",
    )


def _corrupt(path: Path, error: BaseException, row: int | None = None) -> DataError:
    return DataError(
        f"the file is not readable as {path.suffix.lower()} ({type(error).__name__})",
        where=path.name if row is None else f"{path.name}, row {row}",
        fix="write the file again; in a table every row has the same columns, and text is UTF-8",
    )


def _require_size(rows: int, columns: int, path: Path, max_bytes: int) -> None:
    if rows * columns * 8 > max_bytes:
        raise _too_large(rows * columns * 8, path, max_bytes)


def _require_names(names: list[str], path: Path) -> None:
    for i, name in enumerate(names):
        if not name:
            raise DataError(
                "a column has no name; it is often a row index that was saved by mistake",
                where=f"{path.name}, column number {i + 1}",
                fix="name it, or save without the index (pandas: index=False)",
            )
        if name in names[:i]:
            raise DataError(
                "two columns have the same name",
                where=f"{path.name}, columns number {names.index(name) + 1} and {i + 1}",
                fix="rename one of them",
            )


def _csv_table(path: Path, max_bytes: int) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - on use: keeps the import of the room light
    from pyarrow import csv  # noqa: PLC0415

    broken: list[int | None] = []

    def remember(row: Any) -> str:
        broken.append(row.number)
        return "error"

    def read(as_text: list[str]) -> Any:
        return csv.read_csv(
            path,
            read_options=csv.ReadOptions(use_threads=False, block_size=MAX_ROW_BYTES),
            parse_options=csv.ParseOptions(newlines_in_values=True, invalid_row_handler=remember),
            convert_options=csv.ConvertOptions(
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                column_types=dict.fromkeys(as_text, pa.string()),
            ),
        )

    try:
        table = read([])
        _ = table.column_names  # decoded only now: names in another encoding than UTF-8 fail here
        dates = [field.name for field in table.schema if pa.types.is_temporal(field.type)]
        return read(dates) if dates else table
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        number = broken[0] - 1 if broken and broken[0] is not None else None  # the row of names is not counted
        raise _corrupt(path, error, number) from None


def _parquet_table(path: Path, max_bytes: int) -> Any:
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        with parquet.ParquetFile(path) as file:
            about = file.metadata
            _require_size(about.num_rows, about.num_columns, path, max_bytes)
            unpacked = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
            if unpacked > max_bytes:
                raise _too_large(unpacked, path, max_bytes)
            table = file.read(use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _corrupt(path, error) from None
    index = (table.schema.pandas_metadata or {}).get("index_columns", [])
    unnamed = [name for name in index if isinstance(name, str) and re.fullmatch(r"__index_level_\d+__", name)]
    return table.drop_columns([name for name in unnamed if name in table.column_names])


def _jsonl_table(path: Path, max_bytes: int) -> Any:
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import json as arrow_json  # noqa: PLC0415

    def read(as_text: list[str]) -> Any:
        return arrow_json.read_json(
            path,
            read_options=arrow_json.ReadOptions(use_threads=False, block_size=MAX_ROW_BYTES),
            parse_options=arrow_json.ParseOptions(
                explicit_schema=pa.schema([(name, pa.string()) for name in as_text]) if as_text else None
            ),
        )

    try:
        table = read([])
        _ = table.column_names  # decoded only now: names in another encoding than UTF-8 fail here
        dates = [field.name for field in table.schema if pa.types.is_temporal(field.type)]
        if dates:
            order = table.column_names
            table = read(dates).select(order)
        return table
    except (pa.ArrowException, OSError) as error:
        raise _corrupt(path, error, _first_broken_line(path)) from None


def _first_broken_line(path: Path) -> int | None:
    """The first line that is not a JSON object, counted from 1; None if each one is (a column then changes kind)."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    if line.strip() and not isinstance(json.loads(line), dict):
                        return number
                except (ValueError, RecursionError):
                    return number
    except (OSError, UnicodeDecodeError):
        return None
    return None


def _from_arrow(column: Any, name: str, path: Path) -> Column:
    import pyarrow as pa  # noqa: PLC0415

    kind = column.type
    if pa.types.is_dictionary(kind):
        return _from_arrow(column.cast(kind.value_type), name, path)
    if pa.types.is_null(kind) or column.null_count == len(column):
        raise DataError(
            "a column holds no value at all", where=f"{path.name}, column {name}", fix="fill it or drop it"
        )
    if pa.types.is_boolean(kind) and column.null_count == 0:
        return np.asarray(column.to_numpy(), dtype=np.bool_)
    if pa.types.is_integer(kind) and column.null_count == 0 and not pa.types.is_uint64(kind):
        return np.asarray(column.to_numpy(), dtype=np.int64)
    if pa.types.is_boolean(kind):
        return np.asarray(column.cast(pa.int8()).cast(pa.float64()).to_numpy(), dtype=np.float64)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return np.asarray(column.cast(pa.float64(), safe=False).to_numpy(), dtype=np.float64)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        texts = np.empty(len(column), dtype=object)
        texts[:] = column.to_pylist()
        return texts
    what = {
        "dates": pa.types.is_temporal(kind),
        "text that is not UTF-8, or binary data": pa.types.is_binary(kind) or pa.types.is_large_binary(kind),
    }
    held = next((words for words, fits in what.items() if fits), "nested values")
    raise DataError(
        f"a column holds {held}",
        where=f"{path.name}, column {name}",
        fix="make it numbers or UTF-8 text, as the model reads it, or drop it",
    )
