"""International bank account numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from stdnum import iban

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

PATTERN = re.compile(r"(?<!\w)[A-Za-z]{2} ?[0-9]{2}(?:[ .\-]?[A-Za-z0-9]){11,30}")
SEPARATORS = str.maketrans("", "", " .-")
SHORTEST = 15


@dataclass(frozen=True, kw_only=True)
class Iban:
    """Country, two check digits, then the account as that country writes it."""

    card: ClassVar = DetectorCard(
        id="iban",
        category=Category.IBAN,
        evidence=Evidence.CHECKSUM,
        title=Text(fr="IBAN", en="IBAN"),
        source="ISO 13616 ; registre SWIFT, par python-stdnum",
        limits=Text(
            fr="Celui dont la clé est fausse, ou dont une partie est masquée, n'est pas relevé. Une société en a aussi.",
            en="One whose check digits are wrong, or partly masked, is not found. Companies have them too.",
        ),
    )
    anchor: ClassVar[str | None] = (
        r"[A-Za-z]{2} ?[0-9]{2}[ .\-]?[A-Za-z]?[0-9]{3}[0-9]?[ .\-]?[0-9A-Za-z]{2}"
        r"|[A-Za-z]{2}[0-9]{2}[ .\-]?[A-Za-z]{4}[ .\-]?[0-9][0-9A-Za-z]"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            start, end = match.span()
            for stop in _ends(text.text, start, end):
                number = text.text[start:stop].translate(SEPARATORS).upper()
                if len(number) >= SHORTEST and _remainder(number) == 1 and iban.is_valid(number, check_country=False):
                    yield self.card.at(text, start, stop, score=0.99)
                    break


def _remainder(number: str) -> int:
    """By 97, country and check digits put last, each letter read in base 36."""
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where the number may end, furthest first: a word that follows it looks like one more group."""
    for stop in range(end, start + SHORTEST - 1, -1):
        if stop == len(text) or not (text[stop].isalnum() or text[stop - 1] in " .-"):
            yield stop
