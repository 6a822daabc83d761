"""Signs of an e-mail address in other words: "(arobase)", "_at_", "chez", "full stop"; its parts apart; letters by their names."""

import re
from collections.abc import Iterator
from dataclasses import replace

from vidocq.filters.views.signs.domains import ANY
from vidocq.filters.views.view import View, apart, replaced

_STRONG = (
    r"(?:(?:signe|caract[èe]re|symbole|le|une?|l'|d'une?|the) ?){0,2}"
    r"(?:ar{1,2}ob+a(?:se|ce|sse|s)?|a[ -]commercial|at[ -]?(?:sign|symbol)|sign at|signe at|escargot|a enroul[ée])(?:,? sans espaces?)?"
)
_OPEN, _SHUT = r"[\[({<*_/|:\"'«~=-]", r"[\])}>*_/|:\"'»~=-]"
_FILL = r"(?:,? ?(?:suivie?|followed) (?:de|d'|par|by) ?)?"
_AFTER = r"(?:,? ?(?:puis|et|then|and)(?= ))?"
_AT = (
    rf"[\s,\[({{<*_/|:\"'«~=-]{{0,3}}{_FILL}[\s\[({{<*_/|:\"'«~=-]{{0,3}}(?P<strong>{_STRONG})\s?{_SHUT}{{0,3}}{_AFTER}\s?"
    rf"|\s{{0,2}}{_OPEN}{{1,3}}\s?(?!(?<=- )a/)(?P<wrapped>at|chez|a|@|ⓐ)\s?{_SHUT}{{1,3}}\s{{0,2}}"
)
_DOT = (
    rf"\s{{0,2}}{_OPEN}{{1,3}}\s?(?P<dot>dot|point|pt|period|full ?stop|punto|punkt|\.)\s?{_SHUT}{{1,3}}\s{{0,2}}"
    r"|\s(?P<stop>full stop|period|punto|punkt)\s(?=[a-z])"
)
_SIGNS = re.compile(rf"{_AT}|{_DOT}", re.IGNORECASE)
_WEAK = re.compile(
    rf"(?<![\w@])(?P<left>[\w.+-]{{3,64}})\s(?:at|chez|@)\s(?P<right>[\w-]{{2,40}}(?:\.[\w-]{{2,40}}){{0,3}}\.(?:{ANY}))(?![\w@])",
    re.IGNORECASE,
)
_LONG = 12
"""Letters from which on a word before "at" may be a name run together, not a word of the sentence."""
_END = re.compile(rf"(?<=[a-z0-9])(?P<space>\s?)(?:dot|point|tod|tniop)(?P=space)(?=(?:{ANY})(?!\w))", re.IGNORECASE)
_PARTS = re.compile(
    r"(?:local[ _-]?part|partie[ _-]locale|locale?|user[ _-]?name|user|utilisateur|identifiant|login|nom d'utilisateur|avant l'arobase|"
    r"before the @)[\"'*]{0,3}\s?[:=]\s?[\"'*`]{0,3}(?P<user>[\w.+-]{2,64})(?P<gap>[^\w@]{1,16})"
    r"(?:domaine?|host|h[ôo]te|serveur|server|provider|fournisseur|apr[èe]s l'arobase|after the @)"
    r"(?P<more>[\"'*]{0,3}\s?[:=]\s?[\"'*`]{0,3}@?)(?=[\w-]{1,40}\.)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:user ?name|utilisateur|identifiant|login|user)\s(?P<left>[\w.+-]{2,64})(?P<at>,? (?:at|on|sur|chez) (?:the |le )?(?:domaine?|host|h[ôo]te|server|serveur) )(?=[\w-]{1,40}\.)",
    re.IGNORECASE,
)
_ALPHABET = [
    "alpha|alfa",
    "bravo",
    "charlie",
    "delta",
    "echo",
    "foxtrot",
    "golf",
    "hotel",
    "india",
    "juliett|juliet|juliette",
    "kilo",
    "lima",
    "mike",
    "november",
    "oscar",
    "papa",
    "quebec",
    "romeo",
    "sierra",
    "tango",
    "uniform",
    "victor",
    "whiskey|whisky",
    "x-ray|xray",
    "yankee",
    "zulu",
]
_LETTER = {word: chr(97 + at) for at, words in enumerate(_ALPHABET) for word in words.split("|")}
_NAMES = "|".join(sorted(_LETTER, key=len, reverse=True))
_ROW = re.compile(
    rf"(?<!\w)(?:{_NAMES})(?:[\s,.-]{{1,3}}(?:{_NAMES}|[0-9]{{1,2}}(?!\w))){{2,60}}+(?!\w)", re.IGNORECASE
)
_ONE = re.compile(rf"(?:{_NAMES})(?!\w)[\s,.-]{{0,3}}", re.IGNORECASE)
_ALONE = re.compile(
    r"(?:(?<=(?<!\w)\w )|(?<=(?<!\w)\w, )|(?<=(?<!\w)\w[,/;|-]))(?:(?P<at>arr?obase?|at|chez)|(?P<dot>point|dot)|"
    r"(?P<low>tiret bas|underscore)|(?P<dash>tiret|dash|hyphen|moins))(?=[ ,/;|-]{1,2}\w(?!\w))",
    re.IGNORECASE,
)
_STRONG_SIGN = re.compile(
    r"ar{1,2}ob|a[ -]commercial|at[ -]?(?:sign|symbol)|escargot|enroul|full stop|period\b|[^\w\s]\s?(?:at|chez|a|@)\s?[^\w\s]|_at_",
    re.IGNORECASE,
)
_ENDS = re.compile(rf"\.(?:{ANY})(?!\w)", re.IGNORECASE)
_PLACES = re.compile(r"domain|h[ôo]te?\b|\bhost|serve|apr[èe]s l'arob|after the @", re.IGNORECASE)
CALLED = frozenset(_LETTER)
"""Names of letters."""
SAID = frozenset(
    ["point", "dot", "tiret", "dash", "hyphen", "moins", "underscore", "period", "stop", "punto", "punkt", "pt"]
)
"""Words for the signs within an address."""


