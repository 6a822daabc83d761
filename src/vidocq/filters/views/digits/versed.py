"""One number a line, or a sentence, among other words: a poem of which each verse names a digit."""

import re
from collections.abc import Iterator
from itertools import groupby

from vidocq.filters.views.digits import shapes
from vidocq.filters.views.number_words import TENS, UNITS
from vidocq.filters.views.view import View, apart, replaced

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^\n.!?;]+")
_SAID = {"zéro": 0} | {word: value for word, value in (UNITS | TENS).items() if value < 100}
_WORD = re.compile(r"[^\W_]+(?:-[^\W\d_]+)*|[0-9]+")
_VERSES = "zero zéro un une deux trois quatre cinq six sept huit neuf one two three four five six seven eight nine"
_OF_VERSES = re.compile(rf"(?<![^\W_])(?:{'|'.join(_VERSES.split())})(?![^\W_])", re.IGNORECASE)
_FEWEST, _MOST = 10, 34
_WORDS = 2
"""Words that a verse has at least."""


def said(text: str) -> View | None:
    """Each number that such lines make, on a line of its own."""
    found = [place for pattern in (_LINE, _SENTENCE) for place in _numbers(text, pattern)]
    return replaced("versed", text, apart(found))


def may_stand(text: str) -> bool:
    return len(_OF_VERSES.findall(text)) >= _FEWEST


def _numbers(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    verses = [(line.start(), line.end(), _digit(line[0])) for line in pattern.finditer(text) if line[0].strip()]
    for is_verse, run in groupby(verses, key=lambda verse: verse[2] is not None):
        row = list(run) if is_verse else []
        if len(row) >= _FEWEST:
            yield from _of_row(row)


def _of_row(row: list[tuple[int, int, str | None]]) -> Iterator[tuple[int, int, str]]:
    """All of them, or all but what leads on to them or follows."""
    for first, last in ((0, 0), (1, 0), (0, 1), (1, 1)):
        held = row[first : len(row) - last]
        if _FEWEST <= len(held) <= _MOST:
            written = shapes.number(["".join(digit or "" for _, _, digit in held)], is_listed=True)
            if written is not None:
                yield held[0][0], held[-1][1], f"\n{written}\n"
                return


def _digit(line: str) -> str | None:
    """The one digit that a line names, among other words."""
    words = _WORD.findall(line.lower())
    named = [
        _SAID[word] if word in _SAID else int(word) if word.isdecimal() and len(word) == 1 else None for word in words
    ]
    digits = [value for value in named if value is not None]
    if (
        len(words) < _WORDS
        or len(digits) != 1
        or digits[0] > 9
        or any(word.isdecimal() and len(word) > 1 for word in words)
    ):
        return None
    return str(digits[0])
