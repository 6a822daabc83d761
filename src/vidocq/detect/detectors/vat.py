"""VAT numbers of the European Union."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from stdnum.eu import vat
from stdnum.fr import tva

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import said_before, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

FRENCH = re.compile(r"(?<!\w)[Ff][Rr] ?[0-9A-HJ-NP-Za-hj-np-z]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}(?!\w)")
ABROAD = re.compile(
    r"(?<!\w)(?:AT ?U|BE ?[01]|BG|CY|CZ|DE|DK|EE|EL|ES ?[0-9A-Z]|FI|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)"
    r" ?[0-9](?:[ .]?[0-9]){4,11}(?:[A-Z]{1,2}|B[0-9]{2})?(?!\w)"
)
NAMED = words(
    "tva\\b",
    "t\\.v\\.a",
    "vat\\b",
    "intracom",
    "ust",
    "umsatzsteuer",
    "btw\\b",
    "p\\.? ?iva\\b",
    "partita iva",
    "nif\\b",
)


@dataclass(frozen=True, kw_only=True)
class Vat:
    """The French key and SIREN; elsewhere the check of the country, where the number is announced."""

    card: ClassVar = DetectorCard(
        id="vat",
        category=Category.VAT,
        evidence=Evidence.CHECKSUM,
        title=Text(fr="Numéro de TVA intracommunautaire", en="EU VAT number"),
        source="Directive 2006/112/CE, art. 215 ; CGI, art. 286 ter ; python-stdnum",
        limits=Text(
            fr="Hors de France, n'est relevé qu'annoncé (« TVA », « VAT »). Désigne une personne morale le plus souvent.",
            en="Outside France, found only where announced (“VAT”). Most often it points at a company, not at a person.",
        ),
    )
    anchor: ClassVar[str | None] = (
        r"[Ff][Rr] ?[0-9A-Za-z]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}|[A-Z]{2} ?[0-9A-Z]? ?[0-9](?:[ .]?[0-9]){4}"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(FRENCH):
            if tva.is_valid(match[0]):
                yield self.card.at(text, *match.span(), score=0.97)
        for match in text.finditer(ABROAD):
            if said_before(text, match.start(), NAMED) and vat.is_valid(match[0]):
                yield self.card.at(text, *match.span(), score=0.95)
