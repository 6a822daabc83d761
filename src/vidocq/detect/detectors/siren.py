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
from vidocq.detect.numbers import SEVEN_DIGITS, digits_of, siren_holds

PATTERN = re.compile(
    r"(?:(?<!\w)|(?<=\W[AB]))(?<![0-9][ .,\-/])(?P<number>[0-9]{9}|[0-9]{3}(?P<sep> {1,2}|[.\-])[0-9]{3}(?P=sep)[0-9]{3})(?!\w)(?![.,\-/][0-9])(?! [0-9]{5}(?!\w)(?! [A-ZÉ]))"
    r"(?! [0-9]{3}(?!\w))"
)
NAMED = words(
    "siren\\b", "rcs\\b", "r\\.c\\.s", "registre du commerce", "immatricul", "sirene\\b", "identifi[ée]e? sous"
)
NAMED_AFTER = words(r"rcs\b", r"r\.c\.s", "registre du commerce", r"\(?siren\b")
AMOUNTS = (
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
OTHER = words("siret", *THINGS, *AMOUNTS, "rna\\b", "duns\\b")
COMPANY = words(
    "soci[ée]t[ée]s?\\b",
    "entreprise",
    r"s\.?a\.?r\.?l\b",
    r"s\.?a\.?s\.?u?\b",
    r"eurl\b",
    r"s\.?a\.?\b",
    r"sci\b",
    r"siren\b",
    r"siret\b",
    r"rcs\b",
    "si[èe]ge",
    r"tva\b",
    "g[ée]rante?",
    "fournisseur",
    "[ée]tablissements?",
    "association",
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
            fr="Un nombre de neuf chiffres sur dix a la bonne clé : accolé et non annoncé, il n'est pas relevé ; par groupes de "
            "trois, il l'est si l'on parle d'une entreprise et qu'il ne compte rien. Désigne une personne morale le plus souvent.",
            en="One nine-digit number in ten has the right check digit: in a row and not announced it is not found; in groups "
            "of three it is where a company is spoken of and nothing is counted. Most often it points at a company, not at a person.",
        ),
    )
    anchor: ClassVar[str | None] = SEVEN_DIGITS

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            start, end = match.span()
            if not siren_holds(digits_of(match[0])) or AMOUNT_AFTER.match(text.text, end):
                continue
            about = speaks_for(text, start, NAMED, OTHER)
            if about > 0 or (about == 0 and said_after(text, end, NAMED_AFTER, reach=18)):
                yield self.card.at(text, start, end, score=0.98)
            elif about == 0 and match["sep"] in {" ", "  "} and said_before(text, start, COMPANY, reach=160):
                yield self.card.at(text, start, end, score=0.6)
