"""Numbers in the first ten letters of the alphabet, with no word of it: "BFAB HCDI …", "jfcdabhegi", A for one or for zero."""

import re
from collections.abc import Iterator

from vidocq.detect.detectors.card import issuer_of
from vidocq.detect.numbers import luhn
from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.digits import shapes
from vidocq.filters.views.view import View

_ROW = re.compile(
    r"(?<![^\W_])(?P<plus>\+ ?)?(?P<row>(?:[A-J]{1,30}(?:[ .\-/][A-J]{1,30}){0,15}|[a-j]{1,30}(?:[ .\-/][a-j]{1,30}){0,15}))(?![^\W_]|[@.+-][^\W_])"
)
_MAY = re.compile(r"[A-Ja-j]{2}[ .\-/]?[A-Ja-j]{2}[ .\-/]?[A-Ja-j]{2}[ .\-/]?[A-Ja-j]{2}")
_LETTERS = "abcdefghij"
_TABLES = tuple(str.maketrans(_LETTERS, digits) for digits in ("1234567890", "0123456789"))
_CALLED, _ABROAD, _NIR, _CARD = 10, 11, 15, 16
_LENGTHS = frozenset((_CALLED, _ABROAD, _NIR, _CARD))
_FEW = 4
"""Different letters of a number, at the least."""


def may_stand(clues: Clues) -> bool:
    return _MAY.search(clues.text) is not None


def digits(text: str) -> Iterator[View]:
    """Such rows as digits, where the checksum of their kind holds, or as pairs or in one go as telephone numbers are written."""
    parts = []
    for row in _ROW.finditer(text):
        groups = re.findall("[a-j]+", row["row"].lower())
        bare = "".join(groups)
        if len(bare) not in _LENGTHS or len(set(bare)) < _FEW or bare in 2 * _LETTERS:
            continue
        for table in _TABLES:
            read = bare.translate(table)
            if _holds(read, {len(group) for group in groups}, is_abroad=row["plus"] is not None):
                written = shapes.spaced(read) if len(read) == _NIR else read
                parts.append((*row.span(), ("+" if row["plus"] else "") + written))
    if parts:
        yield rewritten("alike", parts)


def _holds(read: str, sizes: set[int], *, is_abroad: bool) -> bool:
    if is_abroad:
        return len(read) == _ABROAD and read.startswith("33") and read[2] != "0"
    if len(read) == _CALLED:
        return read[0] == "0" and read[1] != "0" and sizes in ({_CALLED}, {2})
    if len(read) == _NIR:
        return shapes.protected(read) == shapes.spaced(read)
    return len(read) == _CARD and sizes in ({_CARD}, {4}) and issuer_of(read) == "common" and luhn(read)
