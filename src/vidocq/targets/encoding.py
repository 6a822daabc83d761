"""Records as the model itself sees them, to find those it cannot tell apart."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import DataError
from vidocq.core.records import Records
from vidocq.targets.digests import six_digits, text_codes
from vidocq.targets.foreign import foreign_code
from vidocq.targets.frames import fitted_names, model_table

MAX_BYTES = 2 * 2**30
_DIGITS = 1_000_000  # below this, an integer survives a rounding to 6 significant digits
_PARTS = 6


def encoded(model: Any, records: Records, *, max_bytes: int = MAX_BYTES) -> FloatArray:
    """(n, e) numbers: equal rows for records that the model cannot tell apart.

    A pipeline's steps but the last are applied; of a search, the best estimator is taken. Otherwise the features are
    taken as they are. Cells of text become integers that depend on the text alone, so that two files agree.
    A sparse table that would take more than `max_bytes` is told by six integers a row, equal for equal rows.
    Raises ModelError if a step fails, DataError if the encoded table is too large.
    """
    estimator = getattr(model, "estimator", model) if hasattr(model, "classes") else model
    estimator = getattr(estimator, "best_estimator_", estimator)
    table: Any = records.features
    if _is_pipeline(estimator) and len(estimator.steps) > 1:
        given = model_table(records, fitted_names(estimator), width=getattr(estimator, "n_features_in_", None))
        with foreign_code(
            "the model's own encoding",
            where=f"targets.encoding, {len(estimator.steps) - 1} steps",
            fix="call model[:-1].transform on the same table to see its message",
        ):
            table = estimator[:-1].transform(given)
    rows, columns = table.shape if np.ndim(table) == 2 or hasattr(table, "tocsr") else (len(table), 1)
    if rows * columns * 8 > max_bytes:
        if hasattr(table, "tocsr"):
            return _sparse_prints(table.tocsr())
        raise DataError(
            f"the encoded table takes {rows * columns * 8 / 2**30:.1f} GiB",
            where=f"targets.encoding, {rows} records, {columns} columns",
            fix="give fewer records",
        )
    if hasattr(table, "toarray"):
        table = table.toarray()
    dense = np.asarray(table)
    return _numbers(dense.reshape(len(dense), -1))


def _is_pipeline(estimator: Any) -> bool:
    return isinstance(getattr(estimator, "steps", None), list) and hasattr(estimator, "__getitem__")


def _numbers(table: NDArray[Any]) -> FloatArray:
    if table.dtype.kind in "biuf":
        return table.astype(np.float64)
    columns: list[FloatArray] = []
    for j in range(table.shape[1]):
        column = table[:, j]
        try:
            columns.append(column.astype(np.float64) if not _has_text(column) else _integers(text_codes(column), 2))
        except (TypeError, ValueError):
            raise DataError(
                "a column holds neither numbers nor text",
                where=f"targets.encoding, column number {j + 1}",
                fix="give numbers or text",
            ) from None
    return np.column_stack([*columns]) if columns else np.empty((len(table), 0))


def _has_text(column: NDArray[Any]) -> bool:
    return column.dtype.kind == "U" or any(isinstance(value, str) for value in column.tolist())


def _integers(codes: NDArray[np.int64], parts: int) -> FloatArray:
    """Each code as several integers that survive rounding."""
    left = codes.view(np.uint64)
    columns = []
    for _ in range(parts):
        left, part = np.divmod(left, np.uint64(_DIGITS))
        columns.append(part.astype(np.float64))
    return np.column_stack(columns)


def _sparse_prints(table: Any) -> FloatArray:
    """(n, 6) integers a row, made from the places and 6 digits of its cells: equal for equal rows."""
    import hashlib  # noqa: PLC0415 - this branch only

    table = table.copy()
    table.sum_duplicates()
    table.eliminate_zeros()
    values = six_digits(np.asarray(table.data, dtype=np.float64))
    places = np.asarray(table.indices, dtype=np.int64)
    prints = np.empty((table.shape[0], _PARTS))
    for i in range(table.shape[0]):
        cells = slice(table.indptr[i], table.indptr[i + 1])
        digest = hashlib.blake2b(places[cells].tobytes() + values[cells].tobytes(), digest_size=16).digest()
        left = int.from_bytes(digest, "little")
        for part in range(_PARTS):
            left, prints[i, part] = divmod(left, _DIGITS)
    return prints
