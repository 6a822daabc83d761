"""Bytes in hexadecimal, base64 or decimal, each of them turned by one and the same byte: what was it, if it is a number or an address?"""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator

from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:0x|\\x)?[0-9A-Fa-f]{2}(?:[ :,\-]{0,2}(?:0x|\\x)?[0-9A-Fa-f]{2}){9,119}+(?![0-9A-Za-z])"
)
_BASE64 = re.compile(
    r"(?<![\w+/-])(?=[A-Za-z0-9+/_-]{14})(?=[A-Za-z+/]{0,60}[0-9+/=]|[A-Za-z]{0,40}[a-z][A-Z])[A-Za-z0-9+/_-]{14,160}+={0,2}"
)
_DECIMAL = re.compile(r"(?<![\w.,])[0-9]{1,3}(?:(?:[,;] ?| )[0-9]{1,3}(?![0-9])){9,119}+(?![\w])")
_XOR = re.compile(r"\bx-?or\w{0,3}\b|⊕|ou\sexclusif|exclusive\sor", re.IGNORECASE)
_APART = re.compile(r"[0-9A-Fa-f]{2}(?:[ :,\-]{1,2}(?:0x|\\x)?[0-9A-Fa-f]{2}){4}")
_DIGIT = re.compile("[0-9]")
_BYTE = re.compile(r"[0-9A-Fa-f]{2}")
_NUMBER = re.compile(r"\+?[A-Z]{0,2}[0-9](?:[ .\-/]?[0-9A-Z]){9,40}")
_ADDRESS = re.compile(r"[a-z0-9._+-]{1,64}@[a-z0-9-]{1,64}(?:\.[a-z0-9-]{1,64}){0,4}\.[a-z]{2,18}", re.IGNORECASE)
_TABLES = [bytes(code ^ key for code in range(256)) for key in range(256)]
_LONG, _MOST = 14, 8
"""Keys of one text: what one gives may be a number by each of some that are close."""


def may_stand(clues: Clues) -> bool:
    return _has_run(clues.text) or (
        clues.digits >= 12 and (_APART.search(clues.text) is not None or _XOR.search(clues.text) is not None)
    )


def _has_run(text: str) -> bool:
    """Whether there is a long run without spaces that is no word in small letters."""
    return any(len(run) >= _LONG and (not run.islower() or _DIGIT.search(run) is not None) for run in text.split())


def turned(text: str) -> Iterator[View]:
    """One view for each key that makes numbers or addresses of what stands there."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    for start, end, raw in _raw(text):
        for key, said in _said(raw):
            if len(found) < _MOST or key in found:
                found.setdefault(key, []).append((start, end, said))
    for parts in found.values():
        yield rewritten("xor", parts)


def _raw(text: str) -> Iterator[tuple[int, int, bytes]]:
    for run in _HEX.finditer(text):
        yield *run.span(), bytes(int(each, 16) for each in _BYTE.findall(re.sub(r"0x|\\x", " ", run[0])))
    for run in _BASE64.finditer(text):
        if _HEX.fullmatch(run[0]) is None:
            bare = run[0].rstrip("=").translate(str.maketrans("-_", "+/"))
            try:
                yield *run.span(), base64.b64decode(bare + "=" * (-len(bare) % 4))
            except (binascii.Error, ValueError):
                continue
    if _XOR.search(text) is not None:
        for run in _DECIMAL.finditer(text):
            values = [int(each) for each in re.findall("[0-9]+", run[0])]
            if max(values) < 256:
                yield *run.span(), bytes(values)


def _said(raw: bytes) -> Iterator[tuple[int, str]]:
    """Plain signs differ in their seven lower bits alone: most bytes are told apart by that."""
    high = raw[0] & 0x80
    if any(byte & 0x80 != high for byte in raw) or len(set(raw)) < 4:
        return
    often = Counter(byte & 0xF0 for byte in raw).most_common(1)[0]
    if 2 * often[1] >= len(raw):  # digits stand in one row of the table of signs
        keys = range((often[0] ^ 0x30) & 0xF0, ((often[0] ^ 0x30) & 0xF0) + 16)
        for key in keys:
            said = raw.translate(_TABLES[key]).decode("latin-1")
            if key and _NUMBER.fullmatch(said) is not None:
                yield key, said
    for at in dict.fromkeys(raw):
        key = at ^ 0x40  # some byte is the @
        said = raw.translate(_TABLES[key]).decode("latin-1")
        if key and said.count("@") == 1 and _ADDRESS.fullmatch(said) is not None:
            yield key, said
