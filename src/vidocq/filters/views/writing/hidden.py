"""Bytes written in signs that show nothing: variation selectors behind a picture, and rows of two signs without width as bits."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, replaced

_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,}")
"""A sign in a text is followed by one of them at most."""
_WIDTHLESS = re.compile("[\u200b-\u200f\u2060-\u2064\u180e\u00ad\u034f\ufeff\u115f\u1160\u3164\uffa0\u2800]{40,}")
_LAST = 65536
"""Signs of a run that are read."""
_FEWEST = 6


def revealed(text: str) -> View | None:
    """The text with what is hidden in it where it is hidden."""
    if text.isascii():
        return None
    places = sorted([*_selected(text), *_bits(text)])
    return replaced("hidden", text, ((start, end, _apart(text, start, end, said)) for start, end, said in places))


def _apart(text: str, start: int, end: int, said: str) -> str:
    """What was hidden behind or before a word is no part of it."""
    before = " " if text[start - 1 : start].isalnum() else ""
    return before + said + (" " if text[end : end + 1].isalnum() else "")


def _selected(text: str) -> Iterator[tuple[int, int, str]]:
    for run in _SELECTORS.finditer(text):
        values = [_value(ord(sign)) for sign in run[0][:_LAST]]
        said = _printable(values) or _printable(_halves(values)) or _digits(values)
        if said is not None:
            yield run.start(), run.end(), said


def _value(code: int) -> int:
    """The selectors are numbered through: 1 to 16 stand apart from the others."""
    return code - 0xFE00 if code < 0xFE10 else code - 0xE0100 + 16


def _halves(values: list[int]) -> list[int]:
    """Where each is half of a byte."""
    if max(values) > 15 or len(values) % 2:
        return []
    return [16 * high + low for high, low in zip(values[::2], values[1::2], strict=True)]


def _bits(text: str) -> Iterator[tuple[int, int, str]]:
    for run in _WIDTHLESS.finditer(text):
        signs = run[0][:_LAST]
        kinds = sorted(set(signs))
        for zero, one in [(a, b) for a in kinds for b in kinds if a != b] if len(kinds) < 5 else ():
            bits = "".join("0" if sign == zero else "1" for sign in signs if sign in (zero, one))
            said = next(filter(None, (_printable(_numbers(bits, size)) for size in (8, 7, 16))), None)
            if said is not None:
                yield run.start(), run.end(), said
                break


def _numbers(bits: str, size: int) -> list[int]:
    return [int(bits[at : at + size], 2) for at in range(0, len(bits) - size + 1, size)]


def _digits(values: list[int]) -> str | None:
    """Where each is a digit."""
    return "".join(map(str, values)) if len(values) >= _FEWEST and max(values) < 10 else None


def _printable(values: list[int]) -> str | None:
    """As text, if all of it can be seen."""
    if len(values) < _FEWEST or max(values) > 255:
        return None
    said = bytes(values).decode("utf-8", errors="replace")
    return said if all(sign.isprintable() or sign.isspace() for sign in said) and "\ufffd" not in said else None
