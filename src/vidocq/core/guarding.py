"""What a filter around a model says of a text: where, what kind, and what is to be done. Never the value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NamedTuple, Protocol

from vidocq.core.text import Text


class Surface(StrEnum):
    """Where a text stands in what goes to a model or comes from it."""

    PROMPT = "prompt"
    ANSWER = "answer"
    REASONING = "reasoning"
    ARGUMENTS = "arguments"  # of a tool that the model calls


class Action(StrEnum):
    """What is done with a find, from the mildest on."""

    MASK = "mask"  # a word that says what stood there
    REPLACE = "replace"  # a made value of the same kind
    BLOCK = "block"  # nothing more is said


class Hit(NamedTuple):
    """One find in a text. `start` and `end` count code points; end is excluded.

    filter  id of what found it.   kind  category of personal data, or what else the filter looks for.
    view    name of the reading in which it was found; "plain" for the text as it stands.
    late    whether a part of it had been let go of before it was seen.
    """

    start: int
    end: int
    filter: str
    kind: str
    action: Action
    view: str = "plain"
    late: bool = False


class Seen(Protocol):
    """A reading of a text: as it stands, or with disguises undone."""

    @property
    def name(self) -> str: ...

    @property
    def text(self) -> str: ...

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The part of the text as it stands that the non-empty [start, end) of this reading came from."""
        ...


@dataclass(frozen=True, kw_only=True)
class FilterCard:
    """id      cited by policies, logs and dossiers: never reused, never redefined.

    title    a noun phrase.   source  publication, if there is one.
    longest  characters of the longest find that it can make, as the text is normally written; None if there is no end.
    limits   what its silence does not prove.
    """

    id: str
    title: Text
    source: str
    longest: int | None
    limits: Text


class TextFilter(Protocol):
    """Looks through readings of one text; the finds it gives are places of the text as it stands."""

    card: ClassVar[FilterCard]

    @property
    def surfaces(self) -> frozenset[Surface]: ...

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        """Reads the text as it stands first; changes nothing, and keeps nothing from one text to the next."""
        ...
