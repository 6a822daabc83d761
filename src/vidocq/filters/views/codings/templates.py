"""What templates would print: f"{x}{y}", `${o.a}${o.b}`, "$A$B", "{1}{0}".format("b", "a"), "the answer is A+B", strings that grow."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, apart, replaced

_NAME = r"[A-Za-z_]\w{0,20}"
_STRING = r"(?:\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'|`[^`\n]{0,80}`)"
_SET = re.compile(rf"(?<![\w.])\$?(?P<name>{_NAME})\s?(?P<op>\.=|\+=|=|:)\s?(?P<value>{_STRING})")
_SEVERAL = re.compile(
    rf"(?<![\w.])(?P<names>{_NAME}(?:,\s?{_NAME}){{1,12}})\s?=\s?\(?(?P<values>{_STRING}(?:,\s?{_STRING}){{1,12}})"
)
_ONE = re.compile(_STRING)
_USED = re.compile(
    rf"(?:\$?\{{(?:{_NAME}\.)?{_NAME}\}}){{2,12}}+|(?:\$\(?{_NAME}\)?){{2,12}}+|(?<![\w$.]){_NAME}(?:\s?\+\s?{_NAME}){{1,12}}+"
)
_TERM = re.compile(rf"(?:{_NAME}\.)?(?P<name>{_NAME})")
_FORMAT = re.compile(
    rf"[\"'](?P<order>(?:\{{[0-9]?\}}){{2,12}})[\"']\.format\(\s?(?P<values>{_STRING}(?:,\s?{_STRING}){{1,12}})\s?\)"
)
_PLACE = re.compile(r"\{([0-9]?)\}")
_FARTHEST = 400


def may_stand(text: str) -> bool:
    return "=" in text or ".format(" in text or "${" in text


def printed(text: str) -> View | None:
    """What is printed, in the place of all of it."""
    return replaced("variables", text, apart([*_formatted(text), *_used(text)]))


def _formatted(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _FORMAT.finditer(text):
        values = [value[0][1:-1] for value in _ONE.finditer(found["values"])]
        order = [int(at) if at else place for place, at in enumerate(_PLACE.findall(found["order"]))]
        if max(order) < len(values):
            yield found.start(), found.end(), "".join(values[at] for at in order)


def _used(text: str) -> Iterator[tuple[int, int, str]]:
    named: dict[str, str] = {}
    grown: dict[str, int] = {}
    first, last = len(text), 0
    spans: list[tuple[int, int]] = []
    for several in _SEVERAL.finditer(text):
        names = re.split(r",\s?", several["names"])
        values = [value[0][1:-1] for value in _ONE.finditer(several["values"])]
        if len(names) == len(values):
            named |= dict(zip(names, values, strict=True))
            first, last = min(first, several.start()), several.end()
            spans.append(several.span())
    for found in _SET.finditer(text):
        if any(start <= found.start() < end for start, end in spans):
            continue
        name, value = found["name"], found["value"][1:-1]
        is_more = found["op"] in (".=", "+=") and name in named
        named[name] = named[name] + value if is_more else value
        grown[name] = grown.get(name, 0) + is_more
        first, last = min(first, found.start()), max(last, found.end())
    if len(named) > 1:
        for found in _USED.finditer(text, last, last + _FARTHEST):
            terms = [term["name"] for term in _TERM.finditer(found[0])]
            if len(terms) > 1 and all(term in named for term in terms):
                yield first, found.end(), "".join(named[term] for term in terms)
                return
    for name, times in grown.items():
        if times:
            yield first, last, named[name]
            return
