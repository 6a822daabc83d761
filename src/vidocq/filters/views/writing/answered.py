"""Pieces that are the answers of a dialogue, however its lines begin: a question, then one word."""

import re

from vidocq.filters.views.view import View, picked

_LINES = re.compile(
    r"^[^\n]{0,80}\?[ \t]*\r?\n[ \t]*(?:[-—–•>*][ \t]*)?(?:(?:[RA]|r[ée]ponse|answer|moi|me)[ \t]?:[ \t]*)?(?P<said>\+?[\w@.+-]{1,40}?)[.!]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST, _NEAR = 2, 4


def joined(text: str) -> View | None:
    """The answers of each dialogue of at least two, one after the other, a dialogue a line."""
    rows: list[list[tuple[int, int]]] = [[]]
    reached = 0
    for found in _LINES.finditer(text):
        if rows[-1] and found.start() - reached > _NEAR:
            rows.append([])
        rows[-1].append(found.span("said"))
        reached = found.end()
    places: list[tuple[int, str]] = []
    for row in rows:
        if len(row) >= _FEWEST:
            places += [(at, text[at]) for start, end in row for at in range(start, end)]
            places.append((row[-1][1] - 1, "\n"))
    if not places:
        return None
    return picked("fragments", places)
