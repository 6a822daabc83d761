"""How a value is written, so that a reader may see of what kind it was: all that is ever shown of one."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

MOST: Final = 12
"""Shapes told of one measurement."""
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_DIGIT: Final = re.compile(r"\d")


def shape(value: str) -> str:
    """Each digit is 9, each row of letters a, however long; the signs between them stay: `a.a@a.a`, `99 99 99 99 99`."""
    return _LETTERS.sub("a", _DIGIT.sub("9", value))


def shapes_of(values: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The commonest shapes among (category, value), each with its number; longer ones than 200 signs are left out."""
    counted = Counter((category, shape(value)) for category, value in values)
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return [
        {"category": category, "shape": told, "times": times}
        for (category, told), times in ordered
        if len(told) <= 200
    ][:MOST]
