"""All ways in which one text is read, the plain one first: disguises undone, one inside another to a depth."""

from collections.abc import Iterator

from vidocq.filters.views import joined, spoken, turned
from vidocq.filters.views.encoded import decoded
from vidocq.filters.views.view import Undo, View

DEEPEST = 3
"""Codings inside codings that are undone."""
LARGEST = 1 << 18
"""Characters that the readings of one text may come to, in all; then it is as if nothing could be read in it."""
GROWTH = 64
"""Readings of a text of ordinary size, in its own length."""
_ONCE: tuple[Undo, ...] = (
    joined.unlisted,
    joined.pieces,
    joined.letters,
    spoken.numbers,
    spoken.numbers_apart,
    spoken.signs,
    turned.like_digits,
    turned.like_all_digits,
    turned.latin,
    turned.leet,
)
_WHOLE = (turned.backwards, turned.rot13)


class TooMuchInside(ValueError):
    """A text unfolds into more than may be looked through."""


def readings(text: str) -> Iterator[View]:
    """The text as it stands, then each other reading of it. Raises TooMuchInside past LARGEST."""
    spent = 0
    for view in _of(View.plain(text), depth=0):
        spent += len(view.text)
        if spent > LARGEST + GROWTH * len(text):
            raise TooMuchInside
        yield view


def _of(view: View, *, depth: int) -> Iterator[View]:
    yield view
    for undone in _undone(view):
        yield undone
        yield from _joined(undone)
    yield from _joined(view)
    if depth < DEEPEST:
        for inner in decoded(view.text):
            yield from _of(view.then(inner), depth=depth + 1)
    for turn in _WHOLE:
        whole = turn(view.text)
        if depth < DEEPEST and whole.name not in view.name:
            seen = view.then(whole)
            yield seen
            yield from _joined(seen)
            for inner in decoded(seen.text):
                yield from _joined(seen.then(inner), itself=True)


def _undone(view: View) -> Iterator[View]:
    """One disguise undone, then a second one inside it: numbers in words on the lines of a list."""
    for first in _ONCE:
        once = first(view.text)
        if once is None:
            continue
        seen = view.then(once)
        yield seen
        for second in _ONCE:
            if second is not first:
                twice = second(seen.text)
                if twice is not None:
                    yield seen.then(twice)


def _joined(view: View, *, itself: bool = False) -> Iterator[View]:
    if itself:
        yield view
    found = joined.numbers(view.text)
    if found is not None:
        yield view.then(found)
    other = joined.codes(view.text)
    if other is not None and (found is None or other.text != found.text):
        yield view.then(other)
