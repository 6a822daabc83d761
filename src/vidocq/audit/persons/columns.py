"""The columns of the user's own files as numbers, so that whatever is found in them bears a name that he knows."""

import numpy as np

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.records import Records

NEAR = 0.1
"""Two numbers are near within this share of their column's standard deviation."""
MOST_WORDS = 50
"""A column of text with more different words than this makes everyone far from everyone: no part of a distance."""


def near_share(records: Records, column: int) -> FloatArray:
    """(n,) share of the records, each itself included, that are near in this column alone.

    For text, equal words; what is missing is near nothing but what is missing.
    """
    values, is_text = _numbers(records, column)
    known = np.isfinite(values)
    share = np.full(len(values), 1.0 - known.mean())
    found = values[known]
    reach = 0.0 if is_text or not len(found) else NEAR * float(found.std())
    order = np.sort(found)
    low = np.searchsorted(order, found - reach, side="left")
    share[known] = (np.searchsorted(order, found + reach, side="right") - low) / len(values)
    return share


def space(records: Records) -> tuple[FloatArray, IntArray]:
    """Records as points, and the column of the file that each coordinate comes from: (n, m) and (m,).

    Numbers in standard deviations, the missing in the middle; a word is one coordinate, such that two different words
    are as far apart as two random numbers.
    """
    parts, owners = [], []
    for column in range(len(records.columns)):
        values, is_text = _numbers(records, column)
        if is_text:
            words = np.unique(values)
            if len(words) <= MOST_WORDS:
                parts.append((values[:, None] == words).astype(np.float64))
                owners.append(np.full(len(words), column))
            continue
        known = np.isfinite(values)
        middle, deviation = (float(values[known].mean()), float(values[known].std())) if known.any() else (0.0, 0.0)
        scaled = (np.where(known, values, middle) - middle) / (deviation or 1.0)
        parts.append(scaled[:, None])
        owners.append(np.array([column]))
    if not parts:
        return np.zeros((len(records), 1)), np.zeros(1, dtype=np.int64)
    return np.hstack(parts), np.concatenate(owners).astype(np.int64)


def _numbers(records: Records, column: int) -> tuple[FloatArray, bool]:
    cells = records.features[:, column]
    if cells.dtype.kind in "OUS" and any(isinstance(cell, str) for cell in cells.tolist()):
        return np.unique(cells.astype(str), return_inverse=True)[1].astype(np.float64), True
    return cells.astype(np.float64), False
