"""One text of a streamed answer: what came, what was let go of, and the log-probabilities that go with it."""

from dataclasses import dataclass, field
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.filters.held import Held
from vidocq.serve.surfaces.alternatives import REACH, has_any, unspelt
from vidocq.serve.surfaces.looking import Looking, is_outside


@dataclass(slots=True)
class Channel:
    """keeps  whether what was let go of is remembered, for APIs that say it again as a whole at the end.   said  that."""

    looking: Looking
    surface: Surface
    place: str
    held: Held
    keeps: bool = False
    said: list[str] = field(default_factory=list)
    _told: int = 0  # finds that were noted
    _came: int = 0  # characters
    _tokens: list[tuple[int, int, dict[str, Any]]] = field(default_factory=list)
    _ready: list[dict[str, Any]] = field(default_factory=list)  # tokens that may be told once what follows is known
    _before: list[dict[str, Any]] = field(default_factory=list)  # the last that were told

    @classmethod
    def of(cls, looking: Looking, surface: Surface, place: str, *, keeps: bool = False) -> "Channel":
        return cls(looking, surface, place, looking.held(surface), keeps)

    def add(self, piece: str, tokens: list[dict[str, Any]] | None = None) -> str:
        """tokens  that spell the piece, each with its text under "token"."""
        at = self._came
        for each in tokens or ():
            self._tokens.append((at, at + len(each["token"]), each))
            at += len(each["token"])
        self._came += len(piece)
        return self._let_go(self.held.add(piece))

    def end(self) -> str:
        return self._let_go(self.held.end())

    def tokens(self, *, is_last: bool = False) -> list[dict[str, Any]]:
        """Those of what was let go of since last asked, without those of what was found.

        Where others might have been chosen, they wait until what these spell has been looked through.
        """
        decided = [each for each in self._tokens if each[1] <= self.held.done]
        self._tokens = self._tokens[len(decided) :]
        self._ready += [token for start, end, token in decided if is_outside(self.held.finds, start, end)]
        waits = REACH if not is_last and any(has_any(each) for each in self._ready) else 0
        now = max(0, len(self._ready) - waits)
        if now == 0:
            return []
        before = len(self._before)
        told = unspelt([*self._before, *self._ready], self.looking)[before : before + now]
        self._before = [*self._before, *self._ready[:now]][-REACH:]
        self._ready = self._ready[now:]
        return told

    @property
    def has_come(self) -> bool:
        return self._came > 0

    @property
    def is_blocked(self) -> bool:
        return self.held.blocked is not None

    def _let_go(self, text: str) -> str:
        for find in self.held.finds[self._told :]:
            self.looking.note(self.surface, self.place, find)
        self._told = len(self.held.finds)
        if text and self.keeps:
            self.said.append(text)
        return text
