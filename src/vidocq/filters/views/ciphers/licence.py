"""Where a text names the way in which something near it is disguised. What no checksum protects is read only there."""

import re
from collections.abc import Iterable

NEAR = 300
"""Characters between what is disguised and the words that say how."""


def places(text: str, named: re.Pattern[str]) -> list[tuple[int, int]]:
    return [found.span() for found in named.finditer(text)]


def is_near(start: int, end: int, named: Iterable[tuple[int, int]]) -> bool:
    return any(first - end <= NEAR and start - last <= NEAR for first, last in named)
