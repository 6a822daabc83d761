"""One pass over a text tells where each detector may have something to find."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

BLOCK = 2048  # code points decided on at once
OVERLAP = 64  # code points: no anchor is longer
LONGEST = 2000  # characters of a pattern that the standard library is asked to search
BEFORE, AFTER = 256, 512  # code points searched around a block that fired
FINE = 256  # code points of the parts of a block that fired for a list of words

Windows = tuple[tuple[int, int], ...]


class Matcher(Protocol):
    """Which of its patterns match somewhere in a block."""

    def __call__(self, block: str) -> Sequence[int]: ...


def windows(text: str, anchors: tuple[str, ...], *, matcher: Matcher | None = None) -> list[Windows]:
    """For each anchor, the parts of `text` around its matches: in order, apart from each other, blocks and margins.

    Anchors that are the same are looked for once. Those of lists of words fire often, and what they find is such a word
    and nothing around it: blocks are looked at in smaller parts for them, with smaller margins.
    matcher  of the anchors without repeats, as `fastest_matcher` gives it; which one changes the time and nothing else.
    """
    apart = tuple(dict.fromkeys(anchors))
    found: dict[int, list[tuple[int, int]]] = {}
    for begin, fired in firing(text, matcher or fastest_matcher(apart)):
        for which in fired:
            parts = found.setdefault(which, [])
            if len(apart[which]) <= LONGEST:
                _add(parts, max(0, begin - BEFORE), min(len(text), begin + BLOCK + AFTER))
                continue
            listed = fastest_matcher((apart[which],))
            for place in range(begin, min(len(text), begin + BLOCK), FINE):
                if listed(text[place : place + FINE + OVERLAP]):
                    _add(parts, max(0, place - OVERLAP), min(len(text), place + FINE + 2 * OVERLAP))
    return [tuple(found.get(apart.index(anchor), ())) for anchor in anchors] if found else [()] * len(anchors)


def _add(parts: list[tuple[int, int]], start: int, end: int) -> None:
    """Adds a part that begins after those before, or makes the last one longer."""
    if parts and start <= parts[-1][1]:
        parts[-1] = (parts[-1][0], end)
    else:
        parts.append((start, end))


def firing(text: str, matcher: Matcher) -> Iterator[tuple[int, Sequence[int]]]:
    """Where each block begins in which something matches, and what does. A block goes on for `OVERLAP` beyond its end."""
    for begin in range(0, len(text), BLOCK):
        if fired := matcher(text[begin : begin + BLOCK + OVERLAP]):
            yield begin, fired


@cache
def fastest_matcher(anchors: tuple[str, ...]) -> Matcher:
    """RE2's where it is installed (extra `fast`), or the slower one of the standard library."""
    try:
        return re2_matcher(anchors)
    except ImportError:
        return plain_matcher(anchors)


def re2_matcher(anchors: tuple[str, ...]) -> Matcher:
    """All patterns at once, in time linear in the block. Raises ImportError without google-re2.

    Lists of words make a set of their own: one automaton for both has many more states, each built when it is first met.
    """
    import re2  # noqa: PLC0415 - an extra

    options = re2.Options()
    options.max_mem = 1 << 26  # a set whose automaton does not fit would find nothing
    forms = [which for which, anchor in enumerate(anchors) if len(anchor) <= LONGEST]
    lists = [which for which, anchor in enumerate(anchors) if len(anchor) > LONGEST]
    sets = []
    for places in filter(None, (forms, lists)):
        together = re2.Set.SearchSet(options)
        for which in places:
            together.Add(anchors[which])
        together.Compile()
        sets.append((together.Match, places))

    def fires(block: str) -> Sequence[int]:
        data = block.encode("utf-8", "replace")
        return [places[which] for match, places in sets for which in match(data) or ()]

    return fires


def plain_matcher(anchors: tuple[str, ...]) -> Matcher:
    """One pattern after the other; hundreds of words would take longer than what they spare, and always fire."""
    searches = [re.compile(anchor).search if len(anchor) <= LONGEST else bool for anchor in anchors]
    return lambda block: [which for which, search in enumerate(searches) if search(block)]
