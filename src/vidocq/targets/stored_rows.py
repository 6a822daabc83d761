"""Rows of the training table that a fitted model keeps inside, found again bit by bit."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray
from vidocq.core.errors import VidocqError
from vidocq.targets.parts import Table, parts_of

MOST_ROWS = 2_000_000
"""Stored rows looked at in all; a larger model is told to have been looked at in part."""


def kept_rows(model: Any, table: Table) -> tuple[BoolArray, int, bool]:
    """Which rows of the table stand, encoded as the model saw them, among the arrays that the model keeps.

    table    (n, d) as the model is given it.
    Returns  (n,) found; how many rows the model keeps in arrays as wide as its own tables; whether all were looked at.

    A row counts only as a whole, in one array: nearest neighbours, support vectors, Gaussian processes, imputers by
    neighbours, and any estimator that keeps its table under whatever name. Arrays of one column are left out.
    """
    found = np.zeros(_length(table), dtype=bool)
    kept, whole = 0, True
    for part in parts_of(model):
        arrays = list(_tables_in(part.estimator))
        if not arrays:
            continue
        try:
            given = part.given(table)
        except VidocqError:
            whole = False
            continue
        rows = None
        for array in arrays:
            if array.shape[1] != np.shape(given)[1] or array.shape[1] < 2:
                continue
            if kept + array.shape[0] > MOST_ROWS:
                whole = False
                continue
            kept += array.shape[0]
            if rows is None:
                rows = _prints(given)
            if rows is not None and (stored := _prints(array)) is not None:
                found |= np.isin(rows, stored)
    return found, kept, whole


def _tables_in(estimator: Any) -> Iterator[Any]:
    """Two-dimensional arrays of numbers among the attributes, dense or sparse, private ones too."""
    for name, value in sorted(vars(estimator).items()) if hasattr(estimator, "__dict__") else ():
        shape = getattr(value, "shape", None)
        if not isinstance(shape, tuple) or len(shape) != 2 or name in ("coef_", "dual_coef_", "_dual_coef_"):
            continue
        kind = getattr(getattr(value, "dtype", None), "kind", "")
        if kind in "biuf" and (isinstance(value, np.ndarray) or hasattr(value, "tocsr")):
            yield value


def _prints(table: Any) -> np.ndarray[Any, np.dtype[np.void]] | None:
    """(n,) one cell of bytes for each row, equal for rows equal in float32, the width in which some models store.

    None where the table holds text, which no model keeps as it is.
    """
    dense = table.toarray() if hasattr(table, "toarray") else np.asarray(table)
    try:
        with np.errstate(over="ignore"):
            dense = np.ascontiguousarray(dense, dtype=np.float32) + np.float32(0.0)
    except (TypeError, ValueError):
        return None
    return dense.view(np.dtype((np.void, dense.dtype.itemsize * dense.shape[1]))).ravel()


def _length(table: Table) -> int:
    return int(np.shape(table)[0])
