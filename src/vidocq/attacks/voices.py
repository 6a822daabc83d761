"""A reference model speaks only about records it was (or was not) trained on; silence is an error."""

from vidocq.core.arrays import IntArray
from vidocq.core.errors import SignalError


def require_voices(voices: IntArray, *, at_least: int, attack: str) -> None:
    """Raises SignalError unless each record has `at_least` reference models speaking about it. voices (n,)."""
    short = int((voices < at_least).sum())
    if short:
        raise SignalError(
            f"{short} records have fewer than {at_least} reference models to speak about them",
            where=f"attack '{attack}'",
            fix="train more reference models",
        )
