"""Digits drawn with signs over five lines, three signs wide: what a model writes when it is asked for ASCII art."""

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


def may_stand(text: str) -> bool:
    return text.count("\n") >= _HIGH - 1 and _BLOCK.search(text) is not None


def digits(text: str) -> Iterator[View]:
    """Each row of at least eight such digits."""
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, line.rstrip("\r")))
        at += len(line) + 1
    for first in range(len(lines) - _HIGH + 1):
        rows = lines[first : first + _HIGH]
        inks = {found["ink"] for _, row in rows if (found := _DRAWN.match(row)) is not None}
        if len(inks) == 1 and all(_DRAWN.match(row) for _, row in rows):
            said = _read([row for _, row in rows], inks.pop())
            if len(said) >= _FEWEST:
                yield rewritten("drawn", [(rows[0][0], rows[-1][0] + len(rows[-1][1]), said)])


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
