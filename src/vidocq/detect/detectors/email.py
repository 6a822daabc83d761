"""E-mail addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

LOCAL = r"[\w.+%'&*/=?^`{|}~!#$-]"
PATTERN = re.compile(
    rf"(?<!{LOCAL})(?:mailto:)?(?P<address>[\w+%&*/=?^{{}}~!#$-]"
    rf"{LOCAL}{{0,63}}(?<!\.)@(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?\.){{1,8}}[^\W\d_][^\W_-]{{1,23}})(?![\w-])"
)


@dataclass(frozen=True, kw_only=True)
class Email:
    """local@domain.tld."""

    card: ClassVar = DetectorCard(
        id="email",
        category=Category.EMAIL,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Adresse électronique", en="E-mail address"),
        source="RFC 5321, RFC 6531",
        limits=Text(
            fr="Ne retrouve pas une adresse déguisée en toutes lettres (« nom arobase domaine point fr »).",
            en="Does not find an address spelt out in words (“name at domain dot com”).",
        ),
    )
    anchor: ClassVar[str | None] = r"[^ @\t\r\n]@[^ @\t\r\n]"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            start, end = match.span("address")
            yield self.card.at(text, start, end, score=0.95)
