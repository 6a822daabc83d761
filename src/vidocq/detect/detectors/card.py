"""Numbers of payment cards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import OF_SOMETHING, OTHER_NUMBERS, said_before, speaks_for, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised
from vidocq.detect.numbers import SEVEN_DIGITS, digits_of, luhn

PATTERN = re.compile(r"(?<!\w)(?<![0-9][ .,\-])[2-6](?:[ .\-]{0,2}[0-9]){12,18}(?!\w)(?![.,\-][0-9])")
USUAL = re.compile(
    r"[0-9]{4}(?P<sep> {1,2}|[.\-])[0-9]{4}(?P=sep)[0-9]{4}(?P=sep)[0-9]{4}(?:(?P=sep)[0-9]{1,3})?"
    r"|[0-9]{4}(?P<gap> {1,2}|[.\-])[0-9]{6}(?P=gap)[0-9]{4,5}"
)
AMOUNT_FOLLOWS = re.compile(  # a line of a bank statement: what comes after the gap is no part of the number
    r"(?:[0-9]{4}(?P<sep>[ .\-]?)[0-9]{4}(?P=sep)[0-9]{4}(?P=sep)[0-9]{4}|[0-9]{4}(?P<gap> ?)[0-9]{6}(?P=gap)[0-9]{5})(?= {1,2}[0-9]{1,3}\b)"
)
NAMED = words(
    "cartes?(?! nationale| d['’]identit| vitale| grise| de fid| de s[ée]jour)",
    "cb\\b",
    "card",
    "visa",
    "mastercard",
    "amex",
    "american express",
    "paiement",
    "payment",
    "pan\\b",
    "bancaire",
    "maestro",
    "d[ée]bit",
    "cr[ée]dit",
)


@dataclass(frozen=True, kw_only=True)
class Card:
    """Thirteen to nineteen digits with their check digit, in the range and of the length of an issuer."""

    card: ClassVar = DetectorCard(
        id="card",
        category=Category.CARD,
        evidence=Evidence.CHECKSUM,
        title=Text(fr="Numéro de carte de paiement", en="Payment card number"),
        source="ISO/IEC 7812-1",
        limits=Text(
            fr="Une référence sur dix qui commence comme une carte en a aussi la clé ; après « commande » ou « facture » elle "
            "est écartée. Un numéro masqué n'est pas relevé.",
            en="One reference in ten that begins like a card also has its check digit; it is set aside after “order” or "
            "“invoice”. A masked number is not found.",
        ),
    )
    anchor: ClassVar[str | None] = SEVEN_DIGITS

    def find(self, text: Normalised) -> Iterator[Span]:
        for found in text.finditer(PATTERN):
            match = found
            if not _is_valid(match[0]):
                shorter = AMOUNT_FOLLOWS.match(text.text, found.start())
                if (
                    shorter is None
                    or not _is_valid(shorter[0])
                    or speaks_for(text, found.start(), NAMED, OTHER_NUMBERS) <= 0
                ):
                    continue
                match = shorter
            issuer = issuer_of(digits_of(match[0]))
            about = speaks_for(text, match.start(), NAMED, OTHER_NUMBERS)
            grouped = USUAL.fullmatch(match[0]) is not None
            bare = issuer == "common" and match[0].isdigit()
            if bare and about == 0 and said_before(text, match.start(), OF_SOMETHING, reach=10):
                continue
            if about > 0 or (about == 0 and (grouped or bare)):
                yield self.card.at(text, *match.span(), score=0.97 if about else 0.9 if grouped else 0.7)


def _is_valid(number: str) -> bool:
    digits = digits_of(number)
    return issuer_of(digits) is not None and luhn(digits) and len(set(digits)) > 1


def issuer_of(digits: str) -> str | None:
    """`common` for ranges and lengths seen every day, `rare` for those that other numbers share, None for no card."""
    n, two, three, four = len(digits), int(digits[:2]), int(digits[:3]), int(digits[:4])
    if n == 16 and (digits[0] == "4" or 50 <= two <= 58 or 2221 <= four <= 2720):
        return "common"
    if n == 15 and two in (34, 37):
        return "common"
    if n == 16 and (four == 6011 or 644 <= three <= 649 or two == 65 or 3528 <= four <= 3589):
        return "common"
    if digits[0] == "4" and n in (13, 19):
        return "rare"
    if 14 <= n <= 19 and (300 <= three <= 305 or three == 309 or two in (36, 38, 39)):
        return "rare"
    if 16 <= n <= 19 and (two == 62 or four == 6011 or two == 65 or 3528 <= four <= 3589):
        return "rare"
    return "rare" if two == 50 or 56 <= two <= 69 else None
