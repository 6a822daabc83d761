"""Figures of texts of different lengths, from values (t,) of all their tokens end to end."""

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.token_signals import TokenSignals


def means(values: FloatArray, tokens: TokenSignals) -> FloatArray:
    """(n,) means over each text; an empty text has the least of the others', 0 if all are empty."""
    lengths = tokens.lengths
    return _settled(tokens.per_text(values) / np.maximum(lengths, 1), lengths > 0)


def lowest_mean(values: FloatArray, tokens: TokenSignals, *, share: float) -> FloatArray:
    """(n,) means of the lowest values of each text: a share of them in (0, 1], rounded up. Empty texts as in `means`."""
    start, lengths = tokens.start, tokens.lengths
    kept = np.ceil(share * lengths - 1e-9).astype(np.int64)
    found = np.zeros(len(lengths))
    order = np.argsort(lengths, kind="stable")
    order = order[lengths[order] > 0]
    for rows in _blocks(order, lengths):  # texts of like lengths make a table with little to fill in
        width = int(lengths[rows].max())
        at = start[rows][:, None] + np.arange(width)
        there = np.arange(width) < lengths[rows][:, None]
        table = np.where(there, values[np.where(there, at, 0)], np.inf)
        table.sort(axis=1)
        low = np.arange(width) < kept[rows][:, None]
        found[rows] = np.where(low, table, 0.0).sum(axis=1) / kept[rows]
    return _settled(found, lengths > 0)


def share_of_windows(
    values: FloatArray, tokens: TokenSignals, *, widths: tuple[int, ...], above: float
) -> FloatArray:
    """(n,) shares of the windows of each text whose mean value lies above a bound, averaged over the widths that fit.

    widths  in increasing order. A text shorter than the first is one single window; an empty one has a share of 0.
    """
    lengths = tokens.lengths
    running = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    left = np.repeat(tokens.start[1:], lengths) - np.arange(len(values))  # tokens from here to the end of the text
    total, fit = np.zeros(len(lengths)), np.zeros(len(lengths))
    for width in widths:
        windows = np.maximum(lengths - width + 1, 0)
        if not windows.any():
            break
        votes = np.zeros(len(values), dtype=bool)
        votes[: len(values) - width + 1] = running[width:] - running[:-width] > above * width
        votes &= left >= width
        total += tokens.per_text(votes) / np.maximum(windows, 1)
        fit += windows > 0
    whole = (tokens.per_text(values) > above * lengths).astype(float)
    return np.where(fit > 0, total / np.maximum(fit, 1.0), whole)


CELLS = 1 << 22
"""Of one table of texts."""


def _blocks(order: IntArray, lengths: IntArray) -> list[IntArray]:
    """Texts in order of length, cut so that each part makes a table of bounded size."""
    found, first = [], 0
    while first < len(order):
        last = min(len(order), first + max(1, CELLS // int(lengths[order[first]])))
        while last > first + 1 and (last - first) * int(lengths[order[last - 1]]) > CELLS:
            last = first + max(1, (last - first) // 2)
        found.append(order[first:last])
        first = last
    return found


def _settled(values: FloatArray, heard: BoolArray) -> FloatArray:
    """Nothing was heard of an empty text: it is given no more than the least of the others."""
    if heard.all():
        return values
    return np.where(heard, values, values[heard].min() if heard.any() else 0.0)
