"""Names of accounts on social networks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.normalised import Normalised

PATTERN = re.compile(
    r"(?<![\w@./\\&+%~\-\"\[])@(?P<name>[A-Za-z][\w]{1,29}(?:[.\-][A-Za-z0-9_]{1,20}){0,2})(?![\w@(/{\]])"
)
CODE = frozenset(
    """media import charset font-face keyframes supports namespace page layer container property apply include mixin extend
    param params return returns throws throw exception author since version see deprecated override overrides link code
    todo fixme test before after beforeeach aftereach autowired component service repository controller entity table column
    id bean inject injectable input output classmethod staticmethod dataclass abstractmethod cached_property cache wraps
    property pytest app click router types type private public protected static final readonly internal example default
    ignore license file brief details note warning everyone here channel all babel vue angular""".split()  # noqa: SIM905
)
CODE_FOLLOWS = re.compile(
    r"[^\S\n]*\n[^\S\n]*(?:@|(?:async )?def |class |public |private |protected |fun |func |function |export )"
)


@dataclass(frozen=True, kw_only=True)
class Handle:
    """@name, which is neither an e-mail address nor code."""

    card: ClassVar = DetectorCard(
        id="handle",
        category=Category.HANDLE,
        evidence=Evidence.STRUCTURE,
        title=Text(fr="Pseudonyme précédé d'une arobase", en="Account name (@name)"),
        source="Formes admises par X, Instagram, Mastodon",
        limits=Text(
            fr="Un mot du code (« @media », « @param ») n'est pas un pseudonyme, même quand c'en est un.",
            en="A word of code (“@media”, “@param”) is no account name, even where it is one.",
        ),
    )
    anchor: ClassVar[str | None] = r"@[A-Za-z][0-9A-Za-z_]"

    def find(self, text: Normalised) -> Iterator[Span]:
        for match in text.finditer(PATTERN):
            start, end = match.span()
            first = re.split(r"[.]", match["name"].lower())[0]
            if first in CODE or CODE_FOLLOWS.match(text.text, end):
                continue
            yield self.card.at(text, start, end, score=0.7)
