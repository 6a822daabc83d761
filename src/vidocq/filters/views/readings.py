"""All ways in which one text is read, the plain one first: disguises undone, one inside another to a depth."""

from collections.abc import Callable, Iterator

from vidocq.filters.views import (
    addresses,
    grouped,
    joined,
    labelled,
    letters,
    markup,
    morse,
    spoken,
    strings,
    turned,
    variables,
)
from vidocq.filters.views.clues import AT, Clues
from vidocq.filters.views.encoded import decoded
from vidocq.filters.views.view import Undo, View

DEEPEST = 3
"""Codings inside codings that are undone."""
LARGEST = 1 << 18
"""Characters that the readings of one text may come to, in all; then it is as if nothing could be read in it."""
GROWTH = 64
"""Readings of a text of ordinary size, in its own length."""
_PLAINER: tuple[Undo, ...] = (letters.plain, markup.bare)
"""What is taken off first, one after the other; then the text is read as any."""
_ONCE: tuple[tuple[Callable[[Clues], bool], Undo], ...] = (
    (lambda clues: True, joined.unlisted),
    (lambda clues: clues.may_hold and clues.counts, labelled.unlabelled),
    (lambda clues: clues.has_strings and clues.may_hold, strings.joined),
    (lambda clues: clues.has_strings and clues.may_hold, strings.in_row),
    (lambda clues: clues.has_strings, variables.summed),
    (lambda clues: clues.has_strings or ".replace" in clues.text or ".split" in clues.text, variables.taken_out),
    (lambda clues: clues.may_be_address, addresses.signs),
    (
        lambda clues: clues.count(addresses.CALLED) > 1 or (clues.alone > 3 and bool(clues.kinds & addresses.SAID)),
        addresses.spelt,
    ),
    (lambda clues: clues.has_sign, joined.pieces),
    (lambda clues: clues.has_sign, joined.parts),
    (lambda clues: True, joined.letters),
    (lambda clues: clues.alone > 3 or "_" in clues.text, joined.set_apart),
    (lambda clues: clues.is_numeric, joined.padded),
    (lambda clues: clues.has_glued_numbers, spoken.unglued),
    (lambda clues: "--" in clues.text or ".." in clues.text or "·" in clues.text, morse.morse),
    (lambda clues: clues.is_numeric, turned.pairs),
    (lambda clues: clues.says_numbers, spoken.numbers),
    (lambda clues: clues.says_numbers, spoken.numbers_apart),
    (
        lambda clues: (
            clues.may_be_address
            and (clues.has_sign or "arob" in clues.text.lower() or bool(clues.kinds & addresses.SAID))
        ),
        spoken.signs,
    ),
    (lambda clues: True, turned.like_digits),
    (lambda clues: True, turned.like_all_digits),
    (lambda clues: True, turned.latin),
    (lambda clues: clues.has_sign, turned.leet),
)
"""Whether a disguise may stand in a text, and what undoes it."""
_MAY_BE_BACKWARDS = ("spoken", "spaced", "morse")
"""Disguises inside which a text is read backwards too."""
_WHOLE = (turned.backwards, turned.rot13)
_CODED = frozenset({"spaced", "unlisted", "labels", "strings", "pieces", "variables", "taken out"})
"""Disguises inside which a coding is looked for."""


class TooMuchInside(ValueError):
    """A text unfolds into more than may be looked through."""


def readings(text: str) -> Iterator[View]:
    """The text as it stands, then each other reading of it. Raises TooMuchInside past LARGEST."""
    spent = 0
    for view in _all(text):
        spent += len(view.text)
        if spent > LARGEST + GROWTH * len(text):
            raise TooMuchInside
        yield view


def _all(text: str) -> Iterator[View]:
    view = View.plain(text)
    yield from _of(view, depth=0)
    for plainer in _PLAINER:
        bare = plainer(view.text)
        if bare is not None:
            view = view.then(bare)
            yield from _of(view, depth=0)


def _of(view: View, *, depth: int) -> Iterator[View]:
    yield view
    for undone in _undone(view):
        yield undone
        yield from _inside(undone)
    for moved in turned.moved(view.text):
        yield view.then(moved)
    for run in (turned.rot47(view.text), turned.five(view.text)):
        if run is not None:
            yield from _joined(view.then(run), itself=True)
    yield from _joined(view)
    for whole_code in grouped.grouped(view.text):
        yield from _coded(view.then(whole_code))
    if depth < DEEPEST:
        for inner in decoded(view.text):
            yield from _of(view.then(inner), depth=depth + 1)
        for turn in _WHOLE:
            whole = turn(view.text)
            if whole.name not in view.name:
                yield from _of_whole(view.then(whole), is_reversed=turn is turned.backwards)


def _inside(undone: View) -> Iterator[View]:
    """What else may stand inside a disguise that was undone."""
    yield from _joined(undone)
    if undone.name.rsplit("+", 1)[-1] in _CODED:
        yield from _coded(undone)
    if undone.name.endswith(_MAY_BE_BACKWARDS):
        yield from _joined(undone.then(turned.backwards(undone.text)), itself=True)


def _coded(seen: View) -> Iterator[View]:
    for inner in decoded(seen.text):
        yield from _joined(seen.then(inner), itself=True)


def _of_whole(seen: View, *, is_reversed: bool) -> Iterator[View]:
    """Readings of a text turned as a whole, backwards or by thirteen places."""
    yield from _joined(seen, itself=True)
    if is_reversed:
        clues = Clues(seen.text)
        if clues.is_numeric:
            yield from _joined(seen.then(turned.rot13(seen.text)))
        if clues.says_numbers or clues.kinds & AT:
            yield from _undone(seen)
    else:
        fived = turned.five(seen.text)
        if fived is not None:
            yield from _joined(seen.then(fived), itself=True)
    yield from _coded(seen)


def _undone(view: View) -> Iterator[View]:
    """One disguise undone, then a second one inside it: numbers in words on the lines of a list."""
    clues = Clues(view.text)
    for may_stand, first in _ONCE:
        once = first(view.text) if may_stand(clues) else None
        if once is None:
            continue
        seen = view.then(once)
        yield seen
        further = Clues(seen.text)
        for may_stand_too, second in _ONCE:
            twice = second(seen.text) if second is not first and may_stand_too(further) else None
            if twice is not None:
                yield seen.then(twice)
                yield from _joined(seen.then(twice))


def _joined(view: View, *, itself: bool = False) -> Iterator[View]:
    if itself:
        yield view
    found = joined.numbers(view.text)
    if found is not None:
        yield view.then(found)
    other = joined.codes(view.text)
    if other is not None and (found is None or other.text != found.text):
        yield view.then(other)
