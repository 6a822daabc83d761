"""Digits said as ordinals: "zeroth, sixth, second", "6e, 2e, 4e"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.digits.labelled import COUNTED
from vidocq.filters.views.view import View

_SAID = {word: str(value) for word, value in COUNTED.items() if value <= 10} | {
    "zeroth": "0", "zéroième": "0", "zeroième": "0", "zéroieme": "0", "unième": "1", "nought": "0", "null": "0", "zéro": "0", "zero": "0",
}  # fmt: skip
_WORD = rf"(?:{'|'.join(sorted(_SAID, key=len, reverse=True))}|[0-9](?:st|nd|rd|th|ère|er|[èe]me|e))(?![^\W_])"
_ROW = re.compile(
    rf"(?<![^\W_]){_WORD}(?:(?>[\s,;|/.>→·-]{{1,4}}(?:(?:puis|then|et|and|ensuite|the|le|la)\s){{0,2}}){_WORD}){{8,40}}+",
    re.IGNORECASE,
)
_ONE = re.compile(_WORD, re.IGNORECASE)
_FEWEST = 6
_KINDS = frozenset(_SAID)


def may_stand(clues: Clues) -> bool:
    return clues.count(_KINDS) >= _FEWEST or (clues.is_numeric and _NUMERIC.search(clues.text) is not None)


_NUMERIC = re.compile(r"(?<!\w)(?:[0-9](?:st|nd|rd|th|er|[èe]me|e)[\s,;/-]{1,3}){4}")


def digits(text: str) -> Iterator[View]:
    """Rows of nine or more that do not count on by one all through."""
    parts = []
    for row in _ROW.finditer(text):
        said = "".join(_digit(one[0].lower()) for one in _ONE.finditer(text, *row.span()))
        if said not in "12345678901234567890":
            parts.append((*row.span(), said))
    if parts:
        yield rewritten("ordinals", parts)


def _digit(word: str) -> str:
    return word[0] if word[0].isdecimal() else _SAID[word][-1]
