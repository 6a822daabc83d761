"""Rarer codings: base58, base85, ascii85, uuencode."""

import base64
import binascii
import re
from collections.abc import Callable

MORE = 200
"""Characters of a run that are decoded: it takes time that grows with their square in base58."""
BASE58 = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Z]?[a-z]{0,20}[A-Z0-9])(?=[a-z0-9]{0,20}[A-Z])(?=[A-Z0-9]{0,20}[a-z])[1-9A-HJ-NP-Za-km-z]{11,200}(?![A-Za-z0-9])"
)
BASE85 = re.compile(r"(?<![^\s(:\"«'\[`])(?:<~[!-z]{8,400}~>|(?=[A-Za-z]{0,40}[^\sA-Za-z])[!-~]{10,400}+(?!\S))")
UU = re.compile(
    r"(?<![^\s(])(?:begin [0-7]{3,4} [^\n]{1,40}\r?\n(?:[!-M][ -`]{4,80}\r?\n){1,8}`?\r?\n?end(?!\w)|[!-M][ -`]{8,80})"
)
_LINE_OF_UU = re.compile(r"^[!-M][ -`]{4,80}(?=\r?$)", re.MULTILINE)
_FEWEST = 6
"""Characters of what is taken for a text."""
_BEFORE, _AFTER, _OFTEN = "([\"'«`", ".,;:)]\"'»`", "-'.,:;()"
_SAYS = 16
"""Characters of a text that is taken for one whatever it says; of a shorter one half are digits, or it has a sign."""
_B58 = {sign: at for at, sign in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}


def text_of(raw: bytes, *, fewest: int = _FEWEST) -> str | None:
    """As text, if all of it is printable ASCII."""
    found = raw.rstrip(b"\0").decode("latin-1")
    return found if found.isascii() and found.isprintable() and len(found) >= fewest else None


def base58(run: str) -> str | None:
    number = 0
    for sign in run[:MORE]:
        number = number * 58 + _B58[sign]
    return text_of(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def base85(run: str) -> str | None:
    """Of both alphabets, with or without what a sentence puts around it."""
    if all(sign.isalpha() or sign in _OFTEN for sign in run):
        return None
    if "<~" in run and "~>" in run:
        run = run[run.index("<~") : run.rindex("~>") + 2]
    inside = run.lstrip(_BEFORE).removeprefix("<~")
    for decode in (base64.b85decode, base64.a85decode):
        for begun in dict.fromkeys((run, run[1:], inside)):
            if _of_85(decode, begun[:5]) is None:
                continue
            for kept in dict.fromkeys((begun, begun[:-1], begun.rstrip(_AFTER).removesuffix("~>"))):
                found = _of_85(decode, kept)
                if found is not None and len(found) >= _FEWEST and _says(found):
                    return found
    return None


def _says(found: str) -> bool:
    """Whether this may be an identifier or a coding: any address of a host comes out as some signs or other."""
    return len(found) >= _SAYS or "@" in found or 2 * sum(map(str.isdecimal, found)) >= len(found)


def _of_85(decode: Callable[[bytes], bytes], run: str) -> str | None:
    try:
        return text_of(decode(run.encode()), fewest=1)
    except (ValueError, binascii.Error):
        return None


def uu(run: str) -> str | None:
    """One line, or all between `begin` and `end`."""
    if not run.startswith("begin "):
        return _line_of_uu(run)
    said = [_line_of_uu(line[0], fewest=1) for line in _LINE_OF_UU.finditer(run)]
    return "".join(line for line in said if line is not None) or None


def _line_of_uu(run: str, *, fewest: int = _FEWEST) -> str | None:
    length = ord(run[0]) - 32
    whole = 1 + (length + 2) // 3 * 4
    run = f"{run}  "
    if not fewest <= length <= len(run) or len(run) < whole:
        return None
    try:
        return text_of(binascii.a2b_uu(run[:whole]), fewest=fewest)
    except (binascii.Error, ValueError):
        return None
