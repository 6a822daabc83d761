"""Numbers of French identity cards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import last_said, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

PATTERN = re.compile(
    r"(?<![\w\-])(?:[0-9]{12}|[0-9]{4} ?[0-9][0-9A-Z][0-9]? ?[0-9]{5,6}"
    r"|(?=[A-Z0-9]{0,7}[0-9])(?=[A-Z0-9]{0,8}[A-Z])[A-Z0-9]{9})(?![\w\-])"
)
NAMED = words(
    "cart?es? nationales? d'identit[ée]",
    "cartes? (?:nationales? )?d['’]identit[ée]",
    "cni(?:e|s)?\\b",
    "pi[èe]ces? d['’]identit[ée]",
    "titre d['’]identit[ée]",
    "(?:national )?identity card",
    "id card",
)
OTHER = words("passeport", "passport", "siren", "siret", "t[ée]l", "dossier", "commande", "permis")


@dataclass(frozen=True, kw_only=True)
class IdentityCard:
    """Twelve digits before 2021, nine letters and digits since: always announced."""

    card: ClassVar = DetectorCard(
        id="identity-card",
        category=Category.IDENTITY_CARD,
        evidence=Evidence.CONTEXT,
        title=Text(fr="Numéro de carte nationale d'identité", en="French identity card number"),
        source="Décret n° 55-1397 du 22 octobre 1955 instituant la carte nationale d'identité",
        limits=Text(
            fr="N'a pas de clé hors de la zone de lecture optique : n'est relevé qu'annoncé. Cartes françaises seulement.",
            en="Has no check digit outside the machine-readable zone: found only where announced. French cards only.",
        ),
    )
    anchor: ClassVar[str | None] = r"[Dd]['’ ]?[Ii][Dd][Ee][Nn][Tt][Ii][Tt]|C[Nn][Ii]|[Ii](?:dentity|D) [Cc]ard"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            start, end = match.span()
            named, other = (last_said(text, start, words, reach=56) for words in (NAMED, OTHER))
            if named > other:
                yield self.card.at(text, start, end, score=0.9)
