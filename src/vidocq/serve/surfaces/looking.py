"""Looks through the texts of one request or answer, and notes what was found where."""

import hashlib
import math
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from vidocq.core import moment
from vidocq.core.guarding import Action, Hit, Surface
from vidocq.filters.guard import Checked, Guard
from vidocq.filters.held import Held
from vidocq.serve.envelope import too_long, unreadable
from vidocq.serve.surfaces import marks
from vidocq.serve.surfaces.names import FIELDS, MARKED, TIMES, WORDED, WORDS

Note = Callable[[Surface, str, Hit], None]
"""Called with each find: the surface, the place such as "choices.0.message.content", and the find."""
MOST = 128
"""Choices of an answer, and calls of one choice."""
MOST_CLEAN = 1 << 14
_NAME = re.compile(r"[A-Za-z_]{1,48}")
_STRETCH = 2048
"""Characters after which the clock is looked at."""
_SHORT = 5
"""Characters of a token that says nothing by itself."""


class Blocked(Exception):
    """A text of this request or answer is not to be said."""


class Clean:
    """Texts in which a guard found nothing, by their hashes: a conversation says all that was said before again."""

    def __init__(self) -> None:
        self._marks: OrderedDict[bytes, None] = OrderedDict()
        self._lock = threading.Lock()

    def holds(self, mark: bytes) -> bool:
        with self._lock:
            if mark not in self._marks:
                return False
            self._marks.move_to_end(mark)
            return True

    def add(self, mark: bytes) -> None:
        with self._lock:
            self._marks[mark] = None
            if len(self._marks) > MOST_CLEAN:
                self._marks.popitem(last=False)


