"""Texts of like length go through a model together, no more of them than memory holds."""

from collections.abc import Sequence

import numpy as np

from vidocq.core.arrays import IntArray

MOST_TOKENS = 2048  # more do not go faster on a processor: what is worked on leaves its cache
LOGITS_BYTES = 2**27


def most_tokens(vocabulary: int, *, bytes_held: int = LOGITS_BYTES) -> int:
    """Tokens of one batch: its logits, in float32, stay within `bytes_held`."""
    return int(np.clip(bytes_held // (4 * vocabulary), 1, MOST_TOKENS))


def batches(lengths: Sequence[int], *, tokens: int) -> list[IntArray]:
    """Places of `lengths` in batches, the longest first: rows × the longest of a batch is `tokens` at most, or one row.

    What has no length is in no batch. The same lengths always make the same batches.
    """
    sizes = np.asarray(lengths, dtype=np.int64)
    order = np.argsort(-sizes, kind="stable")
    order = order[sizes[order] > 0]
    found, first = [], 0
    while first < len(order):
        rows = max(1, tokens // int(sizes[order[first]]))
        found.append(order[first : first + rows])
        first += rows
    return found
