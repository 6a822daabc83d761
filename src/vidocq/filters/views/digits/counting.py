"""Digits of somebody who counts: on or back, by ones, twos, fives or tens, from wherever to wherever."""

from collections import Counter
from itertools import pairwise

_LONG = 10
_COUNTED = " ".join(
    "".join(map(str, values))
    for step in (1, 2, 5, 10)
    for first in range(min(step, 2))
    for values in (range(first, 101, step), range(100 - first, -1, -step))
)
_MANY, _SLIPS = 8, 2
"""Numbers from which on it is told that they count; steps that may be others."""


def is_counted(digits: str) -> bool:
    """Read from either end."""
    return len(digits) >= _LONG and (digits in _COUNTED or digits[::-1] in _COUNTED)


def rise_alike(groups: list[str], *, fewest: int, slips: int = 0) -> bool:
    """Whether each number is as much more than the one before as that one is, but for so many."""
    if len(groups) < fewest:
        return False
    steps = Counter(int(b[:9]) - int(a[:9]) for a, b in pairwise(groups))
    (step, times), *_ = steps.most_common(1)
    return step != 0 and times >= len(groups) - 1 - slips


def count(groups: list[str]) -> bool:
    """Whether so many numbers count, even where one was left out or misread."""
    return rise_alike(groups, fewest=_MANY, slips=_SLIPS - 1)
