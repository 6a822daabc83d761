"""Looks through the texts of one request or answer, and notes what was found where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vidocq.core.guarding import Hit, Surface
from vidocq.filters.guard import Guard
from vidocq.filters.held import Held

Note = Callable[[Surface, str, Hit], None]
"""Called with each find: the surface, the place such as "choices.0.message.content", and the find."""


class Blocked(Exception):
    """A text of this request or answer is not to be said."""


@dataclass(frozen=True)
class Looking:
    """note  called with every find, blocking ones among them."""

    guard: Guard
    note: Note

    def through(self, text: str, surface: Surface, place: str) -> str:
        """The text as it may be said. Raises Blocked."""
        checked = self.guard.check(text, surface)
        for find in checked.finds:
            self.note(surface, place, find)
        if checked.blocked is not None:
            raise Blocked
        return checked.text

    def everything(self, value: Any, surface: Surface, place: str) -> Any:
        """Plain content with every text in it looked through, names of fields apart. Raises Blocked."""
        if isinstance(value, str):
            return self.through(value, surface, place)
        if isinstance(value, list):
            return [self.everything(each, surface, f"{place}.{at}") for at, each in enumerate(value)]
        if isinstance(value, dict):
            return {name: self.everything(each, surface, f"{place}.{name}") for name, each in value.items()}
        return value

    def held(self, surface: Surface) -> Held:
        return self.guard.held(surface)


def is_outside(finds: list[Hit], start: int, end: int) -> bool:
    """Whether [start, end) touches none of the finds."""
    return all(find.end <= start or end <= find.start for find in finds)
