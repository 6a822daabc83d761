"""What small programs would print: named strings added up, and signs taken out of a string."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, replaced

_NAME = r"[A-Za-z_$]\w{0,20}"
_STRING = r"\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'"
_SET = re.compile(
    rf"(?<![\w.$])(?:(?:let|var|const|set)\s)?(?P<name>{_NAME})\s?:?=\s?(?P<value>(?:{_STRING})(?:\s?[+.]\s?(?:{_STRING})){{0,200}}+)[;,]?"
)
_SUM = re.compile(
    rf"(?:print|echo|return|console\.log|{_NAME}\s?=)?[\s(]{{0,2}}(?P<sum>(?:{_NAME}|{_STRING})(?:\s?[+.]\s?(?:{_NAME}|{_STRING})){{1,200}}+)\)?;?"
)
_HELD = re.compile(_STRING)
_TERM = re.compile(rf"(?P<value>{_STRING})|(?P<name>{_NAME})")
_TAKEN_OUT = re.compile(
    r"(?P<quote>[\"'])(?P<held>[^\"'\n]{6,400})(?P=quote)\.(?:replace(?:All)?|split)\("
    r"\s?[/\"'](?P<out>[^\"'/\n]{1,4})[/\"']g?\s?(?:,\s?[\"']{2}\s?)?\)(?:\.join\([\"']{2}\))?"
)
_FARTHEST = 400
"""Characters between the last string that is named and where it is used."""


def summed(text: str) -> View | None:
    """`a = '06'`, `b = '12'`, then `print(a + b)`: what is printed, in the place of all of it."""
    if "=" not in text or ("+" not in text and "." not in text):
        return None
    return replaced("variables", text, _sums(text))


def taken_out(text: str) -> View | None:
    """`'0#6#1'.replace('#', '')` as `061`."""
    if ".replace" not in text and ".split" not in text:
        return None
    return replaced(
        "taken out", text, ((m.start(), m.end(), m["held"].replace(m["out"], "")) for m in _TAKEN_OUT.finditer(text))
    )


def _sums(text: str) -> Iterator[tuple[int, int, str]]:
    named: dict[str, str] = {}
    first = last = 0
    for found in _SET.finditer(text):
        if not named or found.start() - last > _FARTHEST:
            named, first = {}, found.start()
        named[found["name"]] = "".join(string[0][1:-1] for string in _HELD.finditer(found["value"]))
        last = found.end()
    if not named:
        return
    for found in _SUM.finditer(text, last, last + _FARTHEST):
        said = [_value(term, named) for term in _TERM.finditer(found["sum"])]
        if all(value is not None for value in said):
            yield first, found.end(), "".join(value for value in said if value is not None)
            return


def _value(term: re.Match[str], named: dict[str, str]) -> str | None:
    return named.get(term["name"]) if term["name"] is not None else term["value"][1:-1]
