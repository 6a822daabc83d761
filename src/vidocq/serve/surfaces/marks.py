"""Marks and numbers that programs write beside the texts: how they are read, and which finds in them count.

A mark is random for the most part, and undoing disguises would find anything in it: it is read as it stands, and what is
known by its structure counts.
"""

import re
from typing import Any

from vidocq.core.guarding import Hit
from vidocq.core.spans import Category
from vidocq.filters.personal_data import STRUCTURED, PersonalData

SHORTEST = 8
"""Digits from which on a number may be somebody's."""
LONGEST = 128
"""Characters of a mark, or of a name of a field that is read as such."""
SECONDS = 10
"""Digits of the seconds since 1970."""
_MARK = re.compile(r"[A-Za-z0-9+][A-Za-z0-9_.:/+@-]{0,127}")
_BESIDE_LETTERS = re.compile(r"[A-Za-z_.:/-]*([0-9]{10,15})[A-Za-z_.:/-]*")
_FINGERPRINT = "fp_"
_ABROAD = re.compile(r"33[1-9][0-9]{8}")
_LARGEST = 1e22  # up to which the digits of a float mean something


def is_mark(value: str) -> bool:
    """Whether this is shaped as a mark is; all else is text."""
    return _MARK.fullmatch(value) is not None


def readings_of_mark(value: str) -> list[str]:
    """The mark, and its digits by themselves where all else in it is letters; those of a fingerprint are random too."""
    beside = None if value.startswith(_FINGERPRINT) else _BESIDE_LETTERS.fullmatch(value)
    return [value] if beside is None else [value, beside[1]]


def is_identifier(hit: Hit, _: str) -> bool:
    return hit.filter != PersonalData.card.id or hit.kind in STRUCTURED


def digits_of(value: Any) -> str:
    """Those of a whole number that may be somebody's; "" for any other."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, float):
        if not abs(value) < _LARGEST or not value.is_integer():
            return ""
        value = int(value)
    if abs(value) < 10 ** (SHORTEST - 1):
        return ""
    return str(abs(value))


def readings_of_number(digits: str, name: str) -> list[str]:
    """The number after what its field is called, and as one that is called from abroad."""
    said = f"{name.replace('_', ' ')[:64]}: {digits}" if name else digits
    return [said, f"+{digits}"] if _ABROAD.fullmatch(digits) else [said]


def is_number(hit: Hit, text: str) -> bool:
    """Whether it lies in the number, with which the reading ends, and not in what its field is called."""
    return hit.end == len(text) and (hit.filter != PersonalData.card.id or hit.kind != Category.PERSON)


def is_name(hit: Hit, text: str) -> bool:
    """In the name of a field a first name alone is a word like others; the full name of a person, in capitals as names are, is not."""
    if hit.filter != PersonalData.card.id or hit.kind != Category.PERSON:
        return True
    words = text[hit.start : hit.end].split()
    return len(words) > 1 and all(word[0].isupper() for word in words) and not all(word.isupper() for word in words)
