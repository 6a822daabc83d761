"""What an attack on a language model reads of the signals; what was not collected is an error."""

from collections.abc import Callable

import numpy as np

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.errors import SignalError
from vidocq.core.signals import Signals
from vidocq.core.token_signals import TokenSignals

LEAST = -100.0
"""Log of the smallest probability told apart from 0: a server may say minus infinity."""


def of_target(signals: Signals, *, attack: str) -> TokenSignals:
    """Raises SignalError where the model says nothing of single tokens."""
    if signals.target_tokens is None or np.isnan(signals.target_tokens.logprob).any():
        raise SignalError(
            "the model gives no log-probability of each token",
            where=f"attack '{attack}'",
            fix="audit a model, or ask a server, that gives log-probabilities of the tokens of a text",
            fr="Le modèle ne donne pas la log-probabilité de chaque token.",
        )
    return signals.target_tokens


def stand_ins(
    score: Callable[[TokenSignals], FloatArray], signals: Signals, references: IntArray, *, attack: str
) -> FloatArray:
    """(len(references), n): the score of each reference model in the target's place. Raises SignalError as above."""
    others = signals.reference_tokens
    if others is None:
        of_target(signals, attack=attack)
        raise SignalError(
            "the reference models were not asked about single tokens",
            where=f"attack '{attack}'",
            fix="collect the log-probabilities of the reference models too",
            fr="Les modèles de référence n'ont pas été interrogés token par token.",
        )
    return np.stack([score(others[int(k)]) for k in references])


def bounded(tokens: TokenSignals) -> FloatArray:
    """(t,) log-probabilities, finite."""
    return np.maximum(tokens.logprob, LEAST)


def gain(tokens: TokenSignals, *, attack: str) -> FloatArray:
    """(t,) by how much fine-tuning raised the log-probability of each token, in nats.

    Raises SignalError where the base model is not at hand.
    """
    if np.isnan(tokens.base).any():
        raise SignalError(
            "the model that was fine-tuned is not at hand to compare with",
            where=f"attack '{attack}'",
            fix="name the base model, which has the same tokens, with [model] base",
            fr="Le modèle de départ, auquel comparer, n'est pas disponible.",
        )
    return bounded(tokens) - np.maximum(tokens.base, LEAST)
