"""Draws members and a hold-out before training, whole persons on one side, and registers the draw.

A split that chance made is what lets an audit read a difference between the two sides as the model's doing.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vidocq.core.canonical import sha256
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.files import write_atomic
from vidocq.core.seeds import Seeds
from vidocq.dossier.file.records import require_known_records, write_records
from vidocq.dossier.ledger import Ledger

KIND = "data.split"
LARGEST = 4 << 30


@dataclass(frozen=True)
class Split:
    """Where the two sides were written, how many records and persons each has, and the hash of their bytes."""

    members: Path
    non_members: Path
    records: tuple[int, int]
    persons: tuple[int, int]
    hashes: tuple[str, str]


def split_table(
    table: Path, out: Path, *, person: str | None, share: float, seed: int, ledger: Ledger | None
) -> Split:
    """Writes members and non_members beside each other in `out`, in the format of `table`.

    share   of the persons that become members, in (0, 1); records with no person column are persons.
    Raises  DataError on a table that cannot be read, ConfigurationError if a side would be empty.
    """
    if not 0 < share < 1:
        raise ConfigurationError("the share must lie between 0 and 1", where="--share", fix="0.5 is a good choice")
    if not table.is_file():
        raise DataError("the table does not exist", where=table.name, fix="check the path")
    if table.stat().st_size > LARGEST:
        raise DataError("the table is larger than 4 GiB", where=table.name, fix="split it by other means")
    if ledger is not None:
        require_known_records(ledger)
    whole = _read(table, person)
    names, index = np.unique(whole.persons, return_inverse=True)
    chosen = Seeds(seed).generator("split").permutation(len(names))[: round(share * len(names))]
    is_member = np.isin(index, chosen)
    if is_member.all() or not is_member.any():
        raise ConfigurationError(
            "one side would have nobody", where="--share", fix="choose another share, or give more persons"
        )
    paths = out / f"members{table.suffix}", out / f"non_members{table.suffix}"
    contents = whole.part(is_member), whole.part(~is_member)
    for path, content in zip(paths, contents, strict=True):
        write_atomic(path, content, mode=0o600)
    result = Split(
        *paths,
        records=(int(is_member.sum()), int((~is_member).sum())),
        persons=(len(chosen), len(names) - len(chosen)),
        hashes=(sha256(contents[0]), sha256(contents[1])),
    )
    if ledger is not None:
        registered = {
            "members": result.hashes[0],
            "non_members": result.hashes[1],
            "share": share,
            "seed": seed,
            "persons": list(result.persons),
        }
        write_records(ledger, lambda transaction: transaction.append(KIND, registered))
    return result


def was_drawn(ledger: Ledger, *, members: str, non_members: str) -> bool:
    """Whether this ledger registered the draw of these two files, by the hash of their bytes."""
    return any(
        entry.data.get("members") == members and entry.data.get("non_members") == non_members
        for entry in ledger.entries(KIND)
    )


def rows_of_table(table: Path, chosen: NDArray[np.bool_]) -> bytes:
    """The records of a mask (n,), in the table's own format. Raises DataError on a table that cannot be read."""
    return _read(table, None).part(chosen)


def _read(table: Path, person: str | None) -> "_Whole":
    readers = {".csv": _csv, ".jsonl": _jsonl, ".parquet": _parquet, ".npz": _npz}
    if table.suffix not in readers:
        raise DataError(
            f"files of type '{table.suffix}' cannot be split", where=table.name, fix="use " + ", ".join(readers)
        )
    return readers[table.suffix](table, person)


@dataclass(frozen=True, eq=False)
class _Whole:
    """persons (n,) of each record; `part` writes the records of a mask (n,) in the table's own format."""

    persons: NDArray[np.str_]
    part: Callable[[NDArray[np.bool_]], bytes]


def _csv(table: Path, person: str | None) -> _Whole:
    """Cells are written back as they were read, quoted only where they need it."""
    try:
        with table.open(newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.reader(stream, strict=True))
    except (csv.Error, UnicodeDecodeError) as reason:
        raise _unreadable(table, reason) from None
    if len(rows) < 2:
        raise DataError("the table has no record", where=table.name, fix="give a header and at least two records")
    head, body = rows[0], [row for row in rows[1:] if row]
    if any(len(row) != len(head) for row in body):
        line = next(i for i, row in enumerate(body) if len(row) != len(head)) + 2
        raise DataError(f"line {line} has not as many cells as the header", where=table.name, fix="correct that line")
    column = _place(head, person, table)

    def part(chosen: NDArray[np.bool_]) -> bytes:
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(row for row, keep in zip(body, chosen, strict=True) if keep)
        return stream.getvalue().encode("utf-8")

    return _Whole(_named([row[column] for row in body] if column is not None else None, len(body)), part)


def _jsonl(table: Path, person: str | None) -> _Whole:
    try:
        lines = [line for line in table.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
        records = [json.loads(line) for line in lines] if person is not None else []
        persons = [str(record[person]) for record in records]
    except (ValueError, TypeError, RecursionError) as reason:
        raise _unreadable(table, reason) from None
    except KeyError:
        raise DataError("a record has no such person field", where=table.name, fix="check --person") from None

    def part(chosen: NDArray[np.bool_]) -> bytes:
        return "".join(f"{line}\n" for line, keep in zip(lines, chosen, strict=True) if keep).encode("utf-8")

    return _Whole(_named(persons if person is not None else None, len(lines)), part)


def _parquet(table: Path, person: str | None) -> _Whole:
    import pyarrow as pa  # noqa: PLC0415 - heavy, on use
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        whole = pq.read_table(table)
    except (pa.ArrowException, OSError) as reason:
        raise _unreadable(table, reason) from None
    column = _place(whole.column_names, person, table)

    def part(chosen: NDArray[np.bool_]) -> bytes:
        stream = io.BytesIO()
        pq.write_table(whole.filter(pa.array(chosen)), stream)
        return stream.getvalue()

    cells = None if column is None else [str(cell) for cell in whole.column(column).to_pylist()]
    return _Whole(_named(cells, whole.num_rows), part)


def _npz(table: Path, person: str | None) -> _Whole:
    try:
        with np.load(table, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as reason:
        raise _unreadable(table, reason) from None
    wanted = "y" if person is None else person
    if wanted not in arrays:
        raise DataError(
            f"there is no array '{wanted}'", where=table.name, fix=f"the file holds: {', '.join(sorted(arrays))}"
        )
    count = len(arrays[wanted])

    def part(chosen: NDArray[np.bool_]) -> bytes:
        stream = io.BytesIO()
        kept = {name: a[chosen] if name != "columns" and a.shape[:1] == (count,) else a for name, a in arrays.items()}
        np.savez(stream, allow_pickle=False, **kept)
        return stream.getvalue()

    cells = None if person is None else [str(cell) for cell in arrays[wanted].tolist()]
    return _Whole(_named(cells, count), part)


def _named(cells: list[str] | None, count: int) -> NDArray[np.str_]:
    return np.array([f"{i:012d}" for i in range(count)] if cells is None else cells, dtype=np.str_)


def _place(columns: Sequence[str], person: str | None, table: Path) -> int | None:
    if person is None:
        return None
    if person not in columns:
        raise DataError(
            f"there is no column '{person}'", where=table.name, fix=f"the columns are: {', '.join(columns)}"
        )
    return list(columns).index(person)


def _unreadable(table: Path, reason: Exception) -> DataError:
    return DataError(
        f"the table cannot be read ({type(reason).__name__})", where=table.name, fix="check that the file is whole"
    )
