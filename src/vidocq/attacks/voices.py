"""A reference model speaks only about records it was (or was not) trained on; silence is an error."""

import numpy as np

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.errors import SignalError


def require_voices(voices: IntArray, *, at_least: int, attack: str) -> None:
    """Raises SignalError unless each record has `at_least` reference models speaking about it. voices (n,)."""
    short = int((voices < at_least).sum())
    if short:
        raise SignalError(
            f"{short} records have fewer than {at_least} reference models to speak about them",
            where=f"attack '{attack}'",
            fix="train more reference models",
            fr=f"Moins de {at_least} modèles de référence se prononcent sur {short} enregistrements.",
        )


def require_values(signal: FloatArray, *, attack: str) -> None:
    """Raises SignalError unless the signal (n,) is finite throughout, as it is not where only labels are served."""
    unknown = int((~np.isfinite(signal)).sum())
    if unknown:
        raise SignalError(
            f"{unknown} records have no probability to read",
            where=f"attack '{attack}'",
            fix="give the attack probabilities, or leave it out where only labels are served",
            fr=f"{unknown} enregistrements sont sans probabilité lisible.",
        )
