"""Digits gathered over whatever stands between them, in the orders in which one may give them, where they make a number.

What protects from chance is a checksum, or, where there is none, that the same stands between all the digits.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from vidocq.filters.views.digits import shapes
from vidocq.filters.views.view import View, apart, replaced

FEWEST = 10
"""Digits of the shortest number that is gathered."""
_DIGITS = re.compile(
    r"(?<=[A-Za-z])[0-9]+|(?>(?:[0-9]|(?<![^\W\d_])\(\))+)(?!(?:e|er|[èe]re|[èe]me|st|nd|rd|th)(?![^\W_]))"
)
_DIGIT = re.compile(r"[0-9]")
_BREAK = re.compile(r"\n\s*\n|^\s?[%€](?![^\w\s])|(?<![^\w\s])[$£]$|@")
_STAMP = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9][T7 ][0-2][0-9]:")
_WORD = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"[^\w\s+]")
FURTHEST = 48
"""Characters between two digits of one number."""
MOST_WORDS = 6
_KINDS = 2
"""Kinds of gaps within one number."""
_FIELDS = (1, 2, 2, 2, 3, 3, 2)
"""Digits of the fields of a NIR, whatever stands between them."""
_LISTS = frozenset(",;|")
_SHARE = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{9,}(?![.,]?[0-9])")
"""A number that was reckoned, to many places."""
_NAMED = re.compile(
    r"(?<![^\W_])(?:cartes?|cards?|cb|visa|mastercard|siret|siren|nir|nss|s[ée]cu\w{0,6}|t[ée]l\w{0,8}|phone|mobile|portable|num[ée]ros?|number|no)"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_COUNTED, _DOUBLED = 4, 5
"""Labels that count, and digits given twice, from which on they are taken for that."""


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together.   between  what kind of gap is before it; None where nothing leads on to it."""

    start: int
    end: int
    digits: str
    between: tuple[str, int] | None


def gathered(text: str) -> View | None:
    """Each number that was found, as one writes it, on a line of its own."""
    if len(_DIGIT.findall(text)) < FEWEST - 3:
        return None
    found: list[tuple[int, int, str]] = []
    for run in _runs(text):
        found += _numbers(run)
    return replaced("gathered", text, apart((start, end, f"\n{written}\n") for start, end, written in found))


def _runs(text: str) -> Iterator[list[Group]]:
    """Groups of digits that are near each other, as many as a number may have."""
    run: list[Group] = []
    digits = reached = 0
    for found in _DIGITS.finditer(text):
        if found.start() < reached:
            continue
        share = _SHARE.match(text, found.start())
        reached = share.end() if share is not None and _is_share(text, share.start()) else 0
        if reached or _STAMP.match(text, found.start()) is not None:  # a line of a log begins
            if digits >= FEWEST:
                yield run
            run, digits = [], 0
            continue
        between = _between(text, run[-1].end, found.start()) if run else None
        if between is None and run:
            if digits >= FEWEST:
                yield run
            run, digits = [], 0
        said = found[0].replace("()", "0")
        run.append(Group(found.start(), found.end(), said, between))
        digits += len(said)
    if digits >= FEWEST:
        yield run


def _is_share(text: str, start: int) -> bool:
    """Whether nothing before it names a kind of number that may be written so."""
    before = text[max(0, start - FURTHEST) : start]
    return not before.endswith((".", ",")) and _NAMED.search(before) is None


