"""Accounts of which each letter is told by a word that begins with it: "fable rose 7 6 1 1 5 8 …", "Forest, Rabbit, 76, …"."""

import re
from collections.abc import Iterator

from stdnum import iban

from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View, replaced

_GAP = r"(?>[\s,;|/·•→>–—-]{1,6})(?:[0-9]{1,2}[.)] )?"
_LANDS = "fr mc be de es it lu ch gb nl pt ie at".split()  # noqa: SIM905
_REST = r"[^\W\d_]{1,14}"
_BEGINS = "|".join(f"{land[0]}{_REST}{_GAP}{land[1]}" for land in _LANDS)
_WORD = rf"[^\W\d_]{_REST}"
_ROW = re.compile(
    rf"(?<![^\W_])(?:{_BEGINS}){_REST}{_GAP}[0-9]{{1,4}}(?:{_GAP}(?:[0-9]{{1,5}}|{_WORD})(?![^\W_])){{2,34}}+",
    re.IGNORECASE,
)
_EACH = re.compile(rf"[0-9]+|{_WORD}")
_LENGTHS = range(34, 14, -1)
_DIGITS = 12


def may_stand(clues: Clues) -> bool:
    return clues.digits >= _DIGITS and _ROW.search(clues.text) is not None


def written(text: str) -> View | None:
    """Each of which the check digits hold (ISO 13616), as one writes it."""
    return replaced("told", text, _accounts(text))


def _accounts(text: str) -> Iterator[tuple[int, int, str]]:
    for row in _ROW.finditer(text):
        said, ends = "", dict[int, int]()
        for each in _EACH.finditer(text, *row.span()):
            said += each[0] if each[0].isdecimal() else each[0][0].upper()
            ends[len(said)] = each.end()
        for length in _LENGTHS:
            if length in ends and said.isascii() and iban.is_valid(said[:length], check_country=False):
                yield row.start(), ends[length], said[:length]
                break
