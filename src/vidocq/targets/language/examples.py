"""Texts as rows that a language model is trained on, and which of their tokens it learns to say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vidocq.core.arrays import BoolArray, IntArray
from vidocq.core.errors import ConfigurationError

Layout = Literal["padded", "packed"]
Spans = Sequence[tuple[int, int]]
"""Places in a text, as its characters from and up to."""


@dataclass(frozen=True, eq=False)
class Row:
    """tokens (t,) of one row.   learnt (t,) bool: it is learnt from those before it.   text (t,) whose it is; -1 for nobody's."""

    tokens: IntArray
    learnt: BoolArray
    text: IntArray


@dataclass(frozen=True, eq=False)
class Coverage:
    """tokens (n,) of each text.   learnt (n,) how many of these are learnt in each epoch; what is cut off is not."""

    tokens: IntArray
    learnt: IntArray


def rows_of(
    texts: Sequence[tuple[Sequence[int], BoolArray]],
    *,
    lead: Sequence[int],
    end: int | None,
    length: int,
    layout: Layout,
) -> list[Row]:
    """texts  tokens of each, and (t,) bool, those that are learnt if something stands before them in their row.

    padded  a row a text, cut to `length` tokens.
    packed  the texts one after the other, in rows of `length` tokens: a row may begin within a text, and a token sees
            what stands before it in its row, of whichever text.
    Each text is opened by `lead` and closed by `end`, which is learnt. One without tokens is left out.
    """
    if length < 2:
        raise ConfigurationError(
            "a row holds fewer than two tokens", where="length", fix="give a length of 2 or more"
        )
    dressed = [_dressed(i, *text, lead=lead, end=end) for i, text in enumerate(texts) if len(text[0])]
    if layout == "padded":
        return [_row(row, 0, length) for row in dressed]
    if not dressed:
        return []
    whole = Row(*(np.concatenate([getattr(row, name) for row in dressed]) for name in ("tokens", "learnt", "text")))
    return [_row(whole, first, length) for first in range(0, len(whole.tokens), length)]


def coverage_of(rows: Sequence[Row], lengths: Sequence[int]) -> Coverage:
    """lengths  (n,) tokens of each text."""
    learnt = np.zeros(len(lengths), dtype=np.int64)
    for row in rows:
        np.add.at(learnt, row.text[row.learnt & (row.text >= 0)], 1)
    return Coverage(np.asarray(lengths, dtype=np.int64), learnt)


def heard(offsets: Sequence[tuple[int, int]], silent: Spans) -> BoolArray:
    """(t,) bool: tokens at these places of a text that touch none of its silent ones."""
    found = np.ones(len(offsets), dtype=bool)
    for first, last in silent:
        found &= np.array([stop <= first or start >= last for start, stop in offsets], dtype=bool)
    return found


def steps_of(rows: int, *, batch: int, rng: np.random.Generator) -> Iterator[IntArray]:
    """Places of the rows of each step of an epoch, in an order of its own."""
    order = rng.permutation(rows)
    for first in range(0, rows, batch):
        yield order[first : first + batch]


def _dressed(i: int, tokens: Sequence[int], learnt: BoolArray, *, lead: Sequence[int], end: int | None) -> Row:
    close = [] if end is None else [end]
    return Row(
        np.array([*lead, *tokens, *close], dtype=np.int64),
        np.concatenate([np.zeros(len(lead), dtype=bool), learnt, np.ones(len(close), dtype=bool)]),
        np.array([*[-1] * len(lead), *[i] * len(tokens), *[-1] * len(close)], dtype=np.int64),
    )


def _row(row: Row, first: int, length: int) -> Row:
    part = slice(first, first + length)
    learnt = row.learnt[part].copy()
    learnt[0] = False  # nothing stands before it
    return Row(row.tokens[part], learnt, row.text[part])
