"""What a language model makes of each token of some texts: arrays, and no text."""

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

    def per_text(self, values: FloatArray) -> FloatArray:
        """(n,) sums of (t,) values over each text; 0 for one without tokens."""
        running = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        return np.asarray(running[self.start[1:]] - running[self.start[:-1]])

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
