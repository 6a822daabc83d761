"""What a language model makes of each token of some texts: arrays, and no text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class TokenSignals:
    """n texts of t tokens in all; those of text i stand at start[i]:start[i + 1].

    A text's first token, which nothing predicts, is not among them unless the model was given a token before it.

    start    (n + 1,) from 0 to t, never falling.
    logprob  (t,) of the token that stands there, in nats, 0 at most.
    mean     (t,) expectation of the log-probability over the model's own next token; NaN where only `logprob` is served.
    spread   (t,) its standard deviation (both are what Min-K%++ normalises by); NaN as above.
    top      (t,) bool: no token was likelier.
    base     (t,) `logprob` by the base model that was fine-tuned, NaN throughout if it is not at hand.
    bytes    (n,) of each text as UTF-8.   zipped  (n,) bytes of it once compressed by zlib.
    """

    start: IntArray
    logprob: FloatArray
    mean: FloatArray
    spread: FloatArray
    top: BoolArray
    base: FloatArray
    bytes: IntArray
    zipped: IntArray

    @property
    def n(self) -> int:
        return len(self.start) - 1

    @property
    def lengths(self) -> IntArray:
        """(n,) tokens of each text."""
        return np.diff(self.start)

    def per_text(self, values: FloatArray | BoolArray) -> FloatArray:
        """(n,) sums of (t,) values over each text; 0 for one without tokens. The same whatever texts stand around it."""
        found, some = np.zeros(self.n), self.lengths > 0
        if some.any():
            found[some] = np.add.reduceat(values, self.start[:-1][some], dtype=np.float64)
        return found

    @property
    def owner(self) -> IntArray:
        """(t,) which text each token belongs to."""
        return np.repeat(np.arange(self.n), self.lengths)

    def __getitem__(self, rows: Any) -> "TokenSignals":
        """The same signals for some texts, in the order asked."""
        chosen = np.arange(self.n)[rows]
        lengths = self.lengths[chosen]
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        at = np.arange(start[-1]) - np.repeat(start[:-1], lengths) + np.repeat(self.start[:-1][chosen], lengths)
        return TokenSignals(
            start=start,
            **{name: getattr(self, name)[at] for name in ("logprob", "mean", "spread", "top", "base")},
            bytes=self.bytes[chosen],
            zipped=self.zipped[chosen],
        )


def joined(parts: Sequence[TokenSignals]) -> TokenSignals:
    """The texts of all parts, one part after the other; at least one part."""
    lengths = np.concatenate([part.lengths for part in parts])
    names = ("logprob", "mean", "spread", "top", "base", "bytes", "zipped")
    return TokenSignals(
        start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in names},
    )
