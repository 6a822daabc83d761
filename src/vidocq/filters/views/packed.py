"""Rarer codings: base58, base85, ascii85, uuencode, Morse, and letters moved on by some places."""

import base64
import binascii
import re

MORE = 200
"""Characters of a run that are decoded: it takes time that grows with their square in base58."""
BASE58 = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z]{0,20}[0-9])(?=[a-z0-9]{0,20}[A-Z])(?=[A-Z0-9]{0,20}[a-z])[1-9A-HJ-NP-Za-km-z]{11,200}(?![A-Za-z0-9])"
)
BASE85 = re.compile(r"(?<![^\s(:\"«])(?:<~)?(?=[A-Za-z0-9]{0,40}[^\sA-Za-z0-9])[!-~]{10,400}+(?!\S)")
UU = re.compile(r"(?<![^\s(])[!-M][ -`]{8,80}")
_MORSE = "|".join(
    sign * count + other * (5 - count)
    for sign, other in (("[.·]", "[-–−]"), ("[-–−]", "[.·]"))
    for count in range(5, 0, -1)
)
MORSE = re.compile(rf"(?<![.·–−-])(?:{_MORSE})(?![·–−-]|\.[.\w-])")
_SIGNS = frozenset("!#$%&()*+;<=>?@^_`{|}~/:,.\"'\\[]")
_B58 = {sign: at for at, sign in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}


def text_of(raw: bytes) -> str | None:
    """As text, if all of it is printable ASCII."""
    found = raw.rstrip(b"\0").decode("latin-1")
    return found if found.isascii() and found.isprintable() and len(found) >= 6 else None


def base58(run: str) -> str | None:
    number = 0
    for sign in run[:MORE]:
        number = number * 58 + _B58[sign]
    return text_of(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def base85(run: str) -> str | None:
    signs = len(_SIGNS.intersection(run.rstrip(".,;:)")))
    if not signs or (signs == 1 and (run.islower() or run.isupper())):
        return None
    for decode, bare in ((base64.b85decode, run), (base64.a85decode, run.removeprefix("<~").removesuffix("~>"))):
        for kept in (bare, bare.rstrip(".,;:)")):
            try:
                found = text_of(decode(kept.encode()))
            except (ValueError, binascii.Error):
                continue
            if found is not None:
                return found
    return None


def uu(run: str) -> str | None:
    length = ord(run[0]) - 32
    run = f"{run}  "
    whole = 1 + (length + 2) // 3 * 4
    if not 6 <= length <= len(run) or len(run) < whole:
        return None
    try:
        return text_of(binascii.a2b_uu(run[:whole]))
    except (binascii.Error, ValueError):
        return None


def morse(run: str) -> str | None:
    dots = [sign in ".·" for sign in run]
    if dots == sorted(dots, reverse=True):
        return str(sum(dots))
    return str(10 - sum(dots)) if dots == sorted(dots) else None
