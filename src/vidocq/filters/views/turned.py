"""Texts turned letter by letter: backwards, by thirteen places, into another alphabet, or into what looks alike."""

import codecs
import re

from vidocq.detect.folding import SWAP
from vidocq.filters.views.view import View, letter_by_letter

_ALIKE, _LESS_ALIKE = "OoIlZzSsGBTg|!", "EA"
_LAND = (
    "(?:A[DELTZ]|B[AEGHRY]|C[HRYZ]|D[EKO]|E[EGS]|F[IOR]|G[BEILRT]|H[RU]|I[ELQST]|JO|K[WZ]|L[BCITUV]|M[CDEKRTU]|N[LO]|"
    "P[KLST]|QA|R[OS]|S[ACEIKMTV]|T[LNR]|UA|V[AG]|XK)"
)
"""Countries whose accounts have an IBAN (ISO 13616): what looks like a digit there is a letter."""
_MIXED = re.compile(
    rf"(?<![A-Za-z0-9])(?P<land>{_LAND}(?=[0-9]{{2}}))?(?=[A-Z|!olsgz]{{0,12}}[0-9])[0-9A-Z|!olsgz]{{2,40}}(?![A-Za-z])"
)
_ROW = re.compile(
    rf"(?<![A-Za-z0-9])(?P<land>{_LAND}(?=[0-9{_ALIKE}{_LESS_ALIKE}]{{2}}))?[0-9{_ALIKE}{_LESS_ALIKE}]{{1,14}}"
    rf"(?:[ .\-/()\u00a0]{{1,4}}[0-9{_ALIKE}{_LESS_ALIKE}]{{1,14}}){{2,20}}(?![A-Za-z0-9])"
)
_LIKE = str.maketrans(_ALIKE, "00112255687911")
_ALL_LIKE = _LIKE | str.maketrans(_LESS_ALIKE, "34")
_AROUND_AT = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,128}")
_LEET = str.maketrans("430571", "aeostl")


def backwards(text: str) -> View:
    """The whole text from its last character to its first."""
    length = len(text)
    return View("reversed", text[::-1], lambda start, end: (length - end, length - start))


def rot13(text: str) -> View:
    return letter_by_letter("rot13", codecs.encode(text, "rot13"))


def like_digits(text: str) -> View | None:
    """ "O6 I2 34" read as "06 12 34": letters that look like digits, in codes with a digit, and in rows of such codes."""
    return _as_digits("lookalike", text, _LIKE)


def like_all_digits(text: str) -> View | None:
    """The same with A and E, which codes hold as letters too."""
    return _as_digits("lookalikes", text, _ALL_LIKE)


def latin(text: str) -> View | None:
    """Cyrillic and Greek letters as the Latin ones they look like, wherever they stand."""
    if text.isascii():
        return None
    turned = text.translate(SWAP)
    return None if turned == text else letter_by_letter("latin", turned)


def leet(text: str) -> View | None:
    """Digits around an @ as the letters they look like."""
    if "@" not in text:
        return None
    turned = _AROUND_AT.sub(lambda found: found[0].translate(_LEET), text)
    return None if turned == text else letter_by_letter("leet", turned)


def _as_digits(name: str, text: str, table: dict[int, int]) -> View | None:
    def turn(found: re.Match[str]) -> str:
        land = found["land"] or ""
        rest = found[0][len(land) :]
        return land + rest.translate(table) if any(map(str.isdecimal, rest)) else found[0]

    turned = _MIXED.sub(turn, _ROW.sub(turn, text))
    return None if turned == text else letter_by_letter(name, turned)
