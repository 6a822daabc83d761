"""Digits and letters set apart: by spaces, signs, quotes, line ends, list marks, or a word between them."""

import re

from vidocq.filters.views.view import View, replaced, without

_LINKS = r"puis|ensuite|suivi de|et|then|and|followed by|comma|virgule|espace|space|tiret|dash|slash"
_BETWEEN = rf"(?:[^\w@]{{1,10}}(?:(?:{_LINKS})[^\w@]{{1,4}})?)"
_NUMBER = r"(?=[A-Za-z]{0,4}[0-9])[A-Za-z0-9]{1,14}"
_LETTER = r"[A-Za-z](?![A-Za-z0-9])"
_BANK = r"(?-i:[A-Z]{1,4})(?![A-Za-z0-9])"
_FIRST = r"(?<![\w+])(?:\+[^\w+]{0,3})?"
_GAP = re.compile(rf"(?<=\+)[^\w]{{1,3}}(?=[0-9])|(?<=\w){_BETWEEN}(?=[0-9A-Za-z])", re.IGNORECASE)
_RUNS = (
    re.compile(rf"{_FIRST}(?:{_NUMBER})(?:{_BETWEEN}(?:{_NUMBER}|{_LETTER})){{1,60}}(?!\w)", re.IGNORECASE),
    re.compile(rf"{_FIRST}(?:{_NUMBER}|{_BANK})(?:{_BETWEEN}(?:{_NUMBER}|{_BANK}|{_LETTER})){{1,60}}(?!\w)", re.IGNORECASE),
)  # fmt: skip
FEWEST_DIGITS = 8
_MARK = re.compile(
    r"(?:^[ \t>]*|(?<![\w.])(?=1[.)] .{1,80}\n[ \t>]*2[.)]))(?:[0-9]{1,2}[.)\]:]|[-*•–—+])[ \t]+", re.MULTILINE
)
_SPACED = re.compile(r"(?<![\w@])[\w@.+](?P<gap>[^\w@.+]{1,3})(?:[\w@.+-](?P=gap)){4,200}[\w@.](?![\w@])")
_CUT = re.compile(
    r"[\"'`]?[ \t]{0,4}(?:[|,+;]|\r?\n)[ \t>]{0,6}(?:(?:[-*•–—]|[0-9]{1,2}[.)])[ \t]{1,3})?[\"'`]?(?=[\w@.+-])"
)
AROUND_SIGN = 80
"""Characters on either side of an @ in which cuts through the address are mended."""


def numbers(text: str) -> View | None:
    """ "06 - 12\\n34, puis 56 78" read as "0612345678"; single letters among the digits stay with them."""
    return _joined(text, _RUNS[0])


def codes(text: str) -> View | None:
    """The same with short words in capitals, as in "NL 13 ABNA 3315"."""
    return _joined(text, _RUNS[1])


def _joined(text: str, pattern: re.Pattern[str]) -> View | None:
    runs = (run for run in pattern.finditer(text) if sum(map(str.isdecimal, run[0])) >= FEWEST_DIGITS)
    return without("joined", text, runs, _GAP)


def unlisted(text: str) -> View | None:
    """Lines without the marks or numbers of a list."""
    return replaced("unlisted", text, ((mark.start(), mark.end(), "") for mark in _MARK.finditer(text)))


def letters(text: str) -> View | None:
    """ "j-e-a-n-@-…" read as one word."""
    places = (
        (at, at + len(run["gap"]), "")
        for run in _SPACED.finditer(text)
        for at in range(run.start() + 1, run.end() - 1, 1 + len(run["gap"]))
    )
    return replaced("spaced", text, places)


def pieces(text: str) -> View | None:
    """Line ends, cells, quotes and list marks near an @ left out."""
    signs = [place.start() for place in re.finditer("@", text)]
    if not signs:
        return None
    places = (
        (cut.start(), cut.end(), "")
        for cut in _CUT.finditer(text)
        if any(abs(cut.start() - sign) <= AROUND_SIGN for sign in signs)
    )
    return replaced("pieces", text, places)
