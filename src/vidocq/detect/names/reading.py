"""Reads a text for names: each run of capitals with what stands around it, then the same words elsewhere."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from math import exp
from typing import Final, NamedTuple

from vidocq.detect.names import around
from vidocq.detect.names.caseless import names_without_capitals
from vidocq.detect.names.inverted import is_inverted
from vidocq.detect.names.left import is_elsewhere
from vidocq.detect.names.parts import KEPT, Part, kind_of, parts_of
from vidocq.detect.names.runs import RUN
from vidocq.detect.names.words import (
    AMBIGUOUS,
    COMMON,
    FIRST,
    NAME,
    ORGANISATION,
    PARTICLE,
    PLACE,
    TITLE,
    known_words,
)

NEARBY: Final = 40_000  # code points over which a name once read speaks for the same word
AGAIN: Final = 2.0  # log-odds of a word read as a name elsewhere
LISTED: Final = 1.6  # log-odds that a name listed just before adds to two words or more
INVERTED: Final = 3.0  # log-odds of `Surname, First` in a list
LONGEST: Final = 400  # code points of a run that is read; one longer names nobody
HOPELESS: Final = COMMON | ORGANISATION | TITLE | PARTICLE
DOUBTFUL: Final = frozenset(
    kind for kind in range(256) if not kind or kind & (PLACE | COMMON) or (kind & AMBIGUOUS and not kind & FIRST)
)


class Name(NamedTuple):
    """Place of a name, and how sure it is, in (0, 1)."""

    start: int
    end: int
    score: float


class _Seen(NamedTuple):
    """What one pass over a text keeps.

    names    start, end and log-odds of what was read as a name.
    known    places where each word was surely read as part of a name.
    pending  words left undecided, with start and end of what they end.
    """

    names: list[tuple[int, int, float]]
    known: dict[str, list[int]]
    pending: list[tuple[str, int, int]]

    def __repr__(self) -> str:
        return "_Seen()"


def names_in(text: str) -> list[Name]:
    """Names of persons in `text`, apart from each other, in any order. Time linear in the text."""
    seen = _Seen([], {}, [])
    match = before = None
    for match in RUN.finditer(text):
        run = match[0]
        parts = _parts(run) if len(run) <= LONGEST else ()
        if parts or parts is None:
            start, end = match.span()
            if (
                before is not None
                and text[start - 2 : start] == ", "
                and before.end() == start - 2
                and is_inverted(text, before.span(), (start, end))
            ):
                _keep_inverted(text, before.span(), end, seen)
            elif parts:
                for part in parts:
                    _judge(text, part, start, seen)
            elif around.is_announced(text, start, end):
                for part in parts_of(run):
                    _judge(text, part, start, seen)
            else:
                seen.pending.append((run, start, end))
        before = match
    if match is None:
        return [Name(start, end, 0.6) for start, end in names_without_capitals(text, known_words())]
    if seen.known:
        seen.names.extend(_echoes(text, seen, known_words()))
    return [Name(start, end, _score(odds)) for start, end, odds in seen.names]


def _keep_inverted(text: str, surname: tuple[int, int], end: int, seen: _Seen) -> None:
    """Adds `Surname, First` to the names; the surname speaks for itself elsewhere."""
    seen.names.append((surname[0], end, INVERTED))
    for word in text[surname[0] : surname[1]].split(" "):
        if len(word) > 2:
            seen.known.setdefault(word, []).append(surname[0])


@lru_cache(maxsize=KEPT)
def _parts(run: str) -> tuple[Part, ...] | None:
    """Parts of a run that may be names; None for a word alone, unknown or something else: only a neighbour can make it one."""
    if " " not in run and "." not in run:
        kind = known_words().get(run, 0)
        if not kind and "-" in run:
            kind = kind_of(run)
        if kind & HOPELESS and not kind & NAME:
            return ()
        if kind in DOUBTFUL and "'" not in run:
            return None
    return parts_of(run)


def _judge(text: str, part: Part, start: int, seen: _Seen) -> None:
    """Adds a part of a run to the names, or to what is pending."""
    first, last, odds, titled, _, _, echoes, _, is_alone = part
    begin, end = start + first, start + last
    if odds > -8 and not titled:
        odds = around.odds(text, part, begin, end)
    if odds < 0 and not is_alone and odds > LISTED - 4 and seen.names and _is_next(text, seen.names[-1][1], begin):
        odds += LISTED
    if odds >= 0:
        seen.names.append((begin, end, odds))
        if odds >= around.SURE:
            for word in echoes:
                if len(word) > 2:
                    seen.known.setdefault(word, []).append(begin)
    elif echoes:
        seen.pending.append((echoes[-1], begin, end))


def _is_next(text: str, end: int, begin: int) -> bool:
    """Is what begins there the next of a list, after a name that ends there?"""
    return 0 < begin - end <= 6 and text[end:begin] in {", ", " et ", " and ", "; ", ", et ", ", and "}


def _echoes(text: str, seen: _Seen, words: dict[str, int]) -> Iterator[tuple[int, int, float]]:
    """What was undecided until a sure mention nearby spoke for its last word."""
    known = {form: places for word, places in seen.known.items() for form in (word, word.upper(), word.capitalize())}
    for word, start, end in seen.pending:
        places = known.get(word)
        if places is None:
            continue
        kind = words.get(word, 0)
        if kind & COMMON:
            continue
        where = bisect_left(places, start)
        is_near = (where > 0 and start - places[where - 1] < NEARBY) or (
            where < len(places) and places[where] - start < NEARBY
        )
        if is_near and not is_elsewhere(text, start, is_weak=bool(kind & (PLACE | AMBIGUOUS))):
            yield start, end, AGAIN


@lru_cache(maxsize=KEPT)
def _score(odds: float) -> float:
    """A probability from log-odds: sums of few weights, met again and again."""
    return round(1 / (1 + exp(-min(odds, 8.0))), 3)
