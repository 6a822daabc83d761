"""A text made from another, and where in it each of its characters came from."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Place = Callable[[int, int], tuple[int, int]]
"""From a non-empty [start, end) of a view to the part of its source that it came from, and all between."""


@dataclass(frozen=True, repr=False, slots=True)
class View:
    """What a reader who undoes a disguise would read.

    name      of the disguises undone, outermost first, joined by "+"; "plain" for none.
    original  where a part of `text` came from.
    made      what was put in, in `text`, and taken, in what it was made from; None where that is all of it.
    """

    name: str
    text: str
    original: Place
    made: tuple[tuple[int, int], ...] | None = None
    taken: tuple[tuple[int, int], ...] | None = None

    @classmethod
    def plain(cls, text: str) -> "View":
        return cls("plain", text, _as_it_stands)

    def then(self, further: "View") -> "View":
        """`further`, which was made of this view's text, seen from this view's source."""
        if self.original is _as_it_stands:
            return (
                further
                if self.name == "plain"
                else View(f"{self.name}+{further.name}", further.text, further.original, further.made, further.taken)
            )
        outer, inner = self.original, further.original
        return View(
            f"{self.name}+{further.name}",
            further.text,
            lambda start, end: outer(*inner(start, end)),
            further.made,
            further.taken,
        )

    def reaches(self, further: "View", *, within: int) -> bool:
        """Whether `further`, made of this view's text, changes something near what was changed in this one."""
        if self.made is None or further.taken is None:
            return True
        at = 0
        for start, end in further.taken:
            while at < len(self.made) and self.made[at][1] + within < start:
                at += 1
            if at == len(self.made):
                return False
            if self.made[at][0] - within <= end:
                return True
        return False

    def __repr__(self) -> str:
        return f"View({self.name}, {len(self.text)} characters)"


def _as_it_stands(start: int, end: int) -> tuple[int, int]:
    return start, end


def letter_by_letter(name: str, text: str) -> View:
    """A view of which each character came from the one at the same place."""
    return View(name, text, _as_it_stands)


def changed(name: str, before: str, after: str) -> View:
    """The same, where most letters stay as they were."""
    places = tuple((at, at + 1) for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new)
    return View(name, after, _as_it_stands, places, places)


def replaced(name: str, text: str, places: Iterable[tuple[int, int, str]]) -> View | None:
    """The text with a piece in the place of each [start, end), in order and apart; None if there is none."""
    parts: list[str] = []
    begins: list[
        tuple[int, int, int, bool]
    ] = []  # place in the view, part of the source, whether it stands for all of it
    made: list[tuple[int, int]] = []
    taken: list[tuple[int, int]] = []
    reached = length = 0
    for start, end, piece in places:
        taken.append((start, end))
        if start > reached:
            begins.append((length, reached, start, False))
            parts.append(text[reached:start])
            length += start - reached
        if piece:
            begins.append((length, start, end, True))
            parts.append(piece)
            length += len(piece)
        made.append((length - len(piece), length))
        reached = end
    if not reached:
        return None
    begins.append((length, reached, len(text), False))
    parts.append(text[reached:])

    def original(start: int, end: int) -> tuple[int, int]:
        return _source(begins, start)[0], _source(begins, end - 1)[1]

    return View(name, "".join(parts), original, tuple(made), tuple(taken))


def of_sources(name: str, text: str, sources: Sequence[tuple[int, int]]) -> View:
    """A view whose characters came each from a part of the source of its own, in whatever order.

    sources  (len(text),) the part that each character came from.
    """

    def original(start: int, end: int) -> tuple[int, int]:
        held = sources[start:end]
        return min(low for low, _ in held), max(high for _, high in held)

    return View(name, text, original)


def picked(name: str, signs: Sequence[tuple[int, str]]) -> View:
    """A view of these characters alone, each with the place of the one character that it came from."""
    return of_sources(name, "".join(sign for _, sign in signs), [(at, at + 1) for at, _ in signs])


def apart(places: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """In their order, those left out that begin before the last one ended."""
    reached = 0
    for start, end, piece in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= reached:
            yield start, end, piece
            reached = end


def _source(begins: list[tuple[int, int, int, bool]], place: int) -> tuple[int, int]:
    """The part of the source that one character of the view came from."""
    low, high = 0, len(begins)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if begins[middle][0] <= place else (low, middle)
    at, start, end, is_whole = begins[low]
    return (start, end) if is_whole else (start + place - at, start + place - at + 1)


def without(name: str, text: str, runs: Iterable[re.Match[str]], gaps: re.Pattern[str]) -> View | None:
    """The text with what `gaps` matches inside each run left out; None if there is none."""
    places = ((gap.start(), gap.end(), "") for run in runs for gap in gaps.finditer(text, run.start(), run.end()))
    return replaced(name, text, places)


Undo = Callable[[str], View | None]
"""Undoes one kind of disguise wherever it stands in a text; None where it stands nowhere."""
