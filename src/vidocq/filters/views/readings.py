"""All ways in which one text is read, the plain one first: disguises undone, one inside another to a depth."""

from collections.abc import Iterator

from vidocq.filters.views.ciphers.solved import solved
from vidocq.filters.views.clues import AT, clues_of
from vidocq.filters.views.codings import (
    drawn,
    every_second,
    grouped,
    half_turn,
    turned,
)
from vidocq.filters.views.codings.encoded import decoded
from vidocq.filters.views.digits import (
    gathered,
    in_order,
    spoken,
)
from vidocq.filters.views.signs import any_sign
from vidocq.filters.views.view import View
from vidocq.filters.views.ways import MADE_OUT, ONCE, PLAINER, READ_AS, WHOLE_VALUES
from vidocq.filters.views.writing import (
    braille,
    fragments,
    heads,
    joined,
    upside_down,
)
from vidocq.filters.views.writing.parted import is_link

DEEPEST = 3
"""Codings inside codings that are undone."""
LARGEST = 1 << 18
"""Characters that the readings of one text may come to, in all; then it is as if nothing could be read in it."""
GROWTH = 64
"""Readings of a text of ordinary size, in its own length."""
NEAR = 48
"""Characters between two disguises of one thing, at the most: of those further apart, each is undone by itself."""
_NOT_GATHERED = frozenset(
    ["rot47", "reversed", "rot13", "rot5", "from nine", "labels", "pairs", "base85", "exchanged"]
)
"""Readings that make digits of ordinary text, and those of which the digits are gathered as they stood."""
_MAY_BE_BACKWARDS = ("spoken", "spaced", "morse")
"""Disguises inside which a text is read backwards too."""
_DOT = frozenset({"dot", "point"})
_WHOLE = (turned.backwards, turned.rot13)
_CODED = frozenset(
    {"spaced", "unlisted", "labels", "strings", "pieces", "variables", "taken out", "set apart", "hidden"}
)
"""Disguises inside which a coding is looked for."""


class TooMuchInside(ValueError):
    """A text unfolds into more than may be looked through."""


def readings(text: str) -> Iterator[View]:
    """The text as it stands, then each other reading that says something else. Raises TooMuchInside past LARGEST."""
    spent, said = 0, set[str]()
    try:
        for view in _all(text):
            if view.text in said:
                continue
            said.add(view.text)
            spent += len(view.text)
            if spent > LARGEST + GROWTH * len(text):
                raise TooMuchInside
            yield view
    finally:
        clues_of.cache_clear()
        is_link.cache_clear()  # nothing of a text is kept


def _all(text: str) -> Iterator[View]:
    view, known = View.plain(text), set[str]()
    yield from _of(view, known, depth=0)
    for plainer in PLAINER:
        bare = plainer(view.text)
        if bare is not None:
            view = view.then(bare)
            yield from _of(view, known, depth=0)


def _of(view: View, known: set[str], *, depth: int) -> Iterator[View]:
    """known  what was gone through so already, so that it is not again."""
    mark = f"{depth} {view.text}"
    if mark not in known:
        known.add(mark)
        yield view
        yield from _within(view, known, depth=depth)


def _within(view: View, known: set[str], *, depth: int) -> Iterator[View]:
    for undone in _undone(view, known):
        yield undone
        yield from _inside(undone, known)
    yield from _rarely(view, known)
    for moved in turned.moved(view.text):  # of letters alone: digits stay as they are
        yield view.then(moved)
    for moved in _moved(view.text):
        yield from _joined(view.then(moved), known, itself=True)
    yield from _joined(view, known)
    for whole_code in grouped.grouped(view.text):
        yield from _coded(view.then(whole_code), known)
    for put in fragments.put_together(view.text):
        yield view.then(put)
        yield from _coded(view.then(put), known)
    if depth < DEEPEST:
        for inner in (*decoded(view.text), *upside_down.turned(view.text), *braille.read(view.text)):
            if depth and not view.reaches(inner, within=NEAR):
                continue  # both were undone by themselves, from the same text
            yield from _of(view.then(inner), known, depth=depth + 1)
        for turn in _WHOLE:
            whole = turn(view.text)
            if whole.name not in view.name:
                yield from _of_whole(view.then(whole), known, is_reversed=turn is turned.backwards)


