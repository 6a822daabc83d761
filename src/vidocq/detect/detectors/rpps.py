"""Numbers of French health professionals (RPPS)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import said_before, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised
from vidocq.detect.numbers import SEVEN_DIGITS, digits_of, luhn

PATTERN = re.compile(r"(?<!\w)(?<![0-9][ .,\-])[18](?: ?[0-9]){10}(?!\w)(?! [0-9])(?![.,\-][0-9])")
NAMED = words(
    "rpps\\b", "r\\.p\\.p\\.s", "professionnels? de (?:la )?sant[ée]", "n[°o]? ?(?:de )?prescripteur", "am ?n[°o]"
)


@dataclass(frozen=True, kw_only=True)
class Rpps:
    """Eleven digits with their check digit, announced."""

    card: ClassVar = DetectorCard(
        id="rpps",
        category=Category.RPPS,
        evidence=Evidence.CHECKSUM,
        title=Text(fr="Numéro RPPS d'un professionnel de santé", en="French health professional's number (RPPS)"),
        source="Arrêté du 6 février 2009 créant le RPPS ; Agence du numérique en santé",
        limits=Text(fr="N'est relevé qu'annoncé (« RPPS »).", en="Found only where announced (“RPPS”)."),
    )
    anchor: ClassVar[str | None] = SEVEN_DIGITS

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            if luhn(digits_of(match[0])) and said_before(text, match.start(), NAMED):
                yield self.card.at(text, *match.span(), score=0.97)
