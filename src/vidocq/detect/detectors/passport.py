"""Numbers of passports."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import last_said, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

FRENCH = r"[0-9]{2} ?[A-Z]{2} ?[0-9]{5}"
PATTERN = re.compile(
    rf"(?<![\w\-])(?P<french>{FRENCH})(?![\w\-])|(?<![\w\-/.])[A-Z]{{0,2}}[0-9]{{6,9}}[A-Z]?(?![\w\-/.])"
)
NAMED = words("passeport", "passport")
OTHER = words("n[ée]e? le", "tel", "t[ée]l", "dossier", "visa\\b", "carte", "cni\\b", "identit[ée]", "commande")


@dataclass(frozen=True, kw_only=True)
class Passport:
    """Two digits, two letters, five digits in France; six to nine digits elsewhere: always announced."""

    card: ClassVar = DetectorCard(
        id="passport",
        category=Category.PASSPORT,
        evidence=Evidence.CONTEXT,
        title=Text(fr="Numéro de passeport", en="Passport number"),
        source="Décret n° 2005-1726 du 30 décembre 2005 relatif aux passeports ; OACI, Doc 9303",
        limits=Text(
            fr="N'a pas de clé hors de la zone de lecture optique : n'est relevé qu'annoncé.",
            en="Has no check digit outside the machine-readable zone: found only where announced.",
        ),
    )
    anchor: ClassVar[str | None] = r"[Pp][Aa][Ss][Ss][Ee]?[Pp][Oo][Rr][Tt]"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            start, end = match.span()
            named, other = (last_said(text, start, words, reach=48) for words in (NAMED, OTHER))
            if named > other:
                yield self.card.at(text, start, end, score=0.95 if match["french"] else 0.7)
