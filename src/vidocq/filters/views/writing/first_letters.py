"""Addresses spelt by the first letters of a row of words: "lake urn copper ink ember (dot) … (at) sugar … (dot) north ember tiger"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from vidocq.filters.views.clues import Clues
from vidocq.filters.views.signs.domains import ANY, ENDS
from vidocq.filters.views.view import View, apart, replaced

_SIGNS = {
    word: sign
    for sign, words in {
        "@": "@|at|arobase|arrobase|arobas|arobaze|arrobas|a commercial|at sign|signe at|a",
        ".": ".|dot|point|period|pt|full stop",
        "-": "-|dash|tiret|hyphen|minus|moins|trait d'union|trait d’union",
        "_": "_|underscore|tiret bas|tiret du bas|souligné",
        "+": "+|plus",
    }.items()
    for word in words.split("|")
}
_AROBASE = frozenset("arobase arrobase arobas arobaze arrobas".split())  # noqa: SIM905
_AT = _AROBASE | {"at", "commercial"}
_DOT = frozenset("dot point period pt stop".split())  # noqa: SIM905
_LONE = (" . ", "\n.", ",.", "|.", "/.", "(.)", "[.]", "<.>", "{.}")
"""Points that stand for themselves."""
_NAMES = "|".join(sorted((re.escape(word) for word in _SIGNS), key=len, reverse=True))
_OPEN, _CLOSE = r"[(\[{<*_/\"'«“]{1,2}\s?", r"\s?[)\]}>*_/\"'»”]{1,2}"
_MARKED = rf"(?:{_OPEN}(?:{_NAMES}){_CLOSE}|[(\[][^\W_]{{1,14}}[)\]]|[@._+-](?![^\s,;|/]))"
_WORD = r"(?:(?:tiret (?:du )?bas|full stop|at sign|a commercial)(?![^\W_])|[^\W\d_](?:[^\W_]|['’](?=[^\W_])){0,29})"
_ITEM = rf"(?:{_MARKED}|[0-9]{{1,4}}(?![^\s,;|/.-])|{_WORD})"
_BULLET = r"(?:(?:[-*•–>]|[0-9]{1,2}[.)])[ \t]{1,3})?"
_SIGN_BETWEEN = r"[,;|/·•→>–—=-]"
_INLINE = rf"(?:[ \t]{{0,2}}{_SIGN_BETWEEN}{{1,2}}[ \t]{{0,2}}|[ \t]{{1,3}})"
_LINES = rf"[ \t]{{0,2}}[,;.]?[ \t]{{0,2}}\r?\n(?:[ \t]*\n)?[ \t]{{0,4}}{_BULLET}"
_ROWS = (
    re.compile(rf"(?<![^\W_]){_ITEM}(?:{_INLINE}{_ITEM}){{5,120}}+", re.IGNORECASE),
    re.compile(
        rf"(?<![^\W_]){_BULLET}{_ITEM}(?:{_LINES}{_ITEM}(?![ \t]{{1,3}}[^\W_]|[^\W_])){{5,120}}+", re.IGNORECASE
    ),
)
_EACH = re.compile(rf"(?P<marked>{_MARKED})|(?P<digits>[0-9]{{1,4}})|(?P<word>{_WORD})", re.IGNORECASE)
_MAY_BE_MARKED = re.compile(
    rf"{_OPEN}(?:a|at|ar{{1,2}}oba[sz]e?|a commercial|at sign|signe at|@){_CLOSE}|(?<![^\s,;|/])(?:@|(?-i:AT))(?=\s|[,;|/]\s|[,;|/]\w)",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"(?:{_SIGN_BETWEEN}|\n)\s{{0,3}}at\s{{0,3}}(?:{_SIGN_BETWEEN}|\n)", re.IGNORECASE)
_BETWEEN = re.compile(_SIGN_BETWEEN)
_NAMED = re.compile(
    r"acrosti|initiale?s?\b|(?:premi[èe]re?s?|1[èe]?res?) (?:lettres?|caract[èe]res?)|first (?:letters?|characters?)|d[ée]but de chaque|start of each|"
    r"(?P<last>(?:derni[èe]re?s?) (?:lettres?|caract[èe]res?)|lettres? finales?|(?:last|final) (?:letters?|characters?))",
    re.IGNORECASE,
)
"""How the words are to be read: by their last letters too."""
_TELLS = frozenset(
    "est is vaut serait soit as be are sont indique indiquent renvoie donne contient reads says returns gives contains "  # noqa: SIM905
    "here voici lit ainsi was était".split()
)
"""Words after which a value stands."""
_OF_SENTENCES = frozenset("the a an of and for to in on is was with you we it this that".split())  # noqa: SIM905
_EDGES = "()[]{}<>*_/\"'«»“” \t\n"
_FEWEST = 2
"""Characters before the sign, and of the name of a domain."""
_LONGEST_END = 7
_BEGINS = re.compile(r"(?:[:\n]|\A)[ \t*\"'«“]{0,6}\Z")
_NEAR = 8
_SAID_DOT = re.compile(r"\s?[(\[{]?\b(?:dot|point)\b[)\]}]?\s?", re.IGNORECASE)
_DOMAIN = re.compile(
    rf"[\s,;]{{1,3}}(?P<domain>[\w-]{{2,40}}(?:(?:\.|{_SAID_DOT.pattern})[\w-]{{2,40}}){{0,2}}(?:\.|{_SAID_DOT.pattern})(?:{ANY}))(?![^\W_])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    said: str
    """The sign that it names, its digits, or its letter that counts."""
    letter: str
    """The last of these, whatever it names."""
    is_marked: bool
    """Whether brackets say that it names one, or it is the sign itself."""
    word: str


def may_stand(clues: Clues) -> bool:
    if not (clues.has_sign or clues.kinds & _AT or "(a)" in clues.text or "[a]" in clues.text):
        return False
    if not (clues.kinds & _DOT or any(sign in clues.text for sign in _LONE)):
        return False
    if clues.kinds & _AROBASE or "dot" in clues.kinds:
        return True
    return any(told.search(clues.text) is not None for told in (_MAY_BE_MARKED, _LISTED, _NAMED))


def together(text: str) -> View | None:
    """Each row of words with the signs of an address between them as the address."""
    return replaced("first letters", text, apart(_addresses(text)))


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    named = _NAMED.search(text)
    is_last = named is not None and named["last"] is not None
    for pattern in _ROWS:
        for row in pattern.finditer(text):
            items = _items(text, row, letter=-1 if is_last else 0)
            is_list = pattern is _ROWS[1] or len(_BETWEEN.findall(row[0])) > len(items) // 2
            for at, item in enumerate(items):
                if item.said != "@" or not (item.is_marked or named or is_list or _is_clear(items[at:])):
                    continue
                signs = [
                    each if each.is_marked or not item.is_marked else replace(each, said=each.letter)
                    for each in items
                ]
                local = list(takewhile(lambda each: each.said != "@", reversed(signs[:at])))[::-1]
                if not is_list and _BEGINS.search(text, max(0, row.start() - _NEAR), row.start()) is None:
                    local = _after_telling(local)
                address = _address(local, signs[at + 1 :]) or (_at_domain(text, local, item) if named else None)
                if address is not None:
                    yield address


def _is_clear(items: list[_Item]) -> bool:
    """Whether a sign that nothing marks is one: of a word for nothing else, or with none around as in sentences."""
    return items[0].word in _AROBASE or _OF_SENTENCES.isdisjoint(item.word for item in items[1:])


def _after_telling(items: list[_Item]) -> list[_Item]:
    """Without the words of the sentence that tells the value."""
    told = next((at for at, item in enumerate(items) if item.word in _TELLS), -1)
    return items[told + 1 :] if len(items) - told > _FEWEST else items


def _items(text: str, row: re.Match[str], *, letter: int) -> list[_Item]:
    """Those of a row; dashes that stand between all of them are none."""
    items = [_item(found, letter=letter) for found in _EACH.finditer(text, *row.span())]
    dashes = [item for item in items if item.word == "-" and item.end - item.start == 1]
    return [item for item in items if item not in dashes] if len(dashes) > len(items) // 3 else items


def _item(found: re.Match[str], *, letter: int) -> _Item:
    word = found[0].strip(_EDGES if found["marked"] else "").lower()
    sign = _SIGNS.get(word) if found["marked"] or len(word) > 1 else None
    told = word if not word[:1].isalpha() else _bare(word[letter])
    is_marked = found["marked"] is not None or (sign is not None and found[0].isupper())
    return _Item(*found.span(), sign or told, told, is_marked, word)


def _bare(sign: str) -> str:
    """A small letter without its accent."""
    return {"œ": "o", "æ": "a"}.get(sign) or unicodedata.normalize("NFD", sign)[:1]


def _address(local: list[_Item], after: list[_Item]) -> tuple[int, int, str] | None:
    """The address whose sign stands between these; None if no known end of a domain is spelt after it."""
    end = _ended(after)
    if len(local) < _FEWEST or end is None:
        return None
    name, domain = ("".join(item.said for item in items) for items in (local, after[:end]))
    return local[0].start, after[end - 1].end, f"{name.strip('.-+_')}@{domain}"


def _at_domain(text: str, local: list[_Item], sign: _Item) -> tuple[int, int, str] | None:
    """The same, where the domain is not spelt so."""
    domain = _DOMAIN.match(text, sign.end)
    if len(local) < _FEWEST or domain is None:
        return None
    name = "".join(item.said for item in local)
    return local[0].start, domain.end(), f"{name.strip('.-+_')}@{_SAID_DOT.sub('.', domain['domain'])}"


def _ended(after: list[_Item]) -> int | None:
    """How many items a domain takes: up to the last dot after which the first letters are those of a known end."""
    after = list(takewhile(lambda item: item.said != "@", after))
    for dot in (at for at in range(len(after) - 1, _FEWEST, -1) if after[at].said == "."):
        last = [item.said for item in after[dot + 1 : dot + 1 + _LONGEST_END]]
        for size in range(len(last), 1, -1):
            if "".join(last[:size]) in ENDS:
                return dot + 1 + size
    return None
