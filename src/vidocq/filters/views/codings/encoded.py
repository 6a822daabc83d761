"""Runs in base64, base32, hexadecimal, percent signs, entities or escapes, decoded where text comes out."""

import base64
import binascii
import html
import re
import urllib.parse
from collections.abc import Callable, Iterator

from vidocq.filters.views.clues import Clues, clues_of
from vidocq.filters.views.codings import bits, packed
from vidocq.filters.views.codings.compressed import laid_open
from vidocq.filters.views.view import View, replaced

LONGEST = 1 << 16
"""Characters of a run that are decoded; a longer one is cut."""
LAST = 0x10FFFF
_FEWEST = 12
_LONGEST_CALL = 48
_CALL = re.compile(r"(?<![\w.])[A-Za-z_][\w.]{1,28}\([\[\"'`]{0,2}\Z|(?<!\w)data:[\w/+.;=-]{0,40},\Z")
_CLOSE = re.compile(r"={0,2}[\"'`\]]{0,2}\)")
_PARTS_OF_PATH = 8
_SHORT_ENDS = 2
"""Pieces at the end of a code that look like words, as "Ez" does."""
_WORDS_AFTER = 6
"""Words after base64 in pieces that may be taken for pieces of it."""
_BASE64 = re.compile(
    r"(?<![\w+/-])[A-Za-z0-9+/_-]{12,}+(?:\s{1,6}[A-Za-z0-9+/_-]{12,}+)*+"
    r"(?:\s{1,6}[A-Za-z0-9+/_-]++=|[ \t]{0,4}\r?\n[ \t>]{0,8}(?=[A-Za-z]{0,10}(?:[0-9+/]|[a-z][A-Z]|[A-Z]{2}))[A-Za-z0-9+/_-]{2,11}(?=[ \t]*(?:\n|\Z))|={0,2})"
)
_HEX = re.compile(
    r"(?<![0-9A-Fa-f])(?:0x|\\x)?[0-9A-Fa-f]{2}(?:[ :,\-]?\s?(?:0x|\\x)?[0-9A-Fa-f]{2}){7,16384}(?![0-9A-Fa-f])"
)
_BASE32 = re.compile(r"(?<![A-Z2-7=])[A-Z2-7]{16,16384}={0,6}(?![A-Z2-7=])")
_CODES = re.compile(
    r"(?<!\d)[0-9]{2,3}(?:(?:\)[ .+&|]{1,4}chr\(|[^\w]{1,4})[0-9]{2,3}(?!\d)){7,2048}+", re.IGNORECASE
)
_GLUED = re.compile(r"(?<!\d)(?:(?:0[3-9]|1[012])[0-9]){7,2048}(?!\d)")
_OCTAL = re.compile(r"(?<!\d)(?:\\|0o)?[01][0-7]{2}(?:(?:[^\w\\]{1,3})?(?:\\|0o)?[01][0-7]{2}){7,2048}(?!\d)")
_OCTAL_APART = re.compile(r"(?<![\w.,])(?:0o)?[1-7][0-7]{1,2}(?:[ ,;/-]{1,2}(?:0o)?[1-7][0-7]{1,2}){7,2048}(?![\w,])")
_DUMPED = r"[0-9A-Fa-f]{4,8}:?[ \t]{1,3}(?:[0-9A-Fa-f]{2,4}[ \t]{1,2}){0,15}[0-9A-Fa-f]{2,4}"
_DUMP = re.compile(rf"(?<![^\s(]){_DUMPED}(?:[ \t]?\n{_DUMPED}){{0,64}}")
_PRINTABLE = re.compile(
    r"(?:=[0-9A-F]{2}){2,4096}|=(?:2[0-9A-F]|3[A-F]|40|5[B-F]|60|7[B-E]|[89A-F][0-9A-F])(?![0-9])"  # alone, only what needs it
)
_CSS = re.compile(r"\\0{0,4}[2-7][0-9A-Fa-f](?![0-9A-Fa-f])\s?")
_BASE32_LOW = re.compile(r"(?<![A-Za-z0-9=])(?=[a-z]{0,60}[2-7=])[a-z2-7]{16,16384}={0,6}(?![A-Za-z0-9=])")
_BASE32_HEX = re.compile(
    r"(?<![A-Za-z0-9=])(?=[A-V]{0,24}[0-9])(?=[0-9]{0,24}[A-V])[0-9A-V]{16,16384}={0,6}(?![A-Za-z0-9=])"
)
_IN_PARTS = re.compile(
    r"(?<![\w+/])(?=[A-Za-z0-9+/]{0,23}(?:[a-z][A-Z0-9]|[0-9][A-Za-z]|[A-Z]{2}[a-z]))(?:[A-Za-z0-9+/]{1,24}[\s>|\"',-]{1,4}){1,400}+[A-Za-z0-9+/]{0,24}={0,2}"
)
_UTF7 = re.compile(r"\+(?=[A-Za-z0-9/]{0,2}A)[A-Za-z0-9/]{3,400}-")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){1,4096}")
_ENTITY = re.compile(r"&(?:#[0-9]{2,7}(?:;|(?![0-9;]))|#[xX][0-9A-Fa-f]{2,6};|[A-Za-z]{2,20};)")
_ESCAPE = re.compile(
    r"\\u[0-9A-Fa-f]{4}|\\u\{[0-9A-Fa-f]{1,6}\}|\\U[0-9A-Fa-f]{8}|\\x[0-9A-Fa-f]{2}|U\+[0-9A-Fa-f]{4}(?:\s(?=U\+))?"
)


