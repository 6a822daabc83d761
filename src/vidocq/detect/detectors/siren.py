"""Numbers of French companies (SIREN), which are those of a person where the company is a sole trader."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import THINGS, said_after, said_before, speaks_for, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised
from vidocq.detect.numbers import digits_of, siren_holds

PATTERN = re.compile(
    r"(?<!\w)(?<![0-9][ .,\-/])(?P<number>[0-9]{9}|[0-9]{3}(?P<sep>[ .])[0-9]{3}(?P=sep)[0-9]{3})(?!\w)(?![.,\-/][0-9])(?! [0-9]{5}(?!\w)(?! [A-ZÉ]))"
    r"(?! [0-9]{3}(?!\w))"
)
NAMED = words(
    "siren\\b", "rcs\\b", "r\\.c\\.s", "registre du commerce", "immatricul", "sirene\\b", "identifi[ée]e? sous"
)
OTHER = words("siret", *THINGS, "rna\\b", "duns\\b")
AMOUNT_BEFORE = words(
    "montant",
    "total",
    "capital",
    "somme",
    "environ",
    "pr[èe]s de",
    "plus de",
    "chiffre d'affaires",
    "budget",
    "population",
)
AMOUNT_AFTER = re.compile(
    r" ?(?:€|\$|£|%|euros?\b|eur\b|francs?\b|f\b|dollars?\b|usd\b|k€|m²|km|kg|kwh|habitants|actions|parts|personnes|titres"
    r"|people|shares|inhabitants|octets|bytes)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Siren:
    """Nine digits with their check digit, announced or in groups of three."""

    card: ClassVar = DetectorCard(
        id="siren",
        category=Category.SIREN,
        evidence=Evidence.CHECKSUM,
        title=Text(fr="Numéro SIREN", en="French company number (SIREN)"),
        source="Code de commerce, art. R. 123-221 ; Insee",
        limits=Text(
            fr="Un nombre de neuf chiffres sur dix a la bonne clé : accolé et non annoncé, il n'est pas relevé ; écrit par "
            "groupes de trois, il l'est, sauf s'il compte quelque chose. Désigne une personne morale le plus souvent.",
            en="One nine-digit number in ten has the right check digit: in a row and not announced it is not found; in groups "
            "of three it is, unless it counts something. Most often it points at a company, not at a person.",
        ),
    )
    anchor: ClassVar[str | None] = r"[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            start, end = match.span()
            if not siren_holds(digits_of(match[0])):
                continue
            about = speaks_for(text, start, NAMED, OTHER)
            if about > 0:
                yield self.card.at(text, start, end, score=0.98)
            elif about == 0 and match["sep"] == " " and not _counts(text, start, end):
                yield self.card.at(text, start, end, score=0.6)


def _counts(text: Normalised, start: int, end: int) -> bool:
    return said_before(text, start, AMOUNT_BEFORE, reach=24) or said_after(text, end, AMOUNT_AFTER, reach=14)
