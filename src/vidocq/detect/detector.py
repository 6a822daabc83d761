"""What a detector is: a card, an anchor, and one pure method."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar, Protocol

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.normalised import Normalised


class Evidence(IntEnum):
    """What a find rests on, weakest first: of two that overlap, the stronger stays."""

    CONTEXT = 1
    STRUCTURE = 2
    CHECKSUM = 3


@dataclass(frozen=True, kw_only=True)
class DetectorCard:
    """What a detector finds and what it cannot: feeds the docs and the command line.

    id        cited by `spans.jsonl`: never reused, never redefined.
    category  of everything it finds.
    evidence  what its finds rest on.
    title     a noun phrase.
    source    who defines the form of what it finds.
    limits    what it misses, and what it may take by mistake.
    """

    id: str
    category: Category
    evidence: Evidence
    title: Text
    source: str
    limits: Text

    def at(self, text: Normalised, start: int, end: int, *, score: float) -> Span:
        """The find that stands at [start, end) of `text.text`, placed in the text as it was given."""
        if text.origin is None:
            return Span(start, end, self.category, self.id, score)
        return Span(*text.original(start, end), self.category, self.id, score)


class Detector(Protocol):
    """Pure: the same text gives the same finds.

    anchor  a short pattern that every find contains or touches; only what lies around its matches is searched
            (`Normalised.finditer`). It is read by `re` and by RE2 alike, so: no lookaround, no `\\w`, `\\d`, `\\s` or `\\b`
            (they differ), at most 64 characters long, bounded repeats. None: the whole text is searched.
    """

    card: ClassVar[DetectorCard]

    @property
    def anchor(self) -> str | None: ...

    def find(self, text: Normalised) -> Iterable[Span]:
        """Finds in any order, overlapping or not, placed in the text as it was given (`card.at`)."""
        ...
