"""Texts turned letter by letter: backwards, by thirteen places, into another alphabet, or into what looks alike."""

import re

from vidocq.detect.folding import SWAP
from vidocq.filters.views.view import View, changed, letter_by_letter
from vidocq.filters.views.writing.confusables import SWAPPED

_ALIKE, _LESS_ALIKE = "OoIlZzSsGBTg|!Øø°º", "EADQ"
_LAND = (
    "(?:A[DELTZ]|B[AEGHRY]|C[HRYZ]|D[EKO]|E[EGS]|F[IOR]|G[BEILRT]|H[RU]|I[ELQST]|JO|K[WZ]|L[BCITUV]|M[CDEKRTU]|N[LO]|"
    "P[KLST]|QA|R[OS]|S[ACEIKMTV]|T[LNR]|UA|V[AG]|XK)"
)
"""Countries whose accounts have an IBAN (ISO 13616): what looks like a digit there is a letter."""
_MIXED = re.compile(
    rf"(?<![A-Za-z0-9])(?P<land>{_LAND}(?=[0-9]{{2}}))?(?=[A-Z|!olsgzØø°º]{{0,12}}[0-9])[0-9A-Z|!olsgzØø°º]{{2,40}}(?![A-Za-z])"
)
_ROW = re.compile(
    rf"(?<![A-Za-z0-9])(?P<land>{_LAND}(?=[0-9{_ALIKE}{_LESS_ALIKE}]{{2}}))?[0-9{_ALIKE}{_LESS_ALIKE}]{{1,14}}"
    rf"(?:[ .\-/()\u00a0]{{1,4}}[0-9{_ALIKE}{_LESS_ALIKE}]{{1,14}}){{2,20}}(?![A-Za-z0-9])"
)
_LIKE = str.maketrans(_ALIKE, "001122556879110000")
_ALL_LIKE = _LIKE | str.maketrans(_LESS_ALIKE, "3400")
_LATIN = SWAPPED | SWAP
_SWAPPED = re.compile(f"[{''.join(map(chr, _LATIN))}]")
_PAIRS = re.compile(r"(?<![A-Za-z0-9])(?:\+?[A-Z0-9]?[0-9][ .,-]{1,2}){4,20}[0-9]{1,2}(?![A-Za-z0-9])")
_ADDRESS = re.compile(r"[a-z0-9]@[a-z]", re.IGNORECASE)
_LOW, _HIGH = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOVED = {"atbash": str.maketrans(_LOW + _HIGH, _LOW[::-1] + _HIGH[::-1])} | {
    f"moved by {by}": str.maketrans(_LOW + _HIGH, _LOW[-by:] + _LOW[:-by] + _HIGH[-by:] + _HIGH[:-by])
    for by in range(1, 26)
    if by != 13
}
_BY13 = str.maketrans(_LOW + _HIGH, _LOW[13:] + _LOW[:13] + _HIGH[13:] + _HIGH[:13])
_MAY_BE_5 = re.compile(
    r"(?<![0-9+])(?:\+88[ .-]?[0-9](?:[ .-]?[0-9]{2}){4}|5[0-9](?P<gap>[ .-])[0-9]{2}(?:(?P=gap)[0-9]{2}){3}"
    r"|(?:[0-9][ .-]?){13,33}[0-9])(?![0-9])"
)
"""Shorter numbers without a gap are left: too many of them begin with a five."""
_BY5 = str.maketrans("0123456789", "5678901234")
_MAY_BE_FROM_9 = re.compile(
    r"(?<![0-9+])(?:9[0-8](?P<gap>[.-])[0-9]{2}(?:(?P=gap)[0-9]{2}){3}|[45][0-9]{3}(?P<card>[ .-])[0-9]{4}(?:(?P=card)[0-9]{4}){2})"
    r"(?![.-]?[0-9])"
)
"""Set apart as telephone numbers and cards are, by more than spaces where it has no checksum."""
_FROM_9 = str.maketrans("0123456789", "9876543210")
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
"""Brackets face the other way when a text is read backwards."""
_AROUND_AT = re.compile(r"[\w.+-]{1,64}@(?=[\w.-]{0,60}[A-Za-z]{2})[\w.-]{1,128}")
_LEET = str.maketrans("430571", "aeostl")


def backwards(text: str) -> View:
    """The whole text from its last character to its first."""
    length = len(text)
    return View("reversed", text[::-1].translate(_MIRROR), lambda start, end: (length - end, length - start))


def rot13(text: str) -> View:
    return letter_by_letter("rot13", text.translate(_BY13))


def like_digits(text: str) -> View | None:
    """ "O6 I2 34" read as "06 12 34": letters that look like digits, in codes with a digit, and in rows of such codes."""
    return _as_digits("lookalike", text, _LIKE)


def like_all_digits(text: str) -> View | None:
    """The same with A and E, which codes hold as letters too."""
    return _as_digits("lookalikes", text, _ALL_LIKE)


def latin(text: str) -> View | None:
    """Letters of other scripts as the Latin ones they look like, wherever they stand."""
    if text.isascii() or _SWAPPED.search(text) is None:
        return None
    turned = text.translate(_LATIN)
    return None if turned == text else letter_by_letter("latin", turned)


def leet(text: str) -> View | None:
    """Digits around an @ as the letters they look like."""
    if "@" not in text:
        return None
    turned = _AROUND_AT.sub(lambda found: found[0].translate(_LEET), text)
    return None if turned == text else changed("leet", text, turned)


def pairs(text: str) -> View | None:
    """Pairs of digits with their digits exchanged: "60 21" for "06 12"."""
    turned = _PAIRS.sub(lambda run: re.sub(r"([0-9])([0-9])", r"\2\1", run[0]), text)
    return None if turned == text else changed("pairs", text, turned)


def moved(text: str) -> list[View]:
    """Addresses with the letters of the alphabet moved on, or taken from its other end."""
    if _ADDRESS.search(text) is None:
        return []
    return [letter_by_letter(name, text.translate(table)) for name, table in _MOVED.items()]


def five(text: str) -> View | None:
    """Long numbers, and those set apart as telephone numbers are, with each digit moved on by five."""
    turned = _MAY_BE_5.sub(lambda run: run[0].translate(_BY5), text)
    return None if turned == text else changed("rot5", text, turned)


def from_nine(text: str) -> View | None:
    """Telephone numbers and cards of which each digit is taken from nine, by their layout."""
    turned = _MAY_BE_FROM_9.sub(lambda run: run[0].translate(_FROM_9), text)
    return None if turned == text else changed("from nine", text, turned)


def _as_digits(name: str, text: str, table: dict[int, int]) -> View | None:
    def turn(found: re.Match[str]) -> str:
        land = found["land"] or ""
        rest = found[0][len(land) :]
        return land + rest.translate(table) if any(map(str.isdecimal, rest)) else found[0]

    turned = _MIXED.sub(turn, _ROW.sub(turn, text))
    return None if turned == text else changed(name, text, turned)
