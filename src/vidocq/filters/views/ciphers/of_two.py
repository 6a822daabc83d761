"""Digits given as sums of two figures each, parted by anything: "7−4 ; 1+2", "(3×1)(6÷2)", "9:3 | 8-7", a line each."""

import re
from collections.abc import Iterator

from vidocq.filters.views.digits import shapes

_SUM = r"[0-9]{1,2}(?:[+*×x·÷/:−–-]| [+*×x·÷/:−–-] )[0-9]{1,2}(?![0-9])"
_GAP = (
    r"(?>[)\]}]{0,2}(?: ?= ?[?_…]{0,3})?(?:[^\w+*×x÷−–:-]|(?<=\s)[-*+–:](?=\s)){0,8})"
    r"(?>(?:[0-9]{1,2}[.)] |(?:puis|then|ensuite|next|et|and) ){0,2})[(\[{]?"
)
_ROW = re.compile(rf"(?<![\w.,+])(?P<plus>\+\s?)?[(\[{{]?{_SUM}(?:{_GAP}{_SUM}){{8,40}}+", re.IGNORECASE)
_ONE = re.compile(
    r"(?<![0-9])(?P<a>[0-9]{1,2})(?: (?=[^\w\s] |x )|(?=[^\w\s]|x))(?P<sign>[+*×x·÷/:−–-]) ?(?P<b>[0-9]{1,2})(?![0-9])",
    re.IGNORECASE,
)
_CALCULATED = re.compile(r"[+*×x÷−]|[)\]}]\W{0,4}[(\[{]", re.IGNORECASE)
"""What neither scores nor ranges, times or ratios are written with."""
_CALLED, _NIR = 11, 15
"""Digits of a French telephone number with its country, of a NIR."""


def rows(text: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, digits, what stands there) of each row of sums, up to the first that gives no digit."""
    for row in _ROW.finditer(text):
        said, end = "", row.start()
        for one in _ONE.finditer(text, row.start(), row.end()):
            value = _value(one)
            if value is None or not 0 <= value <= 9:
                break
            said, end = f"{said}{value}", one.end()
        if said:
            yield row.start(), end, written(said, has_plus=bool(row["plus"])), text[row.start() : end]


def is_calculated(row: str, said: str) -> bool:
    """Whether its signs, or the check digits of what comes out, tell that these are no scores, ranges or dates."""
    if _CALCULATED.search(row) is not None:
        return True
    return shapes.is_card(said) or (len(said) == _NIR and shapes.protected(said) is not None)


def written(said: str, *, has_plus: bool) -> str:
    """With the plus of a number that begins with its country."""
    bare = said.removeprefix("00")
    return f"+{bare}" if has_plus or (len(bare) == _CALLED and bare.startswith("33")) else said


def _value(one: re.Match[str]) -> int | None:
    a, b, sign = int(one["a"]), int(one["b"]), one["sign"]
    if sign in "÷/:":
        return a // b if b and a % b == 0 else None
    return a + b if sign == "+" else a - b if sign in "−–-" else a * b
