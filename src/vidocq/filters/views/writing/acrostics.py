"""First characters of the lines, one after the other, where the text names them or a line is a sign alone."""

import re
import unicodedata
from collections.abc import Iterator

from vidocq.filters.views.signs.domains import ANY
from vidocq.filters.views.view import View, replaced

_TOLD = {
    "at": "@",
    "arobase": "@",
    "arrobase": "@",
    "dot": ".",
    "point": ".",
    "tiret": "-",
    "dash": "-",
    "underscore": "_",
}
_WORD = rf"[(\[{{<]?(?P<told>{'|'.join(_TOLD)})[)\]}}>]?(?=[ \t….,;]*$)"
_SIGN_LINE = r"[@._+-](?=[ \t…]*$)|[(\[{<](?=[a-z]{2,10}[)\]}>][ \t….,;]*$)"
_LINE = rf"[ \t>*-]{{0,4}}(?:[^\W_]|{_SIGN_LINE})[^\n]{{0,90}}\n"
_LINES = re.compile(rf"(?:^{_LINE}){{4,80}}(?:[ \t>*-]{{0,4}}[^\W_][^\n]{{0,90}}$)?", re.MULTILINE | re.IGNORECASE)
_FIRST = re.compile(
    rf"^[ \t>*-]{{0,4}}(?:{_WORD}|(?P<first>[^\W_]|[@._+-](?=[ \t…]*$)))", re.MULTILINE | re.IGNORECASE
)
_NAMED = re.compile(
    r"acrosti|(?:premi[èe]re?s?|1[èe]?res?) (?:lettres?|caract[èe]res?|signes?)|first (?:letters?|characters?)|initiales?\b|initials?\b|d[ée]but de chaque (?:ligne|vers)",
    re.IGNORECASE,
)
_SIGN = re.compile(r"^[ \t>*-]{0,4}(?:@|[(\[{<]?(?:at|arr?obase)[)\]}>]?)[ \t….,;]*$", re.MULTILINE | re.IGNORECASE)
_REST = re.compile(
    rf"[^@\n]{{0,4}}\n{{0,3}}[^\n]{{0,90}}?(?:\bat\b|arr?obase|\bchez\b|@)\s?(?P<domain>[\w-]{{2,40}}(?:(?:\.|\s(?:dot|point)\s)[\w-]{{2,40}}){{0,2}}(?:\.|\s(?:dot|point)\s)(?:{ANY}))(?!\w)",
    re.IGNORECASE,
)
_DOT = re.compile(r"\s(?:dot|point)\s", re.IGNORECASE)
_ENDED = re.compile(rf"@[\w.-]{{2,64}}\.(?:{ANY})", re.IGNORECASE)


def may_stand(text: str) -> bool:
    return text.count("\n") > 4 and (_SIGN.search(text) is not None or _NAMED.search(text) is not None)


def down(text: str) -> View | None:
    """Rows of lines that make an address, or the part of it before a domain that is told behind them, as that address."""
    return replaced("acrostic", text, _addresses(text))


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for lines in _LINES.finditer(text):
        firsts = list(_FIRST.finditer(text, lines.start(), lines.end()))
        said = "".join(_TOLD[first["told"].lower()] if first["told"] else _bare(first["first"]) for first in firsts)
        if _ENDED.search(said) is not None:
            yield lines.start(), lines.end(), said
            continue
        rest = _REST.match(text, lines.end())
        if "@" not in said and rest is not None:
            yield lines.start(), rest.end(), f"{said}@{_DOT.sub('.', rest['domain'])}"


def _bare(sign: str) -> str:
    """A small letter without its accent."""
    return unicodedata.normalize("NFD", sign.lower())[:1]
