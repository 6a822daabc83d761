"""Runs in base64, base32, hexadecimal, percent signs, entities or escapes, decoded where text comes out."""

import base64
import binascii
import html
import re
import urllib.parse
from collections.abc import Callable, Iterator

from vidocq.filters.views.view import View, replaced

LONGEST = 1 << 16
"""Characters of a run that are decoded; a longer one is cut."""
LAST = 0x10FFFF
_BASE64 = re.compile(
    r"(?<![\w+/-])[A-Za-z0-9+/_-]{12,}+(?:\s{1,6}[A-Za-z0-9+/_-]{12,}+)*+(?:\s{1,6}[A-Za-z0-9+/_-]++=|={0,2})"
)
_HEX = re.compile(
    r"(?<![0-9A-Fa-f])(?:0x|\\x)?[0-9A-Fa-f]{2}(?:[ :,\-]?\s?(?:0x|\\x)?[0-9A-Fa-f]{2}){7,16384}(?![0-9A-Fa-f])"
)
_BASE32 = re.compile(r"(?<![A-Z2-7=])[A-Z2-7]{16,16384}={0,6}(?![A-Z2-7=])")
_BINARY = re.compile(r"(?<![01])[01]{8}(?:[ ,]?[01]{8}){5,2048}(?![01])")
_CODES = re.compile(r"(?<!\d)(?:[0-9]{2,3}[ ,;]{1,2}){7,2048}[0-9]{2,3}(?!\d)")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){1,4096}")
_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,20});")
_ESCAPE = re.compile(
    r"\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]{1,6}\}|\\U[0-9A-Fa-f]{8}|\\x[0-9A-Fa-f]{2}|U\+[0-9A-Fa-f]{4}(?:\s(?=U\+))?"
)


def decoded(text: str) -> Iterator[View]:
    """One view for each coding that stands somewhere in the text; a decoded run stands for the whole of it."""
    for name, sign, pattern, decode in _CODINGS:
        if sign is None or sign in text:
            view = replaced(name, text, _runs(text, pattern, decode))
            if view is not None:
                yield view


def _runs(text: str, pattern: re.Pattern[str], decode: Callable[[str], str | None]) -> Iterator[tuple[int, int, str]]:
    for run in pattern.finditer(text):
        found = decode(run[0][:LONGEST])
        if found is not None and found != run[0]:
            yield run.start(), run.end(), found


def _readable(raw: bytes) -> str | None:
    """As text, if it is one: nearly all of it printable."""
    try:
        found = raw.decode("utf-8")
    except UnicodeDecodeError:
        found = raw.decode("latin-1")
        if sum(c.isascii() and c.isprintable() for c in found) < 0.9 * len(found):
            return None
    printable = sum(c.isprintable() or c.isspace() for c in found)
    return found if found and printable >= 0.9 * len(found) else None


def _base64(run: str) -> str | None:
    bare = "".join(run.split()).rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return _readable(base64.b64decode(bare[: len(bare) - (len(bare) % 4 == 1)] + "=" * (-len(bare) % 4)))
    except (binascii.Error, ValueError):
        return None


def _base32(run: str) -> str | None:
    bare = run.rstrip("=")
    try:
        return _readable(base64.b32decode(bare + "=" * (-len(bare) % 8)))
    except (binascii.Error, ValueError):
        return None


def _hex(run: str) -> str | None:
    return _readable(bytes.fromhex("".join(re.findall(r"[0-9A-Fa-f]{2}", re.sub(r"0x|\\x", " ", run)))))


def _binary(run: str) -> str | None:
    return _readable(bytes(int(each, 2) for each in re.findall("[01]{8}", run)))


def _codes(run: str) -> str | None:
    values = [int(each) for each in re.findall(r"\d+", run)]
    return _readable(bytes(values)) if all(31 < value < 256 for value in values) else None


def _percent(run: str) -> str | None:
    return urllib.parse.unquote(run, errors="replace")


def _escape(run: str) -> str | None:
    code = int(run.lstrip("\\uUx+{").rstrip("} \t\r\n"), 16)
    return chr(code) if code <= LAST and not 0xD800 <= code < 0xE000 else None


_CODINGS: tuple[tuple[str, str | None, re.Pattern[str], Callable[[str], str | None]], ...] = (
    ("base64", None, _BASE64, _base64),
    ("hex", None, _HEX, _hex),
    ("base32", None, _BASE32, _base32),
    ("binary", "0", _BINARY, _binary),
    ("codes", None, _CODES, _codes),
    ("percent", "%", _PERCENT, _percent),
    ("entities", "&", _ENTITY, html.unescape),
    ("escapes", "\\", _ESCAPE, _escape),
    ("code points", "U+", _ESCAPE, _escape),
)
"""Name, a sign without which it is not looked for, runs, and how one is decoded."""
