"""One number said as a whole: "six cent douze millions trois cent quarante-cinq mille…", "six hundred twelve million…"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.number_words import TENS, UNITS
from vidocq.filters.views.view import View

_SCALES = {"mille": 3, "mil": 3, "thousand": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9}
_LONG = _SCALES | {"billion": 12, "billions": 12, "billiard": 15, "billiards": 15}
_SHORT = _SCALES | {
    "billion": 9,
    "billions": 9,
    "trillion": 12,
    "trillions": 12,
    "quadrillion": 15,
    "quadrillions": 15,
}
_FRENCH = frozenset(
    [
        "mille",
        "cent",
        "cents",
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "sept",
        "huit",
        "neuf",
        "dix",
        "et",
        "milliard",
        "milliards",
    ]
)
_HUNDRED = frozenset(["cent", "cents", "hundred"])
_LINKS = frozenset(["et", "and", "de"])
_WORDS = frozenset([*UNITS, *TENS, *_LONG, *_SHORT, *_HUNDRED])
_NAMES = frozenset(["million", "millions", "milliard", "milliards", "billion", "billions", "trillion", "trillions"])
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[\s,-]{1,3}")
_MONEY = re.compile(
    r"\s{0,2}(?:euros?|dollars?|francs?|livres?|pounds?|yens?|habitants?|people|personnes|inhabitants?|[€$£]|d['’e]|of\b|tonnes?|tons?|ans\b|years?)",
    re.IGNORECASE,
)
_CALLED, _FEWEST_DIGITS = 9, 9


def may_stand(clues: Clues) -> bool:
    return not _NAMES.isdisjoint(clues.kinds) and clues.count(_WORDS) > 6


def numbers(text: str) -> Iterator[View]:
    """Such numbers of nine digits or more; the zero before a telephone number is not heard in it."""
    parts = []
    for words, start, end in _runs(text):
        zeros = 0
        while zeros < len(words) and UNITS.get(words[zeros]) == 0:
            zeros += 1
        read = _value(words[zeros:])
        if read is not None and len(read) >= _FEWEST_DIGITS and _MONEY.match(text, end) is None:
            called = read.zfill(_CALLED + 1) if len(read) == _CALLED else "0" * zeros + read
            is_abroad = len(read) == _CALLED + 2 and read.startswith("33")
            parts.append((start, end, ("+" if is_abroad else "") + called))
    if parts:
        yield rewritten("large", parts)


def _runs(text: str) -> Iterator[tuple[list[str], int, int]]:
    words: list[str] = []
    start = end = reached = 0
    for found in _WORD.finditer(text):
        word = found[0].lower().replace("é", "e")
        is_link = word in _LINKS and bool(words)
        if word in _WORDS or is_link:
            if words and _GAP.fullmatch(text, reached, found.start()) is None:
                yield words, start, end
                words = []
            if not words:
                if is_link:
                    continue
                start = found.start()
            if not is_link:
                words.append(word)
                end = found.end()
            reached = found.end()
        elif words:
            yield words, start, end
            words = []
    if words:
        yield words, start, end


def _value(words: list[str]) -> str | None:
    """Digits of the number; None if the words are no number in this order."""
    scales = _LONG if _FRENCH.intersection(words) else _SHORT
    total = below = 0
    least = 99
    for word in words:
        if word in scales:
            if scales[word] >= least:
                if total + below >= 10**6 or scales[word] > 9:
                    return None
                total, below = 0, total + below  # "mille milliards"
            least = scales[word]
            total, below = total + max(below, 1) * 10 ** scales[word], 0
        elif word in _HUNDRED:
            below = max(below, 1) * 100 if below < 10 else -1
        elif word in ("vingt", "vingts") and below % 100 == 4:
            below += 76
        else:
            more = TENS.get(word, UNITS.get(word, 0))
            if more and below % (100 if more > 9 and below % 100 not in (20, 60, 80, 10) else 10):
                return None
            below += more
        if not 0 <= below < 1000:
            return None
    return str(total + below) if least < 99 else None
