"""Plates of French vehicles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import said_after, said_before, words
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

PAIR = "(?!SS)[A-HJ-NP-TV-Z]{2}"
SINCE_2009 = re.compile(rf"(?<![\w\-]){PAIR}(?P<sep>[ \-]?)(?!000)[0-9]{{3}}(?P=sep){PAIR}(?![\w\-])")
BEFORE_2009 = re.compile(
    r"(?<![\w\-])[1-9][0-9]{0,3}(?P<sep>[ \-]?)(?!SS)[A-HJ-NP-TV-Z]{2,3}(?P=sep)(?:2[AB]|97[1-8]|[0-9]{2})(?![\w\-])"
)
NAMED = words(
    "immatricul",
    "plaque",
    "v[ée]hicule",
    "voiture",
    "automobile",
    "camion",
    "moto",
    "scooter",
    "utilitaire",
    "carte grise",
    "certificat d'immat",
    "peugeot",
    "renault",
    "citro[ëe]n",
    "dacia",
    "volkswagen",
    "toyota",
    "ford\\b",
    "fiat\\b",
    "opel\\b",
    "bmw\\b",
    "audi\\b",
    "mercedes",
    "license plate",
    "licence plate",
    "registration",
    "vehicle",
    "car\\b",
)


@dataclass(frozen=True, kw_only=True)
class Plate:
    """AA-123-AA, without I, O, U or SS; other writings, and 123 ABC 75, where a vehicle is spoken of."""

    card: ClassVar = DetectorCard(
        id="plate",
        category=Category.PLATE,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Plaque d'immatriculation", en="Vehicle plate (France)"),
        source="Arrêté du 9 février 2009 relatif aux modalités d'immatriculation des véhicules",
        limits=Text(
            fr="Sans tirets, ou dans sa forme d'avant 2009, n'est relevée que si l'on parle d'un véhicule. Plaques françaises "
            "seulement. Une référence de même forme est prise pour une plaque.",
            en="Without hyphens, or in its form before 2009, found only where a vehicle is spoken of. French plates only. A "
            "reference of the same form is taken for a plate.",
        ),
    )
    anchor: ClassVar[str | None] = r"[A-Z]{2}[ \-]?[0-9]{3}[ \-]?[A-Z]{2}|[0-9][ \-]?[A-Z]{2,3}[ \-]?[0-9][0-9AB]"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(SINCE_2009):
            spoken = _spoken(text, *match.span())
            if spoken or match["sep"] == "-":
                yield self.card.at(text, *match.span(), score=0.97 if spoken else 0.85)
        for match in text.finditer(BEFORE_2009):
            if _spoken(text, *match.span()):
                yield self.card.at(text, *match.span(), score=0.85)


def _spoken(text: Normalised, start: int, end: int) -> bool:
    return said_before(text, start, NAMED, reach=60) or said_after(text, end, NAMED, reach=24)
