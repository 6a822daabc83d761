"""Addresses of network cards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

PATTERN = re.compile(
    r"(?<![\w:.\-])(?:[0-9A-Fa-f]{2}(?P<sep>[:\-])[0-9A-Fa-f]{2}(?:(?P=sep)[0-9A-Fa-f]{2}){4}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4})"
    r"(?![\w:\-])(?!\.[0-9A-Fa-f])"
)


@dataclass(frozen=True, kw_only=True)
class Mac:
    """Six bytes in hexadecimal; not all of them zero, nor the address of everyone."""

    card: ClassVar = DetectorCard(
        id="mac",
        category=Category.MAC,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Adresse MAC", en="MAC address"),
        source="IEEE 802-2014",
        limits=Text(
            fr="Six nombres séparés par des tirets, sans lettre, sont pris pour autre chose.",
            en="Six numbers with hyphens and no letter are taken for something else.",
        ),
    )
    anchor: ClassVar[str | None] = (
        r"[0-9A-Fa-f]{2}[:\-][0-9A-Fa-f]{2}[:\-][0-9A-Fa-f]{2}[:\-]|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"
    )

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            signs = set(match[0].upper()) - set(":-.")
            lettered = bool(signs & set("ABCDEF"))
            if len(signs) > 1 and (lettered or match["sep"] == ":"):
                yield self.card.at(text, *match.span(), score=0.95 if lettered else 0.8)
