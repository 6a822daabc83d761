"""The French tax number of a person (SPI, or NIF)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from stdnum.fr import nif

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import said_before, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised
from vidocq.detect.numbers import SEVEN_DIGITS

PATTERN = re.compile(
    r"(?<!\w)(?<![0-9][ .,\-])(?:[0-3][0-9]{12}|[0-3][0-9] [0-9]{2}(?: [0-9]{3}){3}|[0-3](?: [0-9]{3}){4})(?!\w)(?![ .,\-][0-9])"
)
NAMED = words(
    "n[°o]? ?fiscal",
    "num[ée]ro fiscal",
    "fiscal",
    "nif\\b",
    "spi\\b",
    "imp[ôo]ts?\\b",
    "avis d'imp",
    "tax (?:id|number|identification)",
    "tin\\b",
)


@dataclass(frozen=True, kw_only=True)
class Nif:
    """Thirteen digits, the last three a remainder by 511."""

    card: ClassVar = DetectorCard(
        id="nif",
        category=Category.NIF,
        evidence=Evidence.CHECKSUM,
        title=Text(fr="Numéro fiscal (SPI)", en="French tax number (SPI)"),
        source="Commission européenne, TIN par pays : France ; python-stdnum",
        limits=Text(
            fr="Accolé et non annoncé, n'est pas relevé : un horodatage a la même forme.",
            en="In a row and not announced it is not found: a timestamp looks the same.",
        ),
    )
    anchor: ClassVar[str | None] = SEVEN_DIGITS

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            if not nif.is_valid(match[0].replace(" ", "")):
                continue
            named = said_before(text, match.start(), NAMED)
            if named or match[0][2] == " ":
                yield self.card.at(text, *match.span(), score=0.97 if named else 0.7)
