"""E-mail addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.context import said_before
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

AT = r"(?:@| ?[\[(](?:at|arobase|@)[\])] ?)"
DOT = r"(?:\.| ?[\[(](?:dot|point|\.)[\])] ?)"
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
PATTERN = re.compile(
    rf"(?<![\w+%&~-])(?<![\w+%&~-]\.)(?P<local>(?:[oO]')?[\w+%&~-][\w.+%&~-]{{0,63}}(?<!\.)){AT}(?:{LABEL}{DOT}){{1,8}}"
    rf"(?P<top>xn--[a-z0-9-]{{2,59}}|[^\W\d_]{{2,24}})(?![\w(])"
)
FILES = frozenset("png jpg jpeg gif svg webp bmp ico css js json html htm php pdf txt xml".split())  # noqa: SIM905
MESSAGE = re.compile(r"(?:Message-ID|In-Reply-To|References|Content-ID|cid) ?: ?<?$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Email:
    """local@domain.top, also with [at] and [dot]."""

    card: ClassVar = DetectorCard(
        id="email",
        category=Category.EMAIL,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Adresse électronique", en="E-mail address"),
        source="RFC 5321, RFC 6531",
        limits=Text(
            fr="Ne retrouve pas une adresse dictée en toutes lettres, ni une partie locale entre guillemets.",
            en="Finds neither an address spelt out in words nor a quoted local part.",
        ),
    )
    anchor: ClassVar[str | None] = r"[^ \t\r\n@()\[\]{}<>,;:!?'/]@[^ \t\r\n@\-,.]|[\[(](?:at|arobase|@)[\])]"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            start, end = match.span()
            if match["top"].lower() in FILES or said_before(text, start, MESSAGE, reach=20):
                continue
            if match["local"] == "git" and text.text.startswith(":", end):
                continue
            yield self.card.at(text, start, end, score=0.95)
