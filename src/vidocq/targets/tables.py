"""Records from a data file.

Features: one float64 table if every column is made of numbers (booleans become 0 and 1), else an object table that
holds `str` and `float` cells. Labels keep the kind that a model fitted on the same file knows: text stays text,
booleans stay booleans, whole numbers are int64 (also when the file stored them as floats), other numbers float64.
Rows are counted from 1, the row of names left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vidocq.core.errors import DataError
from vidocq.core.records import Records
from vidocq.targets.columns import MAX_BYTES, Column, listed, read_arrays, read_columns, shown

MAX_NAME = 1000  # characters of a label or of a person's id
_WHOLE = 2.0**53


@dataclass(frozen=True, kw_only=True)
class ArrayNames:
    """What the arrays of an .npz file are called.

    features  (n, d) numbers or text, or (n,) structured, which names its columns.
    labels    (n,), used unless an array bears the very name of the label.
    persons   (n,), used if it is there, or if a person column is asked for and no array bears its name.
    columns   (d,) names of the columns, if it is there.
    """

    features: str = "X"
    labels: str = "y"
    persons: str = "person"
    columns: str = "columns"


def read_records(
    path: Path,
    *,
    label: str,
    person: str | None = None,
    array_names: ArrayNames | None = None,
    max_bytes: int = MAX_BYTES,
) -> Records:
    """The records of a .csv, .parquet, .jsonl or .npz file.

    label, person  names of columns; every other column is a feature.
    Raises         DataError as `columns.read_columns`, and if a column asked for is absent, if a value is missing or
                   infinite (column, first row and count are told), or if no feature is left.
    """
    if label == person:
        raise DataError(
            "the same column is named as label and as person", where=path.name, fix="name two different columns"
        )
    if path.suffix.lower() == ".npz":
        return _from_arrays(path, label, person, array_names or ArrayNames(), max_bytes)
    columns = read_columns(path, max_bytes=max_bytes)
    labels = _take(columns, label, "label", path)
    persons = None if person is None else _take(columns, person, "person", path)
    named = {name: column for name, column in columns.items() if name not in (label, person)}
    return _assemble(named, labels, persons, path=path, label=label, named=True, max_bytes=max_bytes)


def require_same_columns(members: Records, non_members: Records) -> Records:
    """The non-members with their columns in the members' order.

    Raises DataError if names are missing, if a column or the label holds text on one side and numbers on the other,
    or if persons are known on one side only.
    """
    where = "data.members and data.non_members"
    missing = {
        "members": [name for name in non_members.columns if name not in members.columns],
        "non_members": [name for name in members.columns if name not in non_members.columns],
    }
    if any(missing.values()):
        told = "; ".join(f"{side} lacks {listed(names)}" for side, names in missing.items() if names)
        raise DataError(
            f"the two files do not have the same columns: {told}", where=where, fix="give the same columns"
        )
    if (members.persons is None) != (non_members.persons is None):
        raise DataError("persons are known in one file only", where=where, fix="name them in both, or in none")
    if _is_text(members.labels) != _is_text(non_members.labels):
        raise DataError(
            "the label is text in one file and a number in the other", where=where, fix="write it the same way"
        )
    order = [non_members.columns.index(name) for name in members.columns]
    ordered = replace(non_members, features=non_members.features[:, order], columns=members.columns)
    at_odds = [
        shown(name, j)
        for j, name in enumerate(members.columns)
        if _holds_text(members.features, j) != _holds_text(ordered.features, j)
    ]
    if at_odds:
        raise DataError(
            "columns hold text in one file and numbers in the other",
            where=f"{where}, column {', '.join(at_odds[:20])}",
            fix="write the two files the same way",
        )
    return ordered


def _is_text(values: Column) -> bool:
    return values.dtype.kind in "UO"


def _holds_text(features: Column, j: int) -> bool:
    return features.dtype == object and len(features) > 0 and isinstance(features[0, j], str)


def _take(columns: Mapping[str, Column], name: str, role: str, path: Path) -> Column:
    if name not in columns:
        hint = "; is the separator a comma?" if len(columns) == 1 and path.suffix.lower() == ".csv" else ""
        raise DataError(
            f"the {role} column '{name}' is not in the file",
            where=path.name,
            fix=f"choose among {listed(columns)}{hint}",
        ) from None
    return columns[name]


def _from_arrays(path: Path, label: str, person: str | None, names: ArrayNames, max_bytes: int) -> Records:
    arrays = read_arrays(path, max_bytes=max_bytes)
    features = _take(arrays, names.features, "features", path)
    labels = arrays[label] if label in arrays else _take(arrays, names.labels, "label", path)
    persons = arrays[person] if person in arrays else arrays.get(names.persons)
    if person is not None and persons is None:
        _take(arrays, person, "person", path)
    columns, named = _array_columns(features, arrays.get(names.columns), path)
    for role, values in (("label", labels), ("person", persons)):
        if values is not None and (values.ndim != 1 or len(values) != len(features)):
            raise DataError(
                f"the {role} array does not hold one value for each record",
                where=path.name,
                fix="give a one-dimensional array as long as the features",
            )
    if label in columns or person in columns:
        raise DataError(
            "the label or the person is among the features",
            where=path.name,
            fix="take that column out of the features",
        )
    return _assemble(
        {name: _plain(column, shown(name, j), path) for j, (name, column) in enumerate(columns.items())},
        _plain(labels, "of the label", path),
        None if persons is None else _plain(persons, "of the person", path),
        path=path,
        label=label,
        named=named,
        max_bytes=max_bytes,
    )


def _array_columns(features: Column, names: Column | None, path: Path) -> tuple[dict[str, Column], bool]:
    """The columns by name, and whether the file named them."""
    if features.ndim == 1 and features.dtype.names:
        return {name: features[name] for name in features.dtype.names}, True
    if features.ndim != 2:
        raise DataError(
            f"the features have {features.ndim} dimensions", where=path.name, fix="give a table: (records, columns)"
        )
    if len(features) == 0:
        raise DataError("the file holds no record", where=path.name, fix="give a file with at least one record")
    if names is None:
        return {f"x{j}": features[:, j] for j in range(features.shape[1])}, False
    given = [str(name) for name in names.ravel()] if names.dtype.kind == "U" else []
    if len(given) != features.shape[1] or len(set(given)) != len(given):
        raise DataError(
            "the names of the columns do not fit the features",
            where=path.name,
            fix="give one distinct text for each column of the features",
        )
    return {name: features[:, j] for j, name in enumerate(given)}, True


def _plain(values: Column, name: str, path: Path) -> Column:
    """An array as one of the kinds of a column (see `columns`)."""
    kind = values.dtype.kind
    if values.ndim == 1 and kind == "b":
        return values
    if values.ndim == 1 and kind in "iu" and values.dtype != np.uint64:
        return values.astype(np.int64)
    if values.ndim == 1 and kind in "uf":
        return values.astype(np.float64)
    if values.ndim == 1 and kind == "U":
        return values.astype(object)
    raise DataError(
        "an array holds neither numbers nor text",
        where=f"{path.name}, column {name}",
        fix="save numbers, booleans or unicode text",
    )


def _assemble(
    columns: Mapping[str, Column],
    labels: Column,
    persons: Column | None,
    *,
    path: Path,
    label: str,
    named: bool,
    max_bytes: int,
) -> Records:
    if not columns:
        raise DataError(
            "no feature is left besides label and person", where=path.name, fix="give at least one feature column"
        )
    for j, (name, column) in enumerate(columns.items()):
        _require_complete(column, shown(name, j), path)
    _require_complete(labels, f"{shown(label, 0)} (label)", path)
    return Records(
        features=_table(columns),
        labels=_labels(labels, path, max_bytes),
        columns=tuple(columns),
        persons=None if persons is None else _persons(persons, path, max_bytes),
        named=named,
    )


def _require_complete(column: Column, name: str, path: Path) -> None:
    if column.dtype == object:
        bad = np.fromiter((value is None for value in column), dtype=np.bool_, count=len(column))
    else:
        bad = ~np.isfinite(column)
    count = int(bad.sum())
    if count == len(column):
        raise DataError(
            "a column holds no value at all", where=f"{path.name}, column {name}", fix="fill it or drop it"
        )
    if count:
        raise DataError(
            f"{count} of {len(column)} values are missing or infinite",
            where=f"{path.name}, column {name}, first at row {int(np.argmax(bad)) + 1}",
            fix="fill them in as they were filled in for training, or drop these records from both files",
        )


def _table(columns: Mapping[str, Column]) -> Column:
    n = len(next(iter(columns.values())))
    text = any(column.dtype == object for column in columns.values())
    table: Column = np.empty((n, len(columns)), dtype=object if text else np.float64)
    for j, column in enumerate(columns.values()):
        if column.dtype == object:
            table[:, j] = column
        else:
            numbers = column.astype(np.float64)
            table[:, j] = numbers.tolist() if text else numbers
    return table


def _labels(labels: Column, path: Path, max_bytes: int) -> Column:
    if labels.dtype == object:
        return _short_text(labels, "label", path, max_bytes)
    if labels.dtype == np.float64 and bool((labels == np.rint(labels)).all()) and np.abs(labels).max() <= _WHOLE:
        return labels.astype(np.int64)
    return labels


def _persons(persons: Column, path: Path, max_bytes: int) -> NDArray[np.str_]:
    """Ids as text; a whole number reads the same whether the file stored it as an integer or as a float."""
    _require_complete(persons, "of the person", path)
    if persons.dtype == np.float64:
        texts = [str(int(value)) if value.is_integer() else repr(value) for value in persons.tolist()]
    else:
        texts = [str(value) for value in persons.tolist()]
    held = np.empty(len(texts), dtype=object)
    held[:] = texts
    return _short_text(held, "person", path, max_bytes)


def _short_text(values: Column, role: str, path: Path, max_bytes: int) -> NDArray[np.str_]:
    lengths = np.fromiter((len(value) for value in values), dtype=np.int64, count=len(values))
    if lengths.max() > MAX_NAME or 4 * int(lengths.max()) * len(values) > max_bytes:
        raise DataError(
            f"a {role} is {int(lengths.max())} characters long, and at most {MAX_NAME} are read",
            where=f"{path.name}, row {int(np.argmax(lengths)) + 1}",
            fix=f"give the {role} a short code",
        )
    return values.astype(np.str_)
