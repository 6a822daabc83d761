"""One text with its readings, made once for all the filters that look through it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from vidocq.core.guarding import Action, Hit, Surface, TextFilter
from vidocq.filters.held import Looked
from vidocq.filters.views.readings import TooMuchInside, readings
from vidocq.filters.views.view import View


def nothing() -> None:
    """Done between two readings where nobody has to be asked whether to go on."""


@dataclass
class Readings:
    """May be gone through several times; what was read is kept.

    between  done before each reading; what it raises ends all.
    """

    text: str
    between: Callable[[], None] = nothing
    _read: list[View] = field(default_factory=list)
    _rest: Iterator[View] | None = None

    def __iter__(self) -> Iterator[View]:
        if self._rest is None:
            self._rest = readings(self.text)
        for view in self._read:
            self.between()
            yield view
        for view in self._rest:
            self.between()
            self._read.append(view)
            yield view

    @property
    def characters(self) -> int:
        """Of the readings made so far."""
        return sum(len(view.text) for view in self._read)


def look(text: str, filters: Sequence[TextFilter], surface: Surface, between: Callable[[], None] = nothing) -> Looked:
    """What the filters of a surface find in a text. A text that unfolds into too much is a find as a whole, to be blocked."""
    found: list[Hit] = []
    seen = Readings(text, between)
    try:
        for each in filters:
            if surface in each.surfaces:
                found += each.hits(seen)
    except TooMuchInside:
        found.append(Hit(0, len(text), "guard", "too-much-inside", Action.BLOCK))
    return Looked(found, seen.characters)
