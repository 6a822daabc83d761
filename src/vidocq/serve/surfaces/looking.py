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
from vidocq.core.guarding import Hit, Surface
from vidocq.filters.guard import Checked, Guard
from vidocq.filters.held import Held
from vidocq.serve.envelope import too_long, unreadable

Note = Callable[[Surface, str, Hit], None]
"""Called with each find: the surface, the place such as "choices.0.message.content", and the find."""
STRUCTURE = frozenset(
    {
        "call_id",
        "finish_reason",
        "id",
        "item_id",
        "model",
        "object",
        "owned_by",
        "previous_response_id",
        "response_id",
        "role",
        "service_tier",
        "status",
        "system_fingerprint",
        "tool_call_id",
        "type",
    }
)
"""Fields that programs write, not persons or models."""
MOST = 128
"""Choices of an answer, and calls of one choice."""
MOST_CLEAN = 1 << 14
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.:/+-]{0,127}")
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
        held, said = self.guard.held(surface), []
        for at in range(0, len(text), _STRETCH):
            said.append(held.add(text[at : at + _STRETCH]))
            if moment.seconds() > self.until:
                raise too_long()
        said.append(held.end())
        for find in held.finds:
            self.note(surface, place, find)
        return Checked("".join(said), tuple(held.finds), held.blocked)

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

    def everything(self, value: Any, surface: Surface, place: str) -> Any:
        """Plain content with every text in it looked through, names of fields too. Raises Blocked."""
        if isinstance(value, str):
            return self.through(value, surface, place)
        if isinstance(value, list):
            return [self.everything(each, surface, f"{place}.{at}") for at, each in enumerate(value)]
        if isinstance(value, dict):
            return {
                self.name(name, surface, place): self.everything(each, surface, within(place, name))
                for name, each in value.items()
            }
        return value

    def name(self, name: str, surface: Surface, place: str) -> str:
        """The name of a field, looked through unless it is an ordinary one. Raises Blocked."""
        return name if _NAME.fullmatch(name) else self.through(name, surface, place)

    def field(self, name: str, value: Any, surface: Surface, place: str) -> Any:
        """A field that stands beside the texts: words of the structure pass, all else is looked through. Raises Blocked."""
        if name in STRUCTURE and isinstance(value, str) and _WORD.fullmatch(value):
            return value
        return self.everything(value, surface, within(place, name))

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
    """A place for the log; names that are none of a program's are left out of it."""
    inside = name if _NAME.fullmatch(name) else "?"
    return f"{place}.{inside}" if place else inside


def is_plain(value: Any) -> bool:
    """Whether this is a remark of the server's and no text: nothing, yes or no, a word, or a table of such."""
    if isinstance(value, dict):
        return all(_NAME.fullmatch(name) and is_plain(each) for name, each in value.items())
    return value is None or isinstance(value, bool) or (isinstance(value, str) and _NAME.fullmatch(value) is not None)


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
