"""Reads a text for names: each run of capitals with what stands around it, then the same words elsewhere."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp
from typing import Final, NamedTuple

from vidocq.detect.names import around
from vidocq.detect.names.caseless import names_without_capitals
from vidocq.detect.names.inverted import is_inverted
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
SURE: Final = 0.85  # log-odds from which it does
AGAIN: Final = 2.0  # log-odds of a word read as a name elsewhere
LISTED: Final = 1.6  # log-odds that a name listed just before adds to two words or more
INVERTED: Final = 3.0  # log-odds of `Surname, First` in a list
LONGEST: Final = 400  # code points of a run that is read; one longer names nobody
HOPELESS: Final = COMMON | ORGANISATION | TITLE | PARTICLE
DOUBTFUL: Final = frozenset(
    kind for kind in range(256) if not kind or kind & (PLACE | COMMON) or (kind & AMBIGUOUS and not kind & FIRST)
)
CUES: Final = frozenset(":,'’")


class Name(NamedTuple):
    """Place of a name, and how sure it is, in (0, 1)."""

    start: int
    end: int
    score: float


@dataclass(slots=True, repr=False)
class _Seen:
    """What one pass over a text keeps.

    before   weight of the word before a name.   vetoes  words after which more than one word has to be looked at.
    names    start, end and log-odds of what was read as a name.
    known    places where each word was surely read as part of a name.
    pending  places of words left undecided; `longer`: start and end of what they end, where they do not stand alone.
    """

    before: dict[str, float]
    vetoes: frozenset[str]
    names: list[tuple[int, int, float]] = field(default_factory=list)
    known: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    pending: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    longer: defaultdict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))


def names_in(text: str) -> list[Name]:
    """Names of persons in `text`, apart from each other, in any order. Time linear in the text."""
    announcing, telling = around.announcing(), around.telling()
    seen = _Seen(around.before(), around.vetoes())
    pending = seen.pending
    match = None
    last = (0, 0)
    for match in RUN.finditer(text):
        run = match[0]
        start, end = match.span()
        before, last = last, (start, end)
        if before[1] == start - 2 and text[start - 2] == "," and is_inverted(text, before, last):
            seen.names.append((before[0], end, INVERTED))
            for word in text[before[0] : before[1]].split(" "):
                if len(word) > 2:
                    seen.known[word].append(before[0])
            continue
        if len(run) > LONGEST:
            continue
        parts = _parts(run)
        if parts is None:
            if text[end : end + 1] not in CUES:
                left = text[max(0, start - 16) : max(0, start - 1)].rpartition(" ")[2].strip('.(«"“')
                elided = left[2:] if left[1:2] in {"'", "’"} else left
                if elided not in announcing and left[-1:] != ":" and not around.announced(text, start):
                    right = text[end + 1 : end + 16].partition(" ")[0].rstrip(".,;")
                    if right not in telling and "name" not in text[max(0, start - 10) : start]:
                        pending[run].append(start)
                        continue
            parts = parts_of(run)
        for part in parts:
            _judge(text, part, match.start(), seen)
    if match is None:
        return [Name(start, end, 0.6) for start, end in names_without_capitals(text, known_words())]
    return _with_echoes(text, seen, known_words())


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
    begin, end = start + part.start, start + part.end
    odds = part.odds
    if odds > -8 and not part.titled:
        word = text[max(0, begin - 16) : max(0, begin - 1)].rpartition(" ")[2]
        amid = odds + seen.before.get(word, 0.0)
        if amid >= SURE and part.leads and not part.is_weak and word.isalpha() and word not in seen.vetoes:
            odds = amid  # in the middle of a sentence, after a word that speaks of nothing else: enough
        else:
            odds += around.odds(text, part, begin, end)
    if (
        odds < 0
        and not part.is_alone
        and odds > LISTED - 4
        and seen.names
        and _is_next(text, seen.names[-1][1], begin)
    ):
        odds += LISTED
    if odds >= 0:
        seen.names.append((begin, end, odds))
        if odds >= SURE:
            for word in part.echoes:
                if len(word) > 2:
                    seen.known[word].append(begin)
    elif part.echoes:
        if begin + len(part.echoes[-1]) == end:
            seen.pending[part.echoes[-1]].append(begin)
        else:
            seen.longer[part.echoes[-1]].append((begin, end))


def _is_next(text: str, end: int, begin: int) -> bool:
    """Is what begins there the next of a list, after a name that ends there?"""
    return 0 < begin - end <= 6 and text[end:begin] in {", ", " et ", " and ", "; ", ", et ", ", and "}


def _with_echoes(text: str, seen: _Seen, words: dict[str, int]) -> list[Name]:
    """The names read, and what was undecided until a sure mention nearby spoke for its last word."""
    found = list(seen.names)
    known = {form: places for word, places in seen.known.items() for form in (word, word.upper(), word.capitalize())}
    for word in known.keys() & (seen.pending.keys() | seen.longer.keys()):
        kind = words.get(word, 0)
        if kind & COMMON:
            continue
        places = sorted(known[word])
        waiting = [(start, start + len(word)) for start in seen.pending.get(word, ())] + seen.longer.get(word, [])
        for start, end in waiting:
            where = bisect_left(places, start)
            near = min(abs(places[i] - start) for i in (where - 1, where) if 0 <= i < len(places))
            if near < NEARBY and not around.is_elsewhere(text, start, is_weak=bool(kind & (PLACE | AMBIGUOUS))):
                found.append((start, end, AGAIN))
    return [Name(start, end, round(1 / (1 + exp(-min(odds, 8.0))), 3)) for start, end, odds in found]
