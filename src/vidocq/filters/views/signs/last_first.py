"""Addresses in words of which the last word is said first: "fr dot atelier dash ribolin at morvan dot b"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers import certain
from vidocq.filters.views.signs.domains import ANY
from vidocq.filters.views.view import View, replaced

_DOT = r"dot|point|period|\."
_SIGN = rf"(?:{_DOT}|dash|hyphen|minus|tiret\sbas|bas\stiret|tiret|trait\sd['’]union|moins|underscore|-|_)"
_AT = r"at|arobase|arrobase|arobas|chez|@"
_WORD = r"[^\W_][\w-]{0,40}"
_REVERSED = re.compile(
    rf"(?<![\w@.-])(?:{ANY})\s(?:{_DOT})\s{_WORD}(?:\s{_SIGN}\s{_WORD}){{0,6}}?\s(?:{_AT})\s{_WORD}(?:\s{_SIGN}\s{_WORD}){{0,6}}+",
    re.IGNORECASE,
)
_TOKEN = re.compile(rf"{_SIGN}(?=\s|$)|\S+", re.IGNORECASE)
_MAY = re.compile(rf"(?<![\w@.-])[a-z]{{2,4}}\s(?:dot|point|period|\.)\s.{{1,160}}?\s(?:{_AT})\s", re.IGNORECASE)


def may_stand(text: str) -> bool:
    return _MAY.search(text) is not None


def turned(text: str) -> View | None:
    """Each such address as one writes it."""
    return replaced("last first", text, _addresses(text))


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _REVERSED.finditer(text):
        said = [_sign(token[0]) for token in _TOKEN.finditer(found[0])]
        address = "".join(said[::-1])
        if certain.is_address(address):
            yield found.start(), found.end(), address


def _sign(token: str) -> str:
    low = re.sub(r"\s+", " ", token.lower())
    if re.fullmatch(_DOT, low):
        return "."
    if low in ("tiret bas", "bas tiret", "underscore", "_"):
        return "_"
    if re.fullmatch(_AT, low):
        return "@"
    return "-" if re.fullmatch(_SIGN, low, re.IGNORECASE) else token
