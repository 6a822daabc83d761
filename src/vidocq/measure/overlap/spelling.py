"""One spelling for texts that say the same: what is compared is neither case, nor accents, nor the kind of a space.

Each character is spelt on its own, so that a text can be cut anywhere: NFKD, without its accents, in lower case
(`casefold`); typographic quotes and dashes are plain ones; what has no width is left out; line ends and other control
characters are spaces, and spaces in a row are one. Result: UTF-8.

`lettered` keeps of that the letters and digits alone, and makes one of those that stand for one another (e, 3): spaces,
punctuation, markup and such letters hide nothing from it.
"""

import re
import unicodedata
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, IntArray

APART: Final = "\x1e"
"""Stands between texts; no text spelt by itself holds it."""
_QUOTES: Final = dict.fromkeys("‘’‚‛′`´ʼ", "'") | dict.fromkeys("“”„‟″«»", '"')
_DASHES: Final = dict.fromkeys("‐‑‒–—―−", "-")
_SWAPPED: Final = _QUOTES | _DASHES
_PAGE: Final = 256
_SPACES: Final = re.compile(rb"  +")
_ALIKE: Final = bytes.maketrans(b"013457i", b"oleastl")
_NO_LETTERS: Final = bytes(code for code in range(0x80) if not chr(code).isalnum() and chr(code) != APART)


def spelt(text: str) -> bytes:
    """`text` in the spelling that is compared, as UTF-8."""
    return spelt_apart(text.replace(APART, " "))


def spelt_apart(text: str) -> bytes:
    """The same of texts joined by `APART`, which stays."""
    if text.isascii():
        return _SPACES.sub(b" ", text.encode("ascii").translate(_ascii()))
    codes, _ = _spelt_codes(text)
    return _utf8(codes)


def places(text: str) -> IntArray:
    """(len(spelt(text)),) which character of `text` each byte of its spelling comes from."""
    codes, origin = _spelt_codes(text.replace(APART, " "))
    return _of_bytes(codes, origin)


def lettered(text: str) -> bytes:
    """Letters and digits of the spelling of `text`, without what stands between them."""
    return lettered_apart(text.replace(APART, " "))


def lettered_apart(text: str) -> bytes:
    """The same of texts joined by `APART`, which stays."""
    if text.isascii():
        return text.encode("ascii").translate(_ascii(), _NO_LETTERS).translate(_ALIKE)
    codes, _ = _spelt_codes(text)
    return _utf8(codes[_are_letters(codes) | (codes == ord(APART))]).translate(_ALIKE)


def places_lettered(text: str) -> IntArray:
    """(len(lettered(text)),) which character of `text` each byte of it comes from."""
    codes, origin = _spelt_codes(text.replace(APART, " "))
    kept = _are_letters(codes)
    return _of_bytes(codes[kept], origin[kept])


def _of_bytes(codes: NDArray[np.uint32], origin: IntArray) -> IntArray:
    return np.repeat(origin, 1 + (codes >= 0x80).astype(np.int64) + (codes >= 0x800) + (codes >= 0x10000))


def _are_letters(codes: NDArray[np.uint32]) -> BoolArray:
    found = np.zeros(len(codes), dtype=np.bool_)
    pages = codes >> 8
    for page in np.flatnonzero(np.bincount(pages)).tolist() if len(codes) else []:
        here = pages == page
        found[here] = _letters_of(page)[codes[here] & 0xFF]
    return found


@cache
def _letters_of(page: int) -> BoolArray:
    return np.array([_is_letter(page * _PAGE + at) for at in range(_PAGE)], dtype=np.bool_)


def _is_letter(code: int) -> bool:
    return chr(code).isalnum() or unicodedata.category(chr(code))[0] == "M"


def _spelt_codes(text: str) -> tuple[NDArray[np.uint32], IntArray]:
    """Code points of the spelling, and the place in `text` each comes from."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    pages = np.flatnonzero(np.bincount(codes >> 8))
    slot = np.zeros(int(pages[-1]) + 1 if len(pages) else 1, dtype=np.int64)
    slot[pages] = np.arange(len(pages))
    held = [_page(int(page)) for page in pages]
    if not held:
        return codes, np.zeros(0, dtype=np.int64)
    at = slot[codes >> 8] * _PAGE + (codes & 0xFF)
    first = np.concatenate([page[0] for page in held])[at]
    lengths = np.concatenate([page[1] for page in held])[at]
    origin = np.arange(len(codes))
    if (lengths != 1).any():
        several = np.flatnonzero(lengths > 1)
        origin = np.repeat(origin, lengths)
        begins = np.cumsum(lengths, dtype=np.int64) - lengths
        first = np.repeat(first, lengths)
        for code in np.unique(codes[several]).tolist():
            starts = begins[several[codes[several] == code]]
            for further, letter in enumerate(_spelling(code)):
                first[starts + further] = ord(letter)
    spaces = first == 0x20
    kept = ~spaces
    kept[:1] = True
    kept[1:] |= ~spaces[:-1]
    return first[kept], origin[kept]


@cache
def _page(number: int) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """First code point of the spelling of 256 characters, and its length."""
    spellings = [_spelling(code) for code in range(number * _PAGE, (number + 1) * _PAGE)]
    first = np.array([ord(spelling[0]) if spelling else 0 for spelling in spellings], dtype=np.uint32)
    return first, np.array([len(spelling) for spelling in spellings], dtype=np.uint8)


def _spelling(code: int) -> str:
    sign = chr(code)
    if sign == APART:
        return sign
    if 0xD800 <= code < 0xE000:
        return "\ufffd"  # half of a pair: no character, and no UTF-8
    category = unicodedata.category(sign)
    if sign.isspace() or category == "Cc":
        return " "
    if category == "Cf" or unicodedata.combining(sign) or 0xFE00 <= code < 0xFE10:
        return ""
    if sign in _SWAPPED:
        return _SWAPPED[sign]
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
    letters = [_SWAPPED.get(letter, letter) for letter in apart if not unicodedata.combining(letter)]
    return re.sub(r"\s+", " ", "".join(letters))


@cache
def _ascii() -> bytes:
    return bytes(ord(_spelling(code)) if code < 0x80 else code for code in range(256))


def _utf8(codes: NDArray[np.uint32]) -> bytes:
    if not len(codes) or int(codes.max()) < 0x80:
        return codes.astype(np.uint8).tobytes()
    return codes.astype("<u4").tobytes().decode("utf-32-le").encode("utf-8")