@dataclass(frozen=True)
class Looking:
    """note   called with every find, blocking ones among them.   clean  kept as long as the guard is.
    until  when texts that came whole have to be looked through, on the clock of `moment.seconds`.
    """

    guard: Guard
    note: Note
    clean: Clean = field(default_factory=Clean)
    until: float = math.inf

    def checked(self, text: str, surface: Surface, place: str) -> Checked:
        """The text as it may be said, with what was found and noted. Raises Refusal where this takes too long."""
        checked = self.seen(text, surface)
        for find in checked.finds:
            self.note(surface, place, find)
        return checked

    def seen(self, text: str, surface: Surface) -> Checked:
        """The text as it may be said, with what was found, which is not noted yet. Raises Refusal where this takes too long."""
        held, said = self.guard.held(surface), []
        for at in range(0, len(text), _STRETCH):
            said.append(held.add(text[at : at + _STRETCH]))
            if moment.seconds() > self.until:
                raise too_long()
        said.append(held.end())
        return Checked("".join(said), tuple(held.finds), held.blocked)

    def finds_in(self, text: str, surface: Surface) -> tuple[Hit, ...]:
        """What is found in a text, which is not noted yet. Raises Refusal where this takes too long."""
        mark = _mark(text, surface)
        if self.clean.holds(mark):
            return ()
        finds = self.seen(text, surface).finds
        if not finds:
            self.clean.add(mark)
        return finds

    def through(self, text: str, surface: Surface, place: str) -> str:
        """The text as it may be said. Raises Blocked."""
        mark = _mark(text, surface)
        if self.clean.holds(mark):
            return text
        checked = self.checked(text, surface, place)
        if checked.blocked is not None:
            raise Blocked
        if not checked.finds:
            self.clean.add(mark)
        return checked.text

    def everything(self, value: Any, surface: Surface, place: str, name: str = "") -> Any:
        """Plain content with every text and number in it looked through, names of fields too. Raises Blocked.

        name  of the field that holds it: it says what a number is.
        """
        if isinstance(value, str):
            return self.through(value, surface, place)
        if isinstance(value, list):
            return [self.everything(each, surface, f"{place}.{at}", name) for at, each in enumerate(value)]
        if isinstance(value, dict):
            return {
                self.name(inside, surface, place): self.everything(each, surface, within(place, inside), inside)
                for inside, each in value.items()
            }
        return self._number(value, surface, place, name)

    def _number(self, value: Any, surface: Surface, place: str, name: str) -> Any:
        digits = marks.digits_of(value)
        if not digits or (name in TIMES and len(digits) == marks.SECONDS):
            return value
        found = self._found(marks.readings_of_number(digits, name), marks.is_number, surface, place)
        return value if found is None else found

    def _found(
        self, readings: Iterable[str], counts: Callable[[Hit, str], bool], surface: Surface, place: str
    ) -> str | None:
        """What stands in the place of a mark or a number in which something is found. Raises Blocked."""
        for text in readings:
            seen = _mark(f"\0{counts.__name__} {text}", surface)
            if self.clean.holds(seen):
                continue
            hits = [hit for hit in self.guard.as_it_stands(text, surface) if counts(hit, text)]
            if not hits:
                self.clean.add(seen)
                continue
            worst = max(hits, key=lambda hit: hit.action == Action.BLOCK)
            self.note(surface, place, worst)
            if worst.action == Action.BLOCK:
                raise Blocked
            return self.guard.word_for(worst)
        return None

    def name(self, name: str, surface: Surface, place: str) -> str:
        """The name of a field, looked through unless it is one of the APIs'. Raises Blocked."""
        if name in FIELDS:
            return name
        if len(name) <= marks.LONGEST:
            found = self._found([name.replace("_", " ")], marks.is_name, surface, place)
            if found is not None:
                return found
        return name if _NAME.fullmatch(name) else self.through(name, surface, place)

    def field(self, name: str, value: Any, surface: Surface, place: str) -> Any:
        """A field that stands beside the texts: known words pass, marks that programs make are looked through as such,
        all else as text is. Raises Blocked.
        """
        if isinstance(value, str):
            if name in WORDED and value in WORDS:
                return value
            if name in MARKED and marks.is_mark(value):
                return (
                    self._found(marks.readings_of_mark(value), marks.is_identifier, surface, within(place, name))
                    or value
                )
        return self.everything(value, surface, within(place, name), name)

    def fields(self, content: dict[str, Any], surface: Surface, place: str, *, but: Iterable[str]) -> dict[str, Any]:
        """Those beside the texts, which are named in `but`. Raises Blocked."""
        return {
            self.name(name, surface, place): self.field(name, value, surface, place)
            for name, value in content.items()
            if name not in but
        }

    def held(self, surface: Surface) -> Held:
        return self.guard.held(surface)

    def says_nothing(self, token: str, surface: Surface) -> bool:
        """Whether a token that was not chosen may be told: one that is short, or in which nothing is found."""
        mark = _mark(token, surface)
        if len(token) <= _SHORT or self.clean.holds(mark):
            return True
        if self.guard.check(token, surface).finds:
            return False
        self.clean.add(mark)
        return True


def _mark(text: str, surface: Surface) -> bytes:
    return hashlib.blake2b(f"{surface} {text}".encode(errors="surrogatepass"), digest_size=16).digest()


def within(place: str, name: str) -> str:
    """A place for the log, of names of the APIs alone."""
    inside = name if name in FIELDS else "?"
    return f"{place}.{inside}" if place else inside


def place_in(content: dict[str, Any], name: str = "index") -> int:
    """Number of a choice or of a call. Raises Refusal for anything else."""
    value = content.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MOST:
        raise unreadable()
    return value


def table(value: Any) -> dict[str, Any]:
    """An object, an empty one for nothing. Raises Refusal for anything else."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise unreadable()
    return value


def text_in(value: Any) -> str:
    """A text, an empty one for nothing. Raises Refusal for anything else."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise unreadable()
    return value


def is_outside(finds: Iterable[Hit], start: int, end: int) -> bool:
    """Whether [start, end) touches none of the finds."""
    return all(find.end <= start or end <= find.start for find in finds)
