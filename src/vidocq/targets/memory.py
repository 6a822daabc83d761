"""Records from what a notebook holds: arrays, lists, DataFrames."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from vidocq.core.errors import DataError
from vidocq.core.records import Records


def from_arrays(features: Any, labels: Any, *, persons: Sequence[Any] | None = None, name: str) -> Records:
    """features (n, d) array or DataFrame; labels (n,); persons (n,) or None; name for messages.

    Raises DataError on shapes that do not agree, missing or infinite values; messages quote none of them.
    """
    columns = getattr(features, "columns", None)
    table = np.asarray(features)
    if table.ndim == 1:
        table = table.reshape(-1, 1)
    answer = np.asarray(labels)
    if table.ndim != 2 or answer.ndim != 1 or len(table) != len(answer):
        raise DataError(
            f"{len(table)} records of shape {table.shape} come with labels of shape {answer.shape}",
            where=name,
            fix="give X of shape (n, d) and y of shape (n,)",
        )
    if table.dtype.kind in "biuf":
        table = table.astype(np.float64)
        bad = ~np.isfinite(table)
    else:
        table = table.astype(object)
        bad = np.array([[_missing(v) for v in row] for row in table], dtype=bool).reshape(table.shape)
    _require_whole(bad, name)
    if answer.dtype.kind in "iu":
        answer = answer.astype(np.int64)
    elif answer.dtype.kind == "f":
        _require_whole(~np.isfinite(answer).reshape(-1, 1), f"{name}, labels")
        answer = answer.astype(np.float64)
    elif answer.dtype.kind == "O":
        _require_whole(np.array([[_missing(v)] for v in answer], dtype=bool), f"{name}, labels")
        answer = answer.astype(str)
    ids = None if persons is None else np.asarray([str(p) for p in persons], dtype=np.str_)
    if ids is not None and len(ids) != len(answer):
        raise DataError(f"{len(ids)} persons for {len(answer)} records", where=name, fix="give one id per record")
    names = tuple(map(str, columns)) if columns is not None else tuple(f"x{i}" for i in range(table.shape[1]))
    return Records(table, answer, names, ids, named=columns is not None)


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float | np.floating) and not np.isfinite(value))


def _require_whole(bad: Any, name: str) -> None:
    if bad.any():
        row, column = (int(i) for i in np.argwhere(bad)[0])
        raise DataError(
            f"{int(bad.sum())} values are missing or infinite, the first in column {column}, row {row}",
            where=name,
            fix="fill them, or leave those records out, before training and here alike",
        )
