"""All ciphers and puzzles, and what tells quickly that one cannot stand in a text."""

from collections.abc import Callable, Iterable, Iterator

from vidocq.filters.views.ciphers import (
    alike,
    amounts,
    foreign,
    keypad,
    large,
    legends,
    lettered,
    offset,
    only_letters,
    ordinals,
    rails,
    shifted,
    terms,
    two_halves,
    xored,
)
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_WAYS: tuple[tuple[Callable[[Clues], bool], Callable[[str], Iterable[View]]], ...] = (
    (shifted.may_be_protected, shifted.protected),
    (shifted.may_stand, shifted.near_names),
    (two_halves.may_stand, two_halves.woven),
    (two_halves.may_be_certain, two_halves.unnamed),
    (rails.may_stand, rails.laid),
    (legends.may_stand, legends.read),
    (lettered.may_stand, lettered.digits),
    (terms.may_stand, terms.solved),
    (keypad.may_stand, keypad.typed),
    (xored.may_stand, xored.turned),
    (alike.may_stand, alike.digits),
    (only_letters.may_stand, only_letters.digits),
    (foreign.may_stand, foreign.numbers),
    (large.may_stand, large.numbers),
    (ordinals.may_stand, ordinals.digits),
    (offset.may_stand, offset.put_back),
    (amounts.may_be_words, amounts.lengths),
    (amounts.may_be_groups, amounts.groups),
)


def solved(text: str, clues: Clues) -> Iterator[View]:
    """What each way finds in the text."""
    for may_stand, undo in _WAYS:
        if may_stand(clues):
            yield from undo(text)
