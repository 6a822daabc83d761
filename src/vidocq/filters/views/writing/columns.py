"""Columns of words in a row of records: whether they stay the same, count, or say something."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from vidocq.filters.views.digits.labelled import COUNTED
from vidocq.filters.views.number_words import UNITS

_COUNT = re.compile(
    r"(?P<before>[^\W\d]{0,12}?[_.-]?)(?P<count>[0-9]{1,5})(?P<after>(?:/[0-9]{1,5}|\.|er|[èe]me|e|st|nd|rd|th)?)"
)
_ROMAN = re.compile(r"(?i:x{0,3}(?:ix|iv|v?i{0,3}))")
_VALUES = {"i": 1, "v": 5, "x": 10}
_ORDINAL = re.compile(r"(?i:[a-zé-]{3,24}(?:th|i[èe]me|first|second|third)|first|second|third|premi[eè]re?|seconde?)")
_FEW = 3
_LEVELS = frozenset("trace debug info notice warn warning error fatal critical verbose dbg inf wrn err".split())  # noqa: SIM905


def place_of(word: str) -> int | None:
    """The place that a label tells: 3 for "3", "seg3", "3/7", "third", "trois", "iii" or "c"."""
    low = word.lower()
    if low in COUNTED:
        return COUNTED[low]
    found = _COUNT.fullmatch(word)
    if found is not None:
        return int(found["count"])
    if low in UNITS:
        return UNITS[low]
    return ord(low) - 96 if len(low) == 1 and "a" <= low <= "z" else None


def _roman(word: str) -> int | None:
    if not word or _ROMAN.fullmatch(word) is None:
        return None
    digits = [_VALUES[letter] for letter in word.lower()]
    return sum(-a if a < b else a for a, b in pairwise([*digits, 0]))


@dataclass(frozen=True)
class Column:
    """One word of each record of a row.   is_tied  nothing but a space is before it.

    is_told  whether something tells that the words belong together: other columns, quotes, or words that lead on.
    is_logged  whether its records are lines of a log: they begin with an instant.
    """

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    is_tied: bool
    is_told: bool
    is_logged: bool = False

    def between(self, start: int, end: int) -> "Column":
        return replace(self, words=self.words[start:end], places=self.places[start:end])

    @cached_property
    def is_same(self) -> bool:
        return len(set(self.words)) == 1

    @cached_property
    def is_level(self) -> bool:
        """Whether it says how grave each line of a log is."""
        return all(word.lower() in _LEVELS for word in self.words)

    @cached_property
    def values(self) -> list[int]:
        """Places that are told; empty where one is not."""
        for read in (place_of, _roman):
            values = [value for value in map(read, self.words) if value is not None]
            if len(values) == len(self.words):
                return values
        return []

    @cached_property
    def counts(self) -> bool:
        """Whether each place is told once, and none is left out."""
        values = self.values
        if not values or len(set(values)) != len(values):
            return False
        first = min(values)
        return max(values) - first == len(values) - 1 and (first < _FEW or values == sorted(values))

    @cached_property
    def is_explained(self) -> bool:
        """Whether it says nothing: it stays the same, counts, rises, or is the level of a line of a log."""
        if self.is_same or self.counts:
            return True
        if all(word.isalpha() and word.isupper() and len(word) >= _FEW for word in self.words):
            return len(set(self.words)) <= max(1, min(_FEW, len(self.words) - 1))
        if all(map(_ORDINAL.fullmatch, self.words)):
            return True
        return all(map(str.isdecimal, self.words)) and all(int(a) < int(b) for a, b in pairwise(self.words))
