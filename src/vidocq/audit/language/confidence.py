"""How sure a language model is of a text as a whole: the signals that every attack on texts reads."""

from collections.abc import Sequence

import numpy as np

from vidocq.attacks.tokens import bounded
from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.errors import SignalError
from vidocq.core.signals import Signals
from vidocq.core.token_signals import TokenSignals
from vidocq.measure.ragged import means


def confidence(tokens: TokenSignals) -> FloatArray:
    """(n,) mean log-probability of a text's tokens, in nats, whatever its length."""
    return means(bounded(tokens), tokens)


def mostly_right(tokens: TokenSignals) -> BoolArray:
    """(n,) more than half of the tokens were the model's first choice."""
    return np.asarray(tokens.per_text(tokens.top) > 0.5 * tokens.lengths)


def text_signals(target: TokenSignals, others: Sequence[TokenSignals], trained_on: BoolArray) -> Signals:
    """Signals of the target and of k reference models on the same n texts; trained_on (k, n).

    Raises SignalError if a reference model did not read the same texts in the same tokens.
    """
    if any(not np.array_equal(other.start, target.start) for other in others):
        raise SignalError(
            "a reference model does not cut the texts into the same tokens as the target",
            where="audit.language",
            fix="train reference models from the target's own base model, with its tokenizer",
        )
    silent = np.empty((0, target.n))
    sure = np.stack([confidence(other) for other in others]) if others else silent
    right = np.stack([mostly_right(other) for other in others]) if others else silent.astype(bool)
    own = confidence(target)
    return Signals(
        own,
        -own,
        mostly_right(target),
        sure,
        -sure,
        right,
        trained_on,
        target_tokens=target,
        reference_tokens=tuple(others) if others else None,
    )


def silent_signals(texts: int) -> Signals:
    """Signals of a model that gives text only: nothing is known of any of the texts."""
    nothing, never = np.full(texts, np.nan), np.empty((0, texts))
    return Signals(
        nothing, nothing, np.zeros(texts, dtype=bool), never, never, never.astype(bool), never.astype(bool)
    )