def _inside(undone: View, known: set[str]) -> Iterator[View]:
    """What else may stand inside a disguise that was undone."""
    yield from _joined(undone, known)
    if undone.name.rsplit("+", 1)[-1] in _CODED:
        yield from _coded(undone, known)
    if undone.name.endswith(_MAY_BE_BACKWARDS):
        yield from _joined(undone.then(turned.backwards(undone.text)), known, itself=True)


def _coded(seen: View, known: set[str], *, are_digits_known: bool = False) -> Iterator[View]:
    for inner in decoded(seen.text, are_digits_known=are_digits_known):
        if seen.reaches(inner, within=NEAR):
            yield from _joined(seen.then(inner), known, itself=True)


def _of_whole(seen: View, known: set[str], *, is_reversed: bool) -> Iterator[View]:
    """Readings of a text turned as a whole, backwards or by thirteen places."""
    yield from _joined(seen, known, itself=True)
    clues = clues_of(seen.text)
    if is_reversed and clues.is_numeric:
        yield from _joined(seen.then(turned.rot13(seen.text)), known)
    if not is_reversed:
        fived = turned.five(seen.text)
        if fived is not None:
            yield from _joined(seen.then(fived), known, itself=True)
    if (
        clues.says_numbers
        or (clues.kinds & AT and clues.kinds & _DOT)
        or (is_reversed and any_sign.may_end(seen.text, clues.kinds))
    ):
        for undone in _undone(seen, known):
            yield undone
            yield from _joined(undone, known)
    yield from _coded(seen, known, are_digits_known=not is_reversed)


def _moved(text: str) -> Iterator[View]:
    """Parts put in their order; letters moved on."""
    clues = clues_of(text)
    if clues.may_hold and (clues.counts or not text.isascii()) and in_order.may_stand(text):
        yield from in_order.put(text)
    yield from (
        view for view in (half_turn.rot47(text), turned.five(text), turned.from_nine(text)) if view is not None
    )
    yield from every_second.read(text)


def _rarely(view: View, known: set[str]) -> Iterator[View]:
    """Numbers in words that are misspelt or spelt out, and digits in rarer signs."""
    clues = clues_of(view.text)
    for may_stand, undo in MADE_OUT:
        made_out = undo(view.text) if may_stand(clues) else None
        if made_out is not None:
            seen = view.then(made_out)
            for read in (spoken.numbers, spoken.numbers_apart):
                said = read(seen.text)
                if said is not None:
                    yield from _joined(seen.then(said), known, itself=True)
    for may_stand, undo in READ_AS:
        read_as = undo(view.text) if may_stand(clues) else None
        if read_as is not None:
            yield from _joined(view.then(read_as), known, itself=True)
    yield from (view.then(read) for read in solved(view.text, clues))
    if heads.may_stand(view.text):
        yield from (view.then(read) for read in heads.under(view.text))
    if drawn.may_stand(view.text):
        yield from (view.then(read) for read in drawn.digits(view.text))


def _undone(view: View, known: set[str]) -> Iterator[View]:
    """One disguise undone, then a second one inside it: numbers in words on the lines of a list."""
    clues = clues_of(view.text)
    for may_stand, put in WHOLE_VALUES:
        values = put(view.text) if may_stand(clues) else None
        if values is not None:
            yield view.then(values)
    for may_stand, first in ONCE:
        once = first(view.text) if may_stand(clues) else None
        if once is None:
            continue
        seen = view.then(once)
        yield seen
        further = clues_of(seen.text)
        for may_stand_too, second in ONCE:
            inner = second(seen.text) if second is not first and may_stand_too(further) else None
            if inner is not None and once.reaches(inner, within=NEAR):
                yield seen.then(inner)
                yield from _joined(seen.then(inner), known)
        for may_be, put in WHOLE_VALUES:
            values = put(seen.text) if may_be(further) else None
            if values is not None:
                yield seen.then(values)


def _joined(view: View, known: set[str], *, itself: bool = False) -> Iterator[View]:
    """known  texts that were read so already; what was joined in them once is not joined again."""
    if itself:
        yield view
    if view.text in known:
        return
    known.add(view.text)
    found = joined.numbers(view.text)
    if found is not None:
        yield view.then(found)
    other = joined.codes(view.text)
    if other is not None and (found is None or other.text != found.text):
        yield view.then(other)
    together = None if _NOT_GATHERED.intersection(view.name.split("+")) else gathered.gathered(view.text)
    if together is not None:
        yield view.then(together)