def decoded(text: str, *, are_digits_known: bool = False) -> Iterator[View]:
    """One view for each coding that stands somewhere in the text; a decoded run stands for the whole of it.

    are_digits_known  whether codings of digits alone were undone already, in a text that differs in its letters only.
    """
    clues = clues_of(text)
    for name, sign, pattern, decode in _CODINGS:
        if are_digits_known and name in _OF_DIGITS:
            continue
        if sign in text if isinstance(sign, str) and sign else _may_stand(clues, name, sign):
            view = replaced(name, text, _runs(text, pattern, decode))
            if view is not None:
                yield view


def _may_stand(clues: Clues, name: str, sign: str | int) -> bool:
    if isinstance(sign, int):
        return (clues.bits if name == "binary" else clues.digits) >= sign
    return clues.is_mixed if name == "base64 in parts" else clues.is_dense


def _runs(text: str, pattern: re.Pattern[str], decode: Callable[[str], str | None]) -> Iterator[tuple[int, int, str]]:
    reached = 0
    for run in pattern.finditer(text):
        found = decode(run[0][:LONGEST])
        if found is not None and found != run[0]:
            start, end = _with_call(text, run.start(), run.end())
            if found[:1].isdecimal() and text.endswith("=", 0, start):
                found = f" {found}"  # no part of what names it
            yield max(start, reached), end, found
            reached = end


def _with_call(text: str, start: int, end: int) -> tuple[int, int]:
    """The run, and with it the call of what decodes it: `atob("…")`, `bytes([…])`."""
    call = _CALL.search(text, max(0, start - _LONGEST_CALL), start)
    if call is None:
        return start, end
    close = _CLOSE.match(text, end)
    return call.start(), close.end() if close is not None else end


def _readable(raw: bytes) -> str | None:
    """As text, if it is one: nearly all of it printable. What was compressed is laid open."""
    raw = laid_open(raw, LONGEST)
    if len(raw) > 7 and (not any(raw[::2]) or not any(raw[1::2])):
        raw = raw[1::2] if not any(raw[::2]) else raw[::2]  # UTF-16
    try:
        found = raw.decode("utf-8")
    except UnicodeDecodeError:
        found = raw.decode("latin-1")
        if sum(c.isascii() and c.isprintable() for c in found) < 0.9 * len(found):
            return None
    printable = sum(c.isprintable() or c.isspace() for c in found)
    return found if found and printable >= 0.9 * len(found) else None


def _base64(run: str) -> str | None:
    """The whole run; else without the words before and after it, and of a path the part that is a text."""
    whole = _of_base64(run)
    if whole is not None:
        return whole
    pieces = run.split()
    while len(pieces) > 1 and _is_word(pieces[-1]):
        pieces.pop()
    while len(pieces) > 1 and _is_word(pieces[0]):
        del pieces[0]
    bare = "".join(pieces)
    parts = [bare, *bare.split("/")[: -_PARTS_OF_PATH - 1 : -1]]
    texts = (_of_base64(part) for part in parts if _FEWEST <= len(part) < len(run))
    return next((text for text in texts if text is not None and (len(pieces) > 1 or _is_plain(text))), None)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _is_word(piece: str) -> bool:
    return all(part.isalpha() and (part.islower() or part.istitle()) for part in piece.split("-"))


def _of_base64(run: str) -> str | None:
    bare = "".join(run.split()).rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return _readable(base64.b64decode(bare[: len(bare) - (len(bare) % 4 == 1)] + "=" * (-len(bare) % 4)))
    except (binascii.Error, ValueError):
        return None


