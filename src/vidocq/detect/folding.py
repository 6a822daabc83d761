"""How each character is spelt for detectors, as tables over Unicode: made on first use, and read by numpy."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

CODES = 0x110000


class Kind(IntEnum):
    """What folding does to a character."""

    KEPT = 0
    SWAPPED = 1  # one for one
    GONE = 2  # has no width
    SPREAD = 3  # one for several
    MARK = 4  # an accent given apart, joined to the letter before
    LOOKALIKE = 5  # swapped only inside a Latin word


SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
HYPHENS = (0x2010, 0x2011, 0x2012, 0x2212, 0xFE63, 0xFF0D)
WIDTHLESS = (
    (0xAD, 0xAE),
    (0x34F, 0x350),
    (0x61C, 0x61D),
    (0x180B, 0x180F),
    (0x200B, 0x2010),
    (0x202A, 0x202F),
    (0x2060, 0x2070),
    (0xFE00, 0xFE10),
    (0xFEFF, 0xFF00),
    (0xFFF9, 0xFFFC),
    (0xE0000, 0xE0200),
)
ONE_FOR_ONE = ((0xFF01, 0xFF5F), (0x1D400, 0x1D800), (0x17F, 0x180), (0x212A, 0x212B))  # as NFKC has them
DIGITS = (0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20)
LIGATURES = (0xFB00, 0xFB07)
MARKS = (0x300, 0x370)
LOOKALIKES = dict(
    zip(
        "АВЕКМНОРСТХаеорсухіјѕІЈЅԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABEKMHOPCTXaeopcyxijsIJSdABEZHIKMNOPTYXo",
        strict=True,
    )
)
WORD = re.compile(r"[^\W_]+")
SWAP = str.maketrans(LOOKALIKES)
FIRST_LETTER, LAST_ASCII = 0x41, 0x7F
LAST_LATIN = "\u024f"


@dataclass(frozen=True, eq=False)
class Tables:
    """By code point: kind (CODES,) of Kind, and spelling (CODES,), the code point that stands for it."""

    kind: NDArray[np.uint8]
    spelling: NDArray[np.uint32]


@cache
def tables() -> Tables:
    kind = np.zeros(CODES, dtype=np.uint8)
    spelling = np.arange(CODES, dtype=np.uint32)
    for code, plain in chain(_spaces_and_hyphens(), _digits(), _one_for_one()):
        kind[code], spelling[code] = Kind.SWAPPED, ord(plain)
    kind[slice(*MARKS)] = Kind.MARK
    for first, stop in WIDTHLESS:
        kind[first:stop] = Kind.GONE
    kind[slice(*LIGATURES)] = Kind.SPREAD
    kind[[ord(letter) for letter in LOOKALIKES]] = Kind.LOOKALIKE
    return Tables(kind, spelling)


def _spaces_and_hyphens() -> Iterator[tuple[int, str]]:
    yield from ((code, " ") for code in SPACES)
    yield from ((code, "-") for code in HYPHENS)


def _digits() -> Iterator[tuple[int, str]]:
    yield from ((zero + value, str(value)) for zero in DIGITS for value in range(10))


def _one_for_one() -> Iterator[tuple[int, str]]:
    for code in chain.from_iterable(range(*bounds) for bounds in ONE_FOR_ONE):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain.isascii():
            yield code, plain


def codes_of(text: str) -> NDArray[np.uint32]:
    """(len(text),) code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def text_of(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def spread(ligature: int) -> str:
    """Several letters for one: ﬁ is spelt fi."""
    return unicodedata.normalize("NFKC", chr(ligature))


@cache
def composed(letter: int, mark: int) -> int | None:
    """The code point of a letter with its accent, where there is one."""
    joined = unicodedata.normalize("NFC", chr(letter) + chr(mark))
    return ord(joined) if len(joined) == 1 else None


def without_lookalikes(text: str) -> str:
    """Of the same length: in a word that has a letter of ours, letters of other alphabets that look like ours are ours.

    A word wholly of another alphabet, or with a letter that could not be taken for ours, stays as it is.
    """
    return WORD.sub(lambda word: _latin(word[0]), text)


def _latin(word: str) -> str:
    if word.isascii() or not any("A" <= letter <= "z" for letter in word):
        return word
    swapped = word.translate(SWAP)
    return swapped if all(letter <= LAST_LATIN for letter in swapped) else word
