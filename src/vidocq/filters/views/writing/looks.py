"""Numbers of which the digits are signs of other scripts that look like them: "ОЗ ЅЗ ОІ ৭І ৪Ч", "ϜᎡㄱб ІІЅ৪ …"."""

import re
import unicodedata
from collections.abc import Iterator

from vidocq.filters.views.clues import Clues
from vidocq.filters.views.digits import shapes
from vidocq.filters.views.view import View, apart, picked
from vidocq.filters.views.writing.confusables import DIGITS, LETTERS

_PLAIN = {
    "O": "0",
    "o": "0",
    "I": "1",
    "l": "1",
    "|": "1",
    "Z": "2",
    "z": "2",
    "S": "5",
    "s": "5",
    "b": "6",
    "B": "8",
    "g": "9",
    "q": "9",
}
_LOOKS = "".join(DIGITS)
_CAPITALS = "".join(sign for sign, letter in LETTERS.items() if letter.isupper())
_SIGN = rf"[\d{''.join(_PLAIN)}{_LOOKS}]"
_ANY = rf"[\dA-Z{''.join(_PLAIN)}{_LOOKS}{_CAPITALS}]"
_GAP = r"[ .\-/_,·:()\u00a0\u202f]{1,2}"
_MAY = re.compile(rf"[{_LOOKS}](?:{_GAP})?{_SIGN}(?:{_GAP})?{_SIGN}")
_ROW = re.compile(rf"(?<![^\W_])(?:\+ ?)?{_SIGN}{{1,27}}+(?![^\W_])(?:{_GAP}{_SIGN}{{1,27}}+(?![^\W_])){{0,27}}+")
_ACCOUNT = re.compile(
    rf"(?<![^\W_])(?=[A-Z{_CAPITALS}]{{2}}[ -]?(?:{_SIGN}[ -]?){{2}}){_ANY}{{1,34}}+(?![^\W_])(?:[ .\-\u00a0]{_ANY}{{1,34}}+(?![^\W_])){{0,34}}+"
)
_FEWEST, _SHORTEST, _LONGEST = 10, 15, 34
"""Digits of a telephone number; letters and digits of an account."""
_BANKED = frozenset(["BG", "GB", "GI", "IE", "LV", "MT", "NL", "RO"])
"""Countries of which the accounts hold four letters of a bank after the check digits."""
_BETWEEN = " .-\u00a0"


def may_stand(clues: Clues) -> bool:
    return clues.has_odd_signs and _MAY.search(clues.text) is not None


def looked(text: str) -> View | None:
    """Rows of such signs, without the rest, as the digits that they look like, whatever digits among them are worth."""
    signs: list[tuple[int, str]] = []
    for start, end, read in apart(_rows(text)):
        signs += [*zip(range(start, end), read, strict=True), (end - 1, "\n")]
    return picked("looks", signs) if signs else None


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern, turn in ((_ACCOUNT, _account), (_ROW, _number)):
        for row in pattern.finditer(text):
            read = turn(row)
            if read != row[0]:
                yield *row.span(), read


def _number(row: re.Match[str]) -> str:
    read = "".join(map(_digit, row[0]))
    return read if sum(map(str.isdecimal, read)) >= _FEWEST and _is_mixed(row[0]) else row[0]


def _account(row: re.Match[str]) -> str:
    """Up to where the check digits hold (ISO 13616), with what looks like a B as such or as an 8."""
    if row[0].isascii():
        return row[0]
    signs = [at for at, sign in enumerate(row[0]) if sign not in _BETWEEN]
    ends = [at for at, sign in enumerate(signs, start=1) if row[0][sign + 1 : sign + 2] in ("", *_BETWEEN)]
    for end in reversed([end for end in ends if _SHORTEST <= end <= _LONGEST]):
        for are_eights in (False, True):
            code = _code([row[0][at] for at in signs[:end]], are_eights=are_eights)
            if _holds(code):
                turned = list(row[0])
                for at, sign in zip(signs, code, strict=False):
                    turned[at] = sign
                return "".join(turned)
    return row[0]


def _code(said: list[str], *, are_eights: bool) -> str:
    """The first two as letters, and those of a bank; all others as digits if they look like digits."""
    land = "".join(map(_letter, said[:2]))
    begins = 8 if land in _BANKED else 4
    of_bank = "".join(map(_letter, said[4:begins]))
    rest = (sign if not are_eights and (sign := _letter(each)) == "B" else _digit(each) for each in said[begins:])
    return land + "".join(map(_digit, said[2:4])) + of_bank + "".join(map(_letter, rest))


def _holds(code: str) -> bool:
    return code.isascii() and code.isalnum() and shapes.is_account(code)


def _digit(sign: str) -> str:
    known = _PLAIN.get(sign) or DIGITS.get(sign)
    return known or (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign)


def _letter(sign: str) -> str:
    return LETTERS.get(sign, sign)


def _is_mixed(row: str) -> bool:
    """Whether letters are among the signs, or digits of two scripts; those of one are worth what they are worth."""
    odd = [sign for sign in row if not sign.isascii() and sign in DIGITS]
    return (
        any(not sign.isdecimal() for sign in odd) or len({ord(sign) - unicodedata.decimal(sign) for sign in odd}) > 1
    )
