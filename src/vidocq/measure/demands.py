"""What a statistic demands of its inputs; a refusal says what, where and how to fix."""

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import ConfigurationError, SampleTooSmall, SignalError


def require_share(value: float, *, name: str, where: str) -> None:
    """Raises ConfigurationError unless `value` lies strictly between 0 and 1."""
    if not 0.0 < value < 1.0:
        raise ConfigurationError(
            f"{name} is {value:g}, outside of (0, 1)", where=where, fix=f"give a {name} strictly between 0 and 1"
        )


def require_counts(hits: IntArray | int, n: IntArray | int, *, where: str) -> None:
    """Raises ConfigurationError unless 0 <= hits <= n everywhere."""
    if np.any(np.less(hits, 0)) or np.any(np.greater(hits, n)):
        raise ConfigurationError(
            "a count is negative or exceeds its total", where=where, fix="give counts between 0 and their total"
        )


def require_some(n: IntArray | int, *, what: str, where: str) -> None:
    """Raises SampleTooSmall where a total is zero: no share can be taken of nothing."""
    if np.any(np.less(n, 1)):
        raise SampleTooSmall(f"there are no {what}", where=where, fix=f"give at least one of the {what}")


def require_finite(scores: FloatArray, *, where: str) -> None:
    """Raises SignalError if a score is NaN or infinite."""
    if not np.all(np.isfinite(scores)):
        raise SignalError(
            f"{int(np.sum(~np.isfinite(scores)))} of {scores.size} scores are not finite",
            where=where,
            fix="remove the records that the attack cannot score, and count them",
        )


def require_groups(scores: FloatArray, is_member: BoolArray, *, at_least: int = 1, where: str) -> None:
    """Raises SignalError on scores that are not finite or not one per record, SampleTooSmall on a missing group.

    at_least  how many records each of the two groups must hold.
    """
    if scores.ndim != 1 or scores.shape != is_member.shape:
        raise SignalError(
            f"scores of shape {scores.shape} for records of shape {is_member.shape}",
            where=where,
            fix="give one score per record",
        )
    require_finite(scores, where=where)
    members = int(np.count_nonzero(is_member))
    if min(members, scores.size - members) < at_least:
        raise SampleTooSmall(
            f"{members} members and {scores.size - members} non-members do not make a comparison",
            where=where,
            fix=f"give at least {at_least} of each",
        )
