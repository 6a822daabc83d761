"""Digits and letters set apart: by spaces, signs, quotes, line ends, list marks, or a word between them."""

import re

from vidocq.filters.views.view import View, replaced, without

_LINKS = r"puis|ensuite|suivi de|et|then|and|followed by|comma|virgule|espace|space|tiret|dash|slash"
_BETWEEN = rf"(?:[^\w@+]{{1,10}}(?:(?:{_LINKS})[^\w@+]{{1,4}})?)"
_CODE = r"(?:[0-9]{1,14}|[A-Za-z](?![A-Za-z])|FR[0-9]{2})"
_DIGITS = re.compile(rf"(?<![\w+])\+?{_CODE}(?:{_BETWEEN}{_CODE}){{1,40}}(?!\w)", re.IGNORECASE)
_GAP = re.compile(rf"{_BETWEEN}(?=[0-9A-Za-z])", re.IGNORECASE)
FEWEST_DIGITS = 8
_MARK = re.compile(r"^[ \t>]*(?:[0-9]{1,2}[.)\]:]|[-*•–—+])[ \t]+", re.MULTILINE)
_SPACED = re.compile(r"(?<![\w@])[\w@.](?P<gap>[^\w@.]{1,3})(?:[\w@.+-](?P=gap)){4,200}[\w@.](?![\w@])")
_LINES = re.compile(r"[ \t\"'`,+]{0,4}\r?\n[ \t>\"'`]{0,6}(?:[-*•–—] |[0-9]{1,2}[.)] )?[ \t\"'`]{0,3}")
AROUND_SIGN = 80
"""Characters on either side of an @ in which line ends may cut the address."""


def digits(text: str) -> View | None:
    """ "06 - 12\\n34, puis 56 78" read as "0612345678"."""
    runs = (run for run in _DIGITS.finditer(text) if sum(map(str.isdecimal, run[0])) >= FEWEST_DIGITS)
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


def lines(text: str) -> View | None:
    """Line ends near an @ left out, with the quotes and marks around them."""
    signs = [place.start() for place in re.finditer("@", text)]
    if not signs:
        return None
    places = (
        (cut.start(), cut.end(), "")
        for cut in _LINES.finditer(text)
        if any(abs(cut.start() - sign) <= AROUND_SIGN for sign in signs)
    )
    return replaced("lines", text, places)
