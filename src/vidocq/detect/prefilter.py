"""One pass over a text tells where each detector may have something to find."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

BLOCK = 2048  # code points decided on at once
OVERLAP = 64  # code points: no anchor is longer
LONGEST = 2000  # characters of a pattern that the standard library is asked to search
BEFORE, AFTER = 256, 512  # code points searched around a block that fired

Windows = tuple[tuple[int, int], ...]


class Matcher(Protocol):
    """Which of its patterns match somewhere in a block."""

    def __call__(self, block: str) -> Sequence[int]: ...


def windows(text: str, anchors: tuple[str, ...], *, matcher: Matcher | None = None) -> list[Windows]:
    """For each anchor, the parts of `text` around its matches: in order, apart from each other, blocks and margins.

    Anchors that are the same are looked for once.
    matcher  of the anchors without repeats, as `fastest_matcher` gives it; which one changes the time and nothing else.
    """
    apart = tuple(dict.fromkeys(anchors))
    found: dict[int, list[tuple[int, int]]] = {}
    for begin, fired in firing(text, matcher or fastest_matcher(apart)):
        for which in fired:
            parts = found.setdefault(which, [])
            start, end = max(0, begin - BEFORE), min(len(text), begin + BLOCK + AFTER)
            if parts and start <= parts[-1][1]:
                parts[-1] = (parts[-1][0], end)
            else:
                parts.append((start, end))
    return [tuple(found.get(apart.index(anchor), ())) for anchor in anchors] if found else [()] * len(anchors)


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
    """All patterns at once, in time linear in the block. Raises ImportError without google-re2."""
    import re2  # noqa: PLC0415 - an extra

    options = re2.Options()
    options.max_mem = 1 << 26  # a set whose automaton does not fit would find nothing
    together = re2.Set.SearchSet(options)
    for anchor in anchors:
        together.Add(anchor)
    together.Compile()

    def fires(block: str) -> Sequence[int]:
        found: Sequence[int] | None = together.Match(block.encode("utf-8", "replace"))
        return found or ()

    return fires


def plain_matcher(anchors: tuple[str, ...]) -> Matcher:
    """One pattern after the other; hundreds of words would take longer than what they spare, and always fire."""
    searches = [re.compile(anchor).search if len(anchor) <= LONGEST else bool for anchor in anchors]
    return lambda block: [which for which, search in enumerate(searches) if search(block)]
