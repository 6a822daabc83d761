"""Rows of the training table that a fitted model keeps inside, found again bit by bit."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray, IntArray
from vidocq.core.errors import VidocqError
from vidocq.targets.parts import Table, fits, parts_of

MOST_ROWS = 2_000_000
"""Stored rows looked at in all; a larger model is told to have been looked at in part."""
_NO_ROWS = frozenset({"coef_", "dual_coef_", "_dual_coef_"})


@dataclass(frozen=True, eq=False)
class View:
    """The records as some parts of a model see them.

    values   (n,) numbers from 0, equal for records that these parts cannot tell apart.
    stored   (n,) bool: the record stands in an array of these parts.
    trained  on how many rows these parts were trained in all; None where one of them does not tell.
    """

    values: IntArray
    stored: BoolArray
    trained: int | None


@dataclass(frozen=True, eq=False)
class KeptRows:
    """What was found of a table inside a model.

    found    (n,) bool.   kept  rows that the model keeps in arrays as wide as its own tables.
    whole    False where a part could not be looked at.
    narrow   True where a part keeps an array of the one column it was given, which is left out.
    places   attributes that held a row of the table, `Class.attribute`, in order.
    views    one for each encoding in which parts that keep rows see the table.
    """

    found: BoolArray
    kept: int
    whole: bool
    narrow: bool
    places: tuple[str, ...]
    views: tuple[View, ...]


def kept_rows(model: Any, table: Table) -> KeptRows:
    """Which rows of the table (n, d), as the model is given it, stand among the arrays that the model keeps.

    A row counts only as a whole, encoded as the part saw it, in one array: nearest neighbours, support vectors, Gaussian
    processes, imputers by neighbours, and any estimator that keeps its table under whatever name. Arrays of one column
    are left out.
    """
    found = np.zeros(_length(table), dtype=bool)
    kept, whole, narrow = 0, True, False
    places: dict[str, None] = {}
    views: dict[bytes, View] = {}
    for part in parts_of(model):
        arrays = list(_tables_in(part.estimator))
        if not arrays:
            continue
        try:
            given = part.given(table)
        except VidocqError:
            whole = False
            continue
        if not fits(part, given):
            whole = False
            continue
        width = np.shape(given)[1]
        narrow |= width == 1 and any(array.shape[1] == 1 and array.shape[0] > 1 for _, array in arrays)
        rows, here, looked = None, np.zeros(len(found), dtype=bool), False
        for name, array in arrays:
            if array.shape[1] != width or width < 2:
                continue
            if kept + array.shape[0] > MOST_ROWS:
                whole = False
                continue
            kept += array.shape[0]
            if rows is None:
                rows = _prints(given)
            if rows is not None and (stored := _prints(array)) is not None:
                looked = True
                equal = np.isin(rows, stored)
                here |= equal
                if equal.any():
                    places[f"{type(part.estimator).__name__}.{name}"] = None
        if rows is not None and looked:
            found |= here
            key = hashlib.sha256(rows.tobytes()).digest()
            views[key] = _joined(views.get(key), rows, here, _trained_on(part.estimator))
    return KeptRows(found, kept, whole, narrow, tuple(places), tuple(views.values()))


def _joined(view: View | None, rows: Any, here: BoolArray, trained: int | None) -> View:
    if view is None:
        _, values = np.unique(rows, return_inverse=True)
        return View(np.asarray(values.ravel(), dtype=np.int64), here, trained)
    total = None if view.trained is None or trained is None else view.trained + trained
    return View(view.values, view.stored | here, total)


def _trained_on(estimator: Any) -> int | None:
    """On how many rows an estimator says it was trained: neighbours, support vectors, Gaussian processes."""
    shape = getattr(estimator, "shape_fit_", None)
    if isinstance(shape, tuple) and shape:
        return int(shape[0])
    count = getattr(estimator, "n_samples_fit_", None)
    if isinstance(count, int | np.integer):
        return int(count)
    table = getattr(estimator, "X_train_", None)
    return int(table.shape[0]) if isinstance(table, np.ndarray) else None


def _tables_in(estimator: Any) -> Iterator[tuple[str, Any]]:
    """Two-dimensional arrays of numbers among the attributes, dense or sparse, private ones too, with their names."""
    for name, value in sorted(vars(estimator).items()) if hasattr(estimator, "__dict__") else ():
        shape = getattr(value, "shape", None)
        if not isinstance(shape, tuple) or len(shape) != 2 or name in _NO_ROWS:
            continue
        kind = getattr(getattr(value, "dtype", None), "kind", "")
        if kind in "biuf" and (isinstance(value, np.ndarray) or hasattr(value, "tocsr")):
            yield name, value


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
