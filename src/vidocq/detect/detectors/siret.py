"""Numbers of French establishments (SIRET)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import said_before, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised
from vidocq.detect.numbers import SEVEN_DIGITS, digits_of, luhn, siren_holds

PATTERN = re.compile(r"(?<!\w)(?<![0-9][ .,\-/])[0-9](?:[ .\-]{0,2}[0-9]){13}(?!\w)(?![.,\-/][0-9])")
USUAL = re.compile(
    r"[0-9]{9} {1,2}[0-9]{5}|[0-9]{3}( {1,2}|[.\-])[0-9]{3}\1[0-9]{3}\1(?:[0-9]{5}|[0-9]{2} ?[0-9]{3}|[0-9]{3} ?[0-9]{2})"
)
NAMED = words("siret\\b", "siren\\b", "rcs\\b", "[ée]tablissement", "sirene\\b", "immatricul")
LA_POSTE, HEAD_OFFICE = "356000000", "35600000000048"


@dataclass(frozen=True, kw_only=True)
class Siret:
    """A SIREN, then five digits for the place, with their check digit."""

    card: ClassVar = DetectorCard(
        id="siret",
        category=Category.SIRET,
        evidence=Evidence.CHECKSUM,
        title=Text(fr="Numéro SIRET", en="French establishment number (SIRET)"),
        source="Code de commerce, art. R. 123-221 ; Insee",
        limits=Text(
            fr="Accolé et non annoncé, n'est relevé que si le numéro d'établissement est inférieur à cent.",
            en="In a row and not announced, found only where the number of the establishment is below one hundred.",
        ),
    )
    anchor: ClassVar[str | None] = SEVEN_DIGITS

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            digits = digits_of(match[0])
            if not siret_holds(digits):
                continue
            named = said_before(text, match.start(), NAMED)
            if named or USUAL.fullmatch(match[0]) or (match[0].isdigit() and digits[9:11] == "00"):
                yield self.card.at(text, *match.span(), score=0.99 if named else 0.8)


def siret_holds(digits: str) -> bool:
    """True for fourteen digits whose two check digits hold; those of La Poste add up to a multiple of five instead."""
    if digits.startswith(LA_POSTE) and digits != HEAD_OFFICE:
        return sum(map(int, digits)) % 5 == 0
    return siren_holds(digits[:9]) and luhn(digits)
