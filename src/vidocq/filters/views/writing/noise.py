"""One sign, or a word between brackets, put again and again inside a value: "ba^st^ien.^qu@^br^eli.^fr".

An address has to end as addresses do, a number to hold by its check digits; a telephone number is read where the sign sets nothing
apart in ordinary writing, or where the text asks to take something out.
"""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers import certain
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View, apart, replaced

_FILLER = re.compile(
    r"(?P<fill>[^\w\s@.+,-]{1,3}|\([^()\s]{1,12}\)|\[[^\[\]\s]{1,12}\])(?:[\w@.+ -]{1,16}(?P=fill)){2}"
)
_WORD = re.compile(r"[0-9](?P<fill> ?[A-Za-z_]{1,8} ?)(?:[0-9][0-9 .-]{0,7}(?P=fill)){2}")
_OF_ADDRESS, _OF_NUMBER = re.compile(r"[\w@.+-]{0,16}"), re.compile(r"[0-9A-Z+ .-]{0,12}")
_TAIL = re.compile(r"[\w@.+-]{0,32}\Z")
_HEAD = re.compile(r"[\w@+-]{0,32}(?:\.[\w@+-]{1,32}){0,4}")
_NUMBER_TAIL = re.compile(r"(?:[0-9A-Z+][0-9A-Z .-]{0,12})?\Z")
_NUMBER_HEAD = re.compile(r"(?:[ .-]?[0-9A-Z]){0,8}(?![^\W_])")
_SEPARATOR = re.compile(r"[ .-]")
_ORDINARY = frozenset(",;:/|=+×*÷<>%°€$£(){}[]'’\"`&")
"""Signs that stand between numbers, or after them, where nothing is hidden."""
_ASKS = re.compile(
    r"remov|strip|ignor|drop|delet|skip|retir|enl[eè]v|supprim|\b[ôo]te[rz]|parasit|filler|noise|bruit|stray|without|sans",
    re.IGNORECASE,
)
_FEWEST, _MOST, _PIECES = 3, 8, 400
"""Times that the sign stands in a value, different signs of a text, and pieces into which one of them cuts a text."""


def may_stand(clues: Clues) -> bool:
    return (clues.is_numeric or clues.has_sign) and (
        _FILLER.search(clues.text) is not None or (clues.is_numeric and _WORD.search(clues.text) is not None)
    )


def cleared(text: str) -> View | None:
    """Each such value without the sign."""
    fillers = dict.fromkeys(
        fill for each in (_FILLER, _WORD) for found in each.finditer(text) for fill in _fillers(text, found)
    )
    ways = (_OF_ADDRESS, _OF_NUMBER) if "@" in text else (_OF_NUMBER,)
    values = (value for fill in list(fillers)[:_MOST] for middle in ways for value in _values(text, fill, middle))
    return replaced("cleared", text, apart(values))


def _fillers(text: str, found: re.Match[str]) -> Iterator[str]:
    """The sign, with the spaces around it where they stand there each time."""
    start, end = found.span("fill")
    if text[start - 1 : start] == " " == text[end : end + 1]:
        yield f" {found['fill']} "
    yield found["fill"]


def _values(text: str, fill: str, middle: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    pieces = text.split(fill, _PIECES)
    place, first = 0, 0
    while first < len(pieces) - _FEWEST:
        last = first + 1
        while last < len(pieces) - 1 and middle.fullmatch(pieces[last]) is not None:
            last += 1
        if last - first >= _FEWEST:
            start, stop = place + len(pieces[first]), place + len(fill.join(pieces[first:last])) + len(fill)
            yield from _value(text, fill, start, stop, pieces[first : last + 1])
        place += len(fill.join(pieces[first:last])) + len(fill)
        first = last


def _value(text: str, fill: str, start: int, stop: int, pieces: list[str]) -> Iterator[tuple[int, int, str]]:
    """start, stop  of the signs that stand first and last, the one where it begins, the other where it ends."""
    is_address = any("@" in piece for piece in pieces)
    before = (_TAIL if is_address else _NUMBER_TAIL).search(pieces[0])
    after = (_HEAD if is_address else _NUMBER_HEAD).match(pieces[-1])
    if before is None or after is None:
        return
    held = [before[0], *pieces[1:-1], after[0]]
    said = "".join(held)
    if is_address:
        is_held = certain.is_address(said) and not (fill in _ORDINARY and any(map(certain.is_address, held)))
    else:
        bare = _SEPARATOR.sub("", said)
        is_held = certain.is_protected(bare) or (
            (certain.is_phone(bare) or certain.is_card(bare))
            and (not (fill.strip() in _ORDINARY or fill.strip().isalnum()) or _ASKS.search(text) is not None)
        )
        said = bare
    if is_held:
        yield start - len(before[0]), stop + after.end(), f"\n{said}\n"
