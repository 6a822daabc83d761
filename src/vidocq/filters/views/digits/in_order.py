"""Parts that bear their place, in whatever order they are told: "2) 66 1) 06", "position 1 : 0", "94 (n°3), 04 (n°4)"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.digits.labelled import COUNTED
from vidocq.filters.views.view import View, picked

_CIRCLED = {chr(0x2460 + at): at + 1 for at in range(9)} | {chr(0x2776 + at): at + 1 for at in range(9)}
_SAID = "un une one, deux two, trois three, quatre four, cinq five, six, sept seven, huit eight, neuf nine, dix ten"
_NUMBERS = {word: value for value, said in enumerate(_SAID.split(", "), start=1) for word in said.split()}
_WORDS = COUNTED | _NUMBERS
_COUNT = rf"(?P<count>[0-9]{{1,2}}|[a-j]|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_VALUE = r"[\"'«`(\[]{0,2}\s?(?P<value>[\w@.+-]{1,24})"
_BEFORE = re.compile(
    rf"(?:(?<![\w@])(?:(?:[^\W\d_]{{1,14}}|n°)[ ._-]?)?[#(\[\"']{{0,3}}{_COUNT}(?:st|nd|rd|th|ère|ere|er|[èe]me|e)?[)\]\"']{{0,3}}"
    r"(?:\s[^\W\d_]{1,14})?\s?(?:[:=)|>?]|->|→|\bis\b|\best\b|\bvaut\b)(?:\s?[RA]\s?:)?\s{0,2}"
    rf"|(?P<circled>[①-⑨❶-❾])\s?){_VALUE}",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"(?<![\w@])(?P<count>{'|'.join(sorted(COUNTED, key=len, reverse=True))})\s(?:[^\W\d_]{{1,14}}\s)?{_VALUE}",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\w@])(?P<value>[\w@.+-]{{1,24}})\s?[(\[](?:n°|no|#|part\s|partie\s)?{_COUNT}[)\]]", re.IGNORECASE
)
_FEWEST, _MOST = 3, 40


def put(text: str) -> list[View]:
    """For each way of telling places, the parts one after the other in the order of these places, and nothing else."""
    found = (_parts(text, pattern) for pattern in (_BEFORE, _ORDINAL, _AFTER))
    return [view for parts in found for view in _rows(text, parts)]


def may_stand(text: str) -> bool:
    return _MAY.search(text) is not None


_MAY = re.compile(
    rf"(?<![\w@])(?:[12]|[ab]|{'|'.join(COUNTED | {'un': 1, 'one': 1, 'deux': 2, 'two': 2})})(?:st|nd|ère|er|e)?[^\w\s]{{0,3}}(?:\s[^\W\d_]{{1,14}})?\s?(?:[:=)\]|>?→]|->|is\b|est\b|vaut\b|[\"'«])"
    rf"|[①❶]|\s(?:{'|'.join(COUNTED)})\s|[(\[](?:n°|#)?1[)\]]",
    re.IGNORECASE,
)


def _parts(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int, int]]:
    """(place, start, end) of each part."""
    found = []
    for part in pattern.finditer(text):
        circled = part.groupdict().get("circled")
        count = _CIRCLED[circled] if circled else _value(part["count"].lower())
        start, end = part.span("value")
        if end - start > 1 and text[end - 1] == "." and (end == len(text) or text[end].isspace()):
            end -= 1
        if start < end:
            found.append((count, start, end))
    return found


def _value(count: str) -> int:
    if count.isdecimal():
        return int(count)
    return _WORDS.get(count) or ord(count) - 96


def _rows(text: str, parts: list[tuple[int, int, int]]) -> Iterator[View]:
    """Each run of parts whose places are all different, and leave none out."""
    row: dict[int, tuple[int, int]] = {}
    for count, start, end in [*parts, (-1, 0, 0)]:
        if count in row or count == -1 or len(row) >= _MOST:
            first = min(row, default=0)
            if len(row) >= _FEWEST and first < 2 and sorted(row) == list(range(first, first + len(row))):
                yield _view(text, [row[place] for place in sorted(row)])
            row = _without_strays(row, count)
        if count >= 0:
            row[count] = (start, end)


def _without_strays(row: dict[int, tuple[int, int]], count: int) -> dict[int, tuple[int, int]]:
    """What goes on from the first place, if `count` stood before it, where no row had begun; else nothing."""
    told = list(row)
    begun = next((at for at, place in enumerate(told) if place < 2), 0)
    return {place: row[place] for place in told[begun:]} if count in told[:begun] else {}


def _view(text: str, parts: list[tuple[int, int]]) -> View:
    return picked("in order", [(at, text[at]) for start, end in parts for at in range(start, end)])
