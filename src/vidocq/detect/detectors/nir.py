"""The number of registration of a person (NIR), that of French social security."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import said_before, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised
from vidocq.detect.numbers import SEVEN_DIGITS

SEP = r"[ .\-]{0,2}"
PATTERN = re.compile(
    rf"(?<![\w])(?<![0-9][.\-])(?P<sex>[1-478]){SEP}(?P<year>[0-9]{{2}}){SEP}(?P<month>[0-9]{{2}}){SEP}"
    rf"(?P<county>[0-9]{{2}}|2[ABab]){SEP}(?P<town>[0-9]{{3}}){SEP}(?P<order>[0-9]{{3}})"
    rf"(?:(?: ?/ ?|,? ?cl[ée] ?:? ?|{SEP})(?P<key>[0-9]{{2}})| ?[(\[] ?(?:cl[ée] ?:? ?)?(?P<aside>[0-9]{{2}}) ?[)\]])?"
    r"(?!\w)(?![.\-][0-9])"
)
NAMED = words(
    "nir\\b",
    "n[°o]? ?(?:de )?s[ée]cu",
    "s[ée]curit[ée] sociale",
    "s[ée]cu\\b",
    "insee",
    "ins\\b",
    "assur[ée]",
    "n[°o] ?ss\\b",
    "num[ée]ro ss\\b",
    "immatricul",
    "carte vitale",
    "vitale",
    "social security",
)


@dataclass(frozen=True, kw_only=True)
class Nir:
    """Sex, year, month, place and order, thirteen signs, then a key of two digits."""

    card: ClassVar = DetectorCard(
        id="nir",
        category=Category.NIR,
        evidence=Evidence.CHECKSUM,
        title=Text(fr="Numéro de sécurité sociale (NIR)", en="French social security number (NIR)"),
        source="Décret n° 82-103 du 22 janvier 1982, art. 4",
        limits=Text(
            fr="Sans sa clé, n'est relevé qu'annoncé (« NIR », « sécurité sociale »). Un numéro mal recopié, dont la clé est "
            "fausse, ne l'est pas.",
            en="Without its key it is found only where announced. One miscopied, whose key is wrong, is not found.",
        ),
    )
    anchor: ClassVar[str | None] = SEVEN_DIGITS + r"|[0-9][ .\-]{0,2}2[ABab][ .\-]{0,2}[0-9]{3}"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            if not _is_a_birth(match):
                continue
            start, end = match.span()
            named = said_before(text, start, NAMED)
            key = match["key"] or match["aside"]
            if key is None:
                if named:
                    yield self.card.at(text, start, end, score=0.8)
            elif _key(match) == int(key) and (named or _speaks_alone(match)):
                yield self.card.at(text, start, end, score=0.99 if named else 0.9)


def _is_a_birth(match: re.Match[str]) -> bool:
    """Months 20 to 42 and from 50 stand for dates that the civil registry does not know."""
    month = int(match["month"])
    known = 1 <= month <= 12 or 20 <= month <= 42 or month >= 50
    return known and match["county"] != "00" and match["town"] != "000" and match["order"] != "000"


def _speaks_alone(match: re.Match[str]) -> bool:
    """In a row and not announced, fifteen digits of which the month is an exception are rather something else."""
    return int(match["month"]) <= 12 or not match[0].isalnum()


def _key(match: re.Match[str]) -> int:
    """97 less the remainder by 97; Corsica counts as 19 (2A) and 18 (2B)."""
    county = match["county"].upper().replace("2A", "19").replace("2B", "18")
    number = "".join((match["sex"], match["year"], match["month"], county, match["town"], match["order"]))
    return 97 - int(number) % 97