def _in_parts(run: str) -> str | None:
    """Base64 in short pieces: whether they are words is told by what comes out."""
    pieces = re.findall(r"[A-Za-z0-9+/]+", run)
    for last in _ends(pieces):
        bare = "".join(pieces[:last])
        if len(bare) < _FEWEST or not any(map(str.isdecimal, bare)) or bare.isdecimal() or bare.islower():
            return None
        found = packed.text_of(base64.b64decode(bare[: len(bare) - (len(bare) % 4 == 1)] + "=" * (-len(bare) % 4)))
        if found is not None:
            return found
    return None


def _ends(pieces: list[str]) -> Iterator[int]:
    """How many of them may be a code: words may follow it, of which the first is perhaps its end."""
    words = next((back for back, piece in enumerate(reversed(pieces)) if not _is_word(piece)), len(pieces))
    least = max(0, len(pieces) - _WORDS_AFTER)
    yield from range(len(pieces), least, -1)
    code = len(pieces) - words
    yield from range(min(least, code + _SHORT_ENDS), max(0, code - 1), -1)


def _base32(run: str, decode: Callable[[str], bytes] = base64.b32decode) -> str | None:
    bare = run.rstrip("=").upper()
    try:
        return _readable(decode(bare + "=" * (-len(bare) % 8)))
    except (binascii.Error, ValueError):
        return None


def _hex(run: str) -> str | None:
    return _readable(bytes.fromhex("".join(re.findall(r"[0-9A-Fa-f]{2}", re.sub(r"0x|\\x", " ", run)))))


def _binary(run: str) -> str | None:
    return bits.decode(run, _readable)


def _codes(run: str) -> str | None:
    values = [int(each) for each in re.findall(r"\d+", run)]
    return _readable(bytes(values)) if all(31 < value < 256 for value in values) else None


def _base32_hex(run: str) -> str | None:
    return _base32(run, base64.b32hexdecode)


def _glued(run: str) -> str | None:
    return packed.text_of(bytes(int(run[at : at + 3]) for at in range(0, len(run), 3)))


def _octal(run: str) -> str | None:
    return packed.text_of(bytes(int(each, 8) for each in re.findall("[01][0-7]{2}", run.replace("0o", " "))))


def _octal_apart(run: str) -> str | None:
    values = [int(each, 8) for each in re.findall("[0-7]{2,3}", run)]
    return packed.text_of(bytes(values)) if max(values) < 127 else None


def _dump(run: str) -> str | None:
    return _hex(re.sub(r"(?m)^[0-9A-Fa-f]{4,8}:?[ \t]{1,3}", " ", run))


def _printable(run: str) -> str | None:
    return bytes.fromhex(run.replace("=", "")).decode(errors="replace")


def _css(run: str) -> str | None:
    return chr(int(run[1:].strip(), 16))


def _utf7(run: str) -> str | None:
    try:
        return packed.text_of(run.encode().decode("utf-7").encode(), fewest=1)
    except UnicodeDecodeError:
        return None


def _percent(run: str) -> str | None:
    return urllib.parse.unquote(run, errors="replace")


def _escape(run: str) -> str | None:
    code = int(run.lstrip("\\uUx+{").rstrip("} \t\r\n"), 16)
    return chr(code) if code <= LAST and not 0xD800 <= code < 0xE000 else None


_OF_DIGITS = frozenset(["binary", "codes", "codes in a row", "octal"])
_CODINGS: tuple[tuple[str, str | int, re.Pattern[str], Callable[[str], str | None]], ...] = (
    ("base64", "", _BASE64, _base64),
    ("hex", 12, _HEX, _hex),
    ("base32", "", _BASE32, _base32),
    ("binary", 24, bits.ROW, _binary),
    ("codes", 16, _CODES, _codes),
    ("base32", "", _BASE32_LOW, _base32),
    ("base32 hex", "", _BASE32_HEX, _base32_hex),
    ("base64 in parts", "", _IN_PARTS, _in_parts),
    ("codes in a row", 21, _GLUED, _glued),
    ("octal", 21, _OCTAL, _octal),
    ("octal", 16, _OCTAL_APART, _octal_apart),
    ("dump", "0", _DUMP, _dump),
    ("quoted printable", "=", _PRINTABLE, _printable),
    ("escapes of style sheets", "\\", _CSS, _css),
    ("base58", "", packed.BASE58, packed.base58),
    ("base85", "", packed.BASE85, packed.base85),
    ("uuencode", " ", packed.UU, packed.uu),
    ("utf-7", "+A", _UTF7, _utf7),
    ("percent", "%", _PERCENT, _percent),
    ("entities", "&", _ENTITY, html.unescape),
    ("escapes", "\\", _ESCAPE, _escape),
    ("code points", "U+", _ESCAPE, _escape),
)
"""Name, a sign without which it is not looked for (or so many digits; none: a long run), runs, and how one is decoded."""
