"""Strings that code or data holds apart, put together."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, replaced

_STRING = r"\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'|`[^`\n]{1,80}`|« ?[^«»\n]{1,80} ?»|“[^“”\n]{1,80}”"
_VALUE = re.compile(rf"(?P<value>{_STRING})(?P<key>\s{{0,2}}(?::|=>))?")
_BETWEEN = re.compile(
    r"[^\w\"'`«»“”]{0,16}(?:[A-Za-z_$][\w.$]{0,20}[^\w\"'`«»“”]{1,8}){0,2}"
    rf"(?:(?:{_STRING})\s{{0,2}}(?::|=>)[^\w\"'`«»“”]{{0,4}})?",
)

_WHOLE = re.compile(
    r".[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})*\.[A-Za-z]{2,24}.|.(?:\+33 ?|0)[1-9](?:[ .-]?[0-9]{2}){4}."
)
"""A string that is an address or a telephone number by itself, with its quotes."""


def joined(text: str) -> View | None:
    """``a = "06" + "12"`` or ``{"a": "06", "b": "12"}`` with one string."""
    return _together("strings", text, "")


def in_row(text: str) -> View | None:
    """The same with a space between what each string holds."""
    return _together("strings apart", text, " ")


def _together(name: str, text: str, between: str) -> View | None:
    if text.count('"') + text.count("'") + text.count("`") + text.count("«") + text.count("“") < 2:
        return None
    return replaced(name, text, _gaps(text, between))


def _gaps(text: str, between: str) -> Iterator[tuple[int, int, str]]:
    last = None
    for found in _VALUE.finditer(text):
        if found["key"] is not None:
            continue
        if last is not None:
            start = last.end() - (2 if text[last.end() - 2 : last.end()] == " »" else 1)
            end = found.start() + (2 if found[0].startswith("« ") else 1)
            if (
                found.start() - last.end() <= 64
                and start < end
                and _BETWEEN.fullmatch(text, last.end(), found.start()) is not None
                and not (_is_whole(last) or _is_whole(found))
            ):
                yield start, end, between
        last = found


def _is_whole(string: re.Match[str]) -> bool:
    return _WHOLE.fullmatch(string["value"]) is not None
