"""Signs for digits of which a legend says which is which: "A=0, B=1, …, J=9", "🍓=0 🍎=1", "BLACKHORSE = 1234567890"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_SYMBOL = r"[^\w\s\x00-\x7f«»“”‘’…→⇒↔–—·•°§£€¤][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]{0,2}(?:\u200d[^\w\s]\ufe0f?){0,3}"
_SIGN = rf"(?:[^\W\d_]{{1,12}}|{_SYMBOL}|[#$%&*!?@~^§+])"
_IS = r"\s?(?:=+>?|:|→|->|⇒|↔|<->|\||\bis\b|\best\b|\bvaut\b|\bpour\b|\bfor\b|\bmeans?\b|\bsignifie\b|\bstands\sfor\b)\s?"
_SIGN_FIRST = re.compile(
    rf"(?<![^\W_])[\"'«`(]?(?P<sign>{_SIGN})[\"'»`)]?{_IS}[\"'«`]?(?P<digit>[0-9])(?![\w.]?[0-9])"
)
_DIGIT_FIRST = re.compile(rf"(?<![\w.,])[\"'«`(]?(?P<digit>[0-9])[\"'»`)]?{_IS}[\"'«`]?(?P<sign>{_SIGN})(?![^\W_])")
_RANGE = re.compile(
    r"(?<![^\W_])(?P<first>[A-Za-z])\s?(?:-|–|—|\.{2,3}|…|à|to|through|jusqu['’]à)\s?(?P<last>[A-Za-z])(?![^\W_])[^.\n]{0,40}?"
    r"(?<![0-9])(?P<from>[019])\s?(?:-|–|—|\.{2,3}|…|à|to|through|jusqu['’]à)\s?(?:[0-9]|10)(?![0-9])"
)
_KEY = re.compile(
    rf"(?<![^\W_])(?P<key>[^\W\d_]{{10}}|(?:{_SYMBOL}\s?){{10}})[\"'»`)]?\s?(?:=|→|->|:|⇒|is|est|vaut|pour|for|stands\sfor)\s?[\"'«`(]?(?P<digits>0123456789|1234567890)(?![0-9])"
)
_APART = 40
_FEWEST_TOLD, _FEWEST_IN_ORDER = 8, 2
_FEWEST, _MOST = 9, 40


def may_stand(clues: Clues) -> bool:
    """Whether something may be said to be a digit, more than once."""
    text = clues.text
    if not clues.has_digit or not (
        any(sign in text for sign in "=→⇒↔|") or not _SAID_SO.isdisjoint(clues.kinds) or "b" in clues.kinds
    ):
        return False
    return _SIGN_SAID.search(text) is not None


_SAID_SO = frozenset(
    "lettre lettres letter letters vaut valent légende legend stands means key clé 0123456789 1234567890".split()  # noqa: SIM905
)
_SIGN_SAID = re.compile(
    r"[A-Za-z]\s?(?:=|→|->|:|⇒|↔)\s?[01]\b|(?<![\w.,])[01]\s?(?:=|→|->|:|⇒|↔|\|)\s?(?:[A-Za-z]\b|[^\x00-\x7f])|[^\x00-\x7f]\s?(?:=|→|->|:|⇒|↔|\|)\s?[01]\b|0123456789|1234567890"
    r"|\b[Aa]\s?(?:-|–|\.\.|…|à|to|through)\s?[IJij]\b|\b[Aa]\s(?:is|est|vaut|means?|for|pour|stands for)\s[01]\b"
)


def read(text: str) -> Iterator[View]:
    """Rows of such signs as digits."""
    for legend in _legends(text):
        parts = _rows(text, legend)
        if parts:
            yield rewritten("legend", parts)


def _legends(text: str) -> Iterator[dict[str, str]]:
    for pattern in (_SIGN_FIRST, _DIGIT_FIRST):
        said: dict[str, str] = {}
        reached = 0
        for found in pattern.finditer(text):
            if said and found.start() - reached > _APART:
                yield from _told(said)
                said = {}
            said.setdefault(found["sign"], found["digit"])
            reached = found.end()
        yield from _told(said)
    for found in _RANGE.finditer(text):
        first, last = ord(found["first"].upper()), ord(found["last"].upper())
        if abs(last - first) in (8, 9):
            step = 1 if last > first else -1
            yield {chr(first + step * at): str((int(found["from"]) + at) % 10) for at in range(10)}
    for found in _KEY.finditer(text):
        signs = [sign for sign in _signs(found["key"]) if not sign.isspace()]
        if len(set(signs)) == len(signs) == 10:
            yield dict(zip(signs, found["digits"], strict=True))


def _signs(key: str) -> list[str]:
    return list(key) if key.isalpha() else re.findall(_SYMBOL, key)


def _told(said: dict[str, str]) -> Iterator[dict[str, str]]:
    """A legend that tells all, or one of letters that tells how they go on."""
    if len(said) >= _FEWEST_TOLD and len(set(said.values())) == len(said):
        yield said
    letters = {
        sign.upper(): int(digit)
        for sign, digit in said.items()
        if len(sign) == 1 and sign.isascii() and sign.isalpha()
    }
    if not _FEWEST_IN_ORDER <= len(letters) < 10:
        return
    for step in (1, -1):
        starts = {(digit - step * ord(letter)) % 10 for letter, digit in letters.items()}
        if len(starts) == 1 and max(map(ord, letters)) - min(map(ord, letters)) < 10:
            start, first = starts.pop(), min(map(ord, letters)) if step > 0 else max(map(ord, letters)) - 9
            yield {chr(at): str((start + step * at) % 10) for at in range(first, first + 10) if chr(at).isalpha()}


def _rows(text: str, legend: dict[str, str]) -> list[tuple[int, int, str]]:
    one = "|".join(sorted(map(re.escape, legend), key=len, reverse=True))
    row = re.compile(
        rf"(?<![^\W_])(?P<lead>(?-i:[A-Z]{{2}})[ -]?|\+[ ,-]{{0,2}})??(?P<row>(?:{one})(?:(?!\. )[ ,.\-/|\u00a0]{{0,3}}(?:{one})){{{_FEWEST - 1},{_MOST}}})(?![^\W_])",
        re.IGNORECASE,
    )
    each = re.compile(one, re.IGNORECASE)
    folded = {sign.lower(): digit for sign, digit in legend.items()}
    parts = []
    for found in row.finditer(text):
        digits = "".join(folded.get(sign[0].lower(), "") for sign in each.finditer(found["row"]))
        parts.append((*found.span(), (found["lead"] or "").strip(" ,-") + digits))
    return parts
