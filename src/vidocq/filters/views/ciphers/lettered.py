"""Numbers in the first ten letters of the alphabet, with no word of it: "BFAB HCDI …", "jfcdabhegi", A for one or for zero."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers.alike import LENGTHS, NIR, OF_ACCOUNT, holds
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
_LENGTHS = frozenset(LENGTHS) - {OF_ACCOUNT}
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
            if holds(read, {len(group) for group in groups}, is_abroad=row["plus"] is not None, is_account=False):
                written = shapes.spaced(read) if len(read) == NIR else read
                parts.append((*row.span(), ("+" if row["plus"] else "") + written))
    if parts:
        yield rewritten("alike", parts)
