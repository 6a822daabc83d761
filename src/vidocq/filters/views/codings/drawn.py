"""Digits drawn with signs, over five lines or as a pocket calculator shows them: what a model writes when it is asked for ASCII art."""

import re
from collections.abc import Iterator
from itertools import pairwise

from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.view import View

_FORMS = {
    "0": "###|#.#|#.#|#.#|###",
    "1": ".#.|##.|.#.|.#.|###  #|#|#|#|#  ..#|..#|..#|..#|..#  ##|.#|.#|.#|.#  .#|##|.#|.#|.#",
    "+": "...|.#.|###|.#.|...  .#.|###|.#.",
    "2": "###|..#|###|#..|###",
    "3": "###|..#|###|..#|###  ###|..#|.##|..#|###",
    "4": "#.#|#.#|###|..#|..#",
    "5": "###|#..|###|..#|###",
    "6": "###|#..|###|#.#|###  #..|#..|###|#.#|###",
    "7": "###|..#|..#|..#|..#  ###|..#|.#.|.#.|.#.  ###|..#|.##|..#|..#  ###|..#|..#|.#.|.#.",
    "8": "###|#.#|###|#.#|###",
    "9": "###|#.#|###|..#|###  ###|#.#|###|..#|..#",
}
_DIGIT = {form: digit for digit, forms in _FORMS.items() for form in forms.split("  ")}
_HIGH, _FEWEST, _WIDEST = 5, 8, 5
_DRAWN = re.compile(r"^[ \t]*(?P<ink>[^\w\s])(?:(?P=ink)| )*[ \t]*$")
_BLOCK = re.compile(r"(?:^[ \t]*[^\w\s](?:[^\w\s]| ){8,400}\r?$\n?){5}", re.MULTILINE)


_SEGMENTS = {
    " _ | ||_|": "0", "     |  |": "1", " _  _||_ ": "2", " _  _| _|": "3", "   |_|  |": "4", " _ |_  _|": "5", " _ |_ |_|": "6",
    " _   |  |": "7", " _ |_||_|": "8", " _ |_| _|": "9", " _ |_|  |": "9",
}  # fmt: skip
"""Three lines of three signs, as a pocket calculator shows digits."""
_SHOWN = re.compile(r"(?:^[ _|]{12,160}$\n?){2,3}", re.MULTILINE)
_LOW = 3


def may_stand(text: str) -> bool:
    if text.count("\n") < _LOW - 1:
        return False
    return _BLOCK.search(text) is not None or ("|_" in text and _SHOWN.search(text) is not None)


def digits(text: str) -> Iterator[View]:
    """Each row of at least eight such digits."""
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, line.rstrip("\r")))
        at += len(line) + 1
    for first in range(len(lines) - _LOW + 1):
        shown = lines[first : first + _LOW]
        said = _of_segments([row for _, row in shown]) if all(set(row) <= set(" _|") for _, row in shown) else ""
        if len(said) >= _FEWEST:
            yield rewritten("drawn", [(shown[0][0], shown[-1][0] + len(shown[-1][1]), said)])
    for first in range(len(lines) - _HIGH + 1):
        rows = lines[first : first + _HIGH]
        inks = {found["ink"] for _, row in rows if (found := _DRAWN.match(row)) is not None}
        if len(inks) == 1 and all(_DRAWN.match(row) for _, row in rows):
            said = _read([row for _, row in rows], inks.pop())
            if len(said) >= _FEWEST:
                yield rewritten("drawn", [(rows[0][0], rows[-1][0] + len(rows[-1][1]), said)])


def _of_segments(rows: list[str]) -> str:
    """Digits of three columns each, with one between them or none; "" if anything is no digit."""
    width = max(map(len, rows))
    for step in (4, 3):
        bare = [row.ljust(width + step) for row in rows]
        said = [_SEGMENTS.get("".join(row[at : at + 3] for row in bare)) for at in range(0, width, step)]
        while said and said[-1] is None and not "".join(row[(len(said) - 1) * step :] for row in bare).strip():
            said.pop()
        if said and all(said):
            return "".join(digit for digit in said if digit is not None)
    return ""


def _read(rows: list[str], ink: str) -> str:
    """What is drawn between columns without ink; "" if anything is no digit."""
    width = max(map(len, rows))
    bare = [row.ljust(width) for row in rows]
    inked = [at for at in range(width) if any(row[at] == ink for row in bare)]
    starts = [b for a, b in pairwise([-2, *inked]) if b - a > 1]
    said = ""
    for start in starts:
        end = start
        while end in inked:
            end += 1
        if end - start > _WIDEST:
            return ""
        form = "|".join("".join("#" if sign == ink else "." for sign in row[start:end]) for row in bare)
        if form not in _DIGIT:
            return ""
        said += _DIGIT[form]
    return said
