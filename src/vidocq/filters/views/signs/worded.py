"""Addresses with their signs in words, wrapped or misspelt as one likes, and numbers by themselves: "ines dot hamon 91 @robase x (point) fr"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.clues import Clues
from vidocq.filters.views.number_words import CLEAR
from vidocq.filters.views.signs.domains import ANY
from vidocq.filters.views.view import View, apart, replaced

_DOTS = "dots? d0t d[o0]7 points? p0int po[i1]n7 pt d[\\ -]o[\\ -]t period full\\ ?stop punto punkt"
_DASHES = "tiret dash hyphen minus moins plus trait\\ d['’]union"
_LOWS = "tiret[\\ -]bas tiret\\ du\\ (?:8|huit) underscore underline soulign[ée]"


def _any(words: str) -> str:
    return "|".join(word.replace("\0", "\\ ") for word in words.replace("\\ ", "\0").split())


_WRAP = r"[\s,\[({<*_/|:\"'«»=)\]}>~–·•+→-]"
_LINK = r"(?:(?:puis|ensuite|then|next|et|and)\s)?"
_DOT = rf"(?:{_WRAP}{{1,4}}{_LINK}(?:{_any(_DOTS)}){_WRAP}{{1,4}}{_LINK}|\s\.\s)"
_SIGN = rf"(?:{_WRAP}{{1,4}}{_LINK}(?:{_any(_DOTS)}|{_any(_LOWS)}|{_any(_DASHES)}){_WRAP}{{1,4}}{_LINK}|\s\.\s)"
_NUMBERS = CLEAR | {"un", "deux", "one", "two", "et", "and"}
_SAID_NUMBER = rf"(?:{'|'.join(sorted(_NUMBERS, key=lambda word: (-len(word), word)))})"
_NUMBER = rf"(?:[0-9]{{1,4}}|{_SAID_NUMBER}(?:-{_SAID_NUMBER}){{0,3}})(?![^\W_])[)\]>]?"
_GAP = rf"(?:\s?[,/|·•+→–-]\s|\s){_LINK}[(\[<]?"
_UNIT = r"[^\W_](?:[\w+]|[.-](?=\w)){0,40}"
_USER = re.compile(
    rf"(?<![\w@.+-])(?:[0-9]{{1,4}}\s)?{_UNIT}(?:{_SIGN}{_UNIT}|{_GAP}{_NUMBER}){{0,12}}\Z", re.IGNORECASE
)
_LABEL = r"[^\W_](?:[^\W_]|-(?=\w)){0,40}"
_DOMAIN = re.compile(
    rf"(?:{_NUMBER}{_GAP})?{_LABEL}(?:(?:{_SIGN}|\.){_LABEL}|{_GAP}{_NUMBER}){{0,8}}(?P<dot>{_DOT}|\.)(?:{ANY})(?![\w@])",
    re.IGNORECASE,
)
_STRONG = (
    r"[a@4]r{1,2}[o0@]b+[a@4](?:[s5$]{1,2}(?:[e3€]|que)?|[cz]e?)?|[a@4]r{1,2}[o0]be?|a[ -]commercial|[aà] (?:dans (?:le|un) )?rond|[aà] (?:enroul|entour)[ée]"
    r"|at[ -]?(?:sign|symbol)|sign(?:e)? at|escargot|strudel|at the rate(?: of)?|chiocciola|klammeraffe|apenstaartje|snabel-a"
)
_AT = re.compile(
    rf"(?:{_WRAP}{{1,3}}{_LINK}|(?<=\w)(?=@r))(?:(?:le |un |the )?(?:signe |symbole )?(?P<strong>{_STRONG})){_WRAP}{{1,3}}{_LINK}"
    r"|\s?[,\[({<*_/|:\"'«=)\]}>~–·•+-]{1,2}\s?(?P<wrapped>a-t|at|chez|[àa]|@t|[4@]t|aro|@|ⓐ)\s?[,\[({<*_/|:\"'»=)\]}>~–·•+-]{1,2}\s?"
    rf"|,?\s{_LINK}(?P<spaced>at|a[ -]t|chez|à|@t|4t|aro|@)[\s,]{{1,2}}{_LINK}"
    r"|(?<=\w)(?P<glued>@r{1,2}[o0]b[a@4][s5]e)(?=\w)",
    re.IGNORECASE,
)
_STRONG_WORDS = frozenset(
    "arobase arrobase arobas arobaz arobaze arobace arobasque arobasse arob arrob arobe robase rrobase commercial rond enroulé entouré "  # noqa: SIM905
    " escargot strudel rate chiocciola klammeraffe apenstaartje snabel ar0base arob4se ar0b4se 4robase 4r0base base".split()
)
_WEAK_WORDS = frozenset("at chez à a t 4t aro".split())  # noqa: SIM905
_SAID = frozenset("point dot pt points dots d0t p0int period stop punto punkt d07 po1nt o".split())  # noqa: SIM905
_INSIDE = re.compile(
    rf"(?P<low>{_WRAP}{{1,4}}{_LINK}(?:{_any(_LOWS)}){_WRAP}{{1,4}}{_LINK})|(?P<dash>{_WRAP}{{1,4}}{_LINK}(?:{_any(_DASHES)}){_WRAP}{{1,4}}{_LINK})|(?P<dot>{_DOT})|(?P<gap>(?:(?<![^\W_])(?:puis|ensuite|then|next|et|and)\s|[\s,/–|·•+→()\[\]<>])+)",
    re.IGNORECASE,
)
_DIGIT = re.compile("[0-9]")
_BEFORE, _AFTER = 120, 120
"""Characters of the longest user, and of the longest domain."""


def may_stand(clues: Clues) -> bool:
    words = clues.kinds
    if not words.isdisjoint(_STRONG_WORDS):
        return True
    has_dot = not words.isdisjoint(_SAID) or " . " in clues.text
    return has_dot and (clues.has_sign or not words.isdisjoint(_WEAK_WORDS))


def written(text: str) -> View | None:
    """Each such address as one writes it."""
    return replaced("told", text, apart(_addresses(text)))


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for at in _AT.finditer(text):
        domain = _DOMAIN.match(text, at.end(), at.end() + _AFTER)
        user = _USER.search(text, max(0, at.start() - _BEFORE), at.start()) if domain is not None else None
        if domain is None or user is None:
            continue
        if at["strong"] is None and at["glued"] is None:
            is_said = domain["dot"] != "."
            looks_so = _INSIDE.search(user[0]) is not None or _DIGIT.search(user[0] + domain[0]) is not None
            if not is_said or not (looks_so or at["wrapped"]):
                continue
        yield user.start(), domain.end(), f"\n{_written(user[0])}@{_written(domain[0])}\n"


def _written(said: str) -> str:
    return _INSIDE.sub(
        lambda found: "_" if found["low"] else "-" if found["dash"] else "." if found["dot"] else "", said
    )