def signs(text: str) -> View | None:
    """Words for the signs, wrapped as one may, as the signs."""
    once = replaced("address", text, apart(_found(text)))
    if once is None:
        return None
    again = replaced("address", once.text, apart(_weak(once.text)))
    return once if again is None else replace(once.then(again), name="address")


def _found(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    if _STRONG_SIGN.search(text) is not None:
        found += _said(text)
    if _ENDS.search(text) is not None:
        found += _weak(text)
    if "@" in text:
        found += _ends(text)
    if _PLACES.search(text) is not None:
        found += _parts(text)
    return found


def spelt(text: str) -> View | None:
    """Signs between letters said one by one, and letters by the names that pilots give them."""
    found = [
        (m.start(), m.end(), "@" if m["at"] else "." if m["dot"] else "_" if m["low"] else "-")
        for m in _ALONE.finditer(text)
    ]
    for row in _ROW.finditer(text):
        found += [
            (m.start(), m.end(), _LETTER.get(_plain(m[0]), m[0])) for m in _ONE.finditer(text, row.start(), row.end())
        ]
    return replaced("spelt", text, apart(found))


def _plain(name: str) -> str:
    return re.sub(r"[\s,.-]+$", "", name).casefold().replace("ı", "i").replace("i\u0307", "i")


def _said(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _SIGNS.finditer(text):
        sign = "@" if found["strong"] or found["wrapped"] else "."
        begin, end = found.span()
        alone = text[begin - 2 : begin - 1].isspace() and text[end + 1 : end + 2].isspace()
        yield begin, end, f" {sign} " if alone else sign


def _weak(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _WEAK.finditer(text):
        left = found["left"]
        if len(left) >= _LONG or re.search(r"[a-z0-9][._-][a-z0-9]|[0-9]", left, re.IGNORECASE):
            yield found.end("left"), found.start("right"), "@"


def _ends(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _END.finditer(text):
        if "@" in text[max(0, found.start() - 64) : found.start()]:
            yield found.start(), found.end(), "."


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _PARTS.finditer(text):
        yield found.end("user"), found.end("more"), "@"
    for found in _NAMED.finditer(text):
        yield found.start("at"), found.end("at"), "@"
