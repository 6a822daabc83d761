"""Addresses of the web that carry a name and a password."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

PATTERN = re.compile(
    r"(?<![\w.+\-])[A-Za-z][A-Za-z0-9.+\-]{1,20}://[^\s/:@\"'<>]{0,64}:[^\s/@\"'<>]{1,128}@[\w.\-]{1,128}(?::[0-9]{1,5})?"
)


@dataclass(frozen=True, kw_only=True)
class UrlCredentials:
    """scheme://name:password@host."""

    card: ClassVar = DetectorCard(
        id="url-credentials",
        category=Category.SECRET,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Mot de passe dans une adresse web", en="Password in a URL"),
        source="RFC 3986, § 3.2.1",
        limits=Text(
            fr="Un mot de passe donné en paramètre (« ?key= ») relève du détecteur des secrets.",
            en="A password given as a parameter (“?key=”) is left to the detector of secrets.",
        ),
    )
    anchor: ClassVar[str | None] = r"://[^ \t\r\n/@]{1,58}@|://[^ \t\r\n/@]{60}"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            yield self.card.at(text, *match.span(), score=0.95)
