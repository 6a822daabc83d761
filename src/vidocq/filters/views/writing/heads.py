"""Cells under heads that count: "c1,c2,c3" over "5,4,8", or "| Part 1 | Part 2 |" over "| 06 | 12 |"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from vidocq.filters.views.view import View, picked

_LINE = re.compile(r"^[^\n]{5,600}$", re.MULTILINE)
_CELL = re.compile(r"[^,;|\t\n]+")
_COUNT = re.compile(r"(?P<name>[^\W\d_]{0,12})[ ._-]?(?P<count>[0-9]{1,2})")
_RULE = re.compile(r"[\s|:+-]+")
_FEWEST = 5


def may_stand(text: str) -> bool:
    return text.count("\n") > 0 and any(text.count(sign) > 2 * _FEWEST - 2 for sign in ",;|\t")


def under(text: str) -> Iterator[View]:
    """The cells of the row that follows such heads, as one."""
    rows = [line for line in _LINE.finditer(text) if _RULE.fullmatch(line[0]) is None]
    for head, row in pairwise(rows):
        names = [cell.strip(" \"'`*") for cell in _CELL.findall(head[0]) if cell.strip()]
        cells = [cell for cell in _CELL.finditer(text, row.start(), row.end()) if cell[0].strip()]
        if len(names) >= _FEWEST and len(names) == len(cells) and _counts(names):
            yield _joined(text, cells)


def _counts(names: list[str]) -> bool:
    found = [_COUNT.fullmatch(name) for name in names]
    counts = [int(each["count"]) for each in found if each is not None]
    return len(counts) == len(names) and counts == list(range(counts[0], counts[0] + len(counts))) and counts[0] < 2


def _joined(text: str, cells: list[re.Match[str]]) -> View:
    places = [
        at for cell in cells for at in range(*cell.span()) if not text[at].isspace() and text[at] not in "\"'`*"
    ]
    return picked("fragments", [(at, text[at]) for at in places])