def _between(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The signs of a gap, each once, and how many words it has; None if it parts what stands on its sides."""
    if end - start > FURTHEST:
        return None
    gap = text[start:end]
    if len(gap) == 1:
        return ("1", 1) if gap.isalpha() else None if gap in "%€@" else ("" if gap.isspace() else gap, 0)
    if _BREAK.search(gap) is not None:
        return None
    words = len(_WORD.findall(gap))
    if words > MOST_WORDS:
        return None
    if gap.isalpha():
        return str(end - start), 1
    signs = "".join(dict.fromkeys(_SIGN.findall(gap)))[:8]
    return signs.strip(".-") if words or len(signs) > 1 else signs, words


def _numbers(run: list[Group]) -> Iterator[tuple[int, int, str]]:
    yield from _protected(run)
    sizes = [len(group.digits) for group in run]
    if len(run) > 1 and max(sizes) > 1 and (len(run) > 2 or sizes[0] == sizes[1]):
        yield from _protected(run[::-1])
    for series in (*_alternate(run), *_even(run)):
        yield from _whole(series)
    for section in _sections(run):
        if len(section) >= FEWEST and _is_by_digits(section):
            yield from _whole(section)
        elif all(group.between is None or not group.between[1] for group in section[1:]):
            yield from _in_order(section)


def _protected(run: list[Group]) -> Iterator[tuple[int, int, str]]:
    """Numbers that a checksum protects, from any group to any other."""
    digits = "".join(group.digits for group in run)
    ends = {at: place for place, at in enumerate(accumulate(len(group.digits) for group in run))}
    at = 0
    for place, group in enumerate(run):
        for length in shapes.PROTECTED:
            last = ends.get(at + length)
            if last is not None and (
                len({each.between for each in run[min(place, last) + 1 : max(place, last) + 1]}) <= _KINDS
                or tuple(len(each.digits) for each in run[place : last + 1]) == _FIELDS
            ):
                written = shapes.protected(digits[at : at + length])
                if written is not None:
                    yield min(group.start, run[last].start), max(group.end, run[last].end), written
        at += len(group.digits)


def _whole(series: list[Group]) -> Iterator[tuple[int, int, str]]:
    """The number that all of these groups make, in one order or another."""
    between = series[-1].between
    is_glued = between is not None and between[0].isdecimal()
    if is_glued and (len(series) < _COUNTED or len({len(group.digits) for group in series[:-1]}) > 1):
        return  # as in a hash
    is_share = len(series) == 2 and series[1].start - series[0].end == 1
    is_listed = not is_share and between is not None and (between[1] > 0 or not _LISTS.isdisjoint(between[0]))
    written = shapes.number([group.digits for group in series], is_listed=is_listed)
    if written is not None:
        yield min(group.start for group in series), max(group.end for group in series), written


def _is_by_digits(section: list[Group]) -> bool:
    """Single digits, with signs alone between them or much the same."""
    kinds = {group.between for group in section[1:]}
    has_words = any(kind is not None and kind[1] for kind in kinds)
    return all(len(group.digits) == 1 for group in section) and (not has_words or len(kinds) <= _KINDS)


def _in_order(section: list[Group]) -> Iterator[tuple[int, int, str]]:
    """The number that groups make as they stand, with signs alone between them."""
    digits = "".join(group.digits for group in section)
    if section[0].digits == "0" and len(section) == 2:  # a share, to many places
        return
    written = shapes.number([digits], is_listed=True) if len(digits) == FEWEST else None
    if written is not None:
        yield section[0].start, section[-1].end, written


def _even(run: list[Group]) -> Iterator[list[Group]]:
    """The longest series with one kind of gap all through."""
    series = [run[0]]
    for group in run[1:]:
        if len(series) > 1 and group.between != series[-1].between:
            if _is_told(series):
                yield series
            series = series[-1:]
        series.append(group)
    if _is_told(series):
        yield series


def _sections(run: list[Group]) -> Iterator[list[Group]]:
    """Parted where a colon, or a gap such as there is no other, tells that something else begins."""
    kinds = Counter(group.between for group in run)
    section = run[:1]
    for group in run[1:]:
        if (
            group.between is not None
            and kinds[group.between] == 1
            and (":" in group.between[0] or group.between[1] > 1)
        ):
            yield section
            section = []
        section.append(group)
    yield section


def _is_told(series: list[Group]) -> bool:
    return sum(len(group.digits) for group in series) >= FEWEST


def _alternate(run: list[Group]) -> Iterator[list[Group]]:
    """Every second group, where those between count, in order or not, or say the same again."""
    values = [int(group.digits[-6:]) for group in run]
    for first in (0, 1):
        labels = values[first:-1:2]
        count = len(labels)
        if count >= _COUNTED and sorted(labels) == list(range(1, count + 1)) and labels != sorted(labels):
            said = run[first + 1 :: 2]
            yield [said[labels.index(label)] for label in range(1, count + 1)]
    for step, fewest in ((1, _COUNTED), (0, _DOUBLED)):
        place = 0
        while place + 2 * fewest <= len(run):
            last = place
            while last + (3 if step else 1) < len(run) and (
                values[last + 2] == values[last] + 1 if step else run[last].digits == run[last + 1].digits
            ):
                last += 2
            pairs = (last - place) // 2 + (1 if step else 0)
            if pairs >= fewest:
                yield [run[at + (1 if step else 0)] for at in range(place, place + 2 * pairs, 2)]
                place = last
            place += 1
