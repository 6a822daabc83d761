"""Morse's signs, of letters too where they stand in a row."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, replaced

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.@-_+/"
_SIGNS = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. "
    "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----. .-.-.- .--.-. -....- ..--.- .-.-. -..-."
)
_SAID = dict(zip(_SIGNS.split(), _LETTERS, strict=True))
"""Of ITU-R M.1677-1."""
_DOTS, _DASHES = ".·•∙⋅", "–−—‒_-"
_PLAIN = str.maketrans(dict.fromkeys(_DOTS, ".") | dict.fromkeys(_DASHES, "-"))
_SIGN = rf"[{_DOTS}{_DASHES}]{{1,6}}"
_GAP = r"(?:[ \t\n]{1,3}(?:[/|][ \t\n]{1,3})?|[/|])"
_ROW = re.compile(
    rf"(?<![\w{_DOTS}{_DASHES}])(?:[/|][ \t]{{1,3}})?{_SIGN}(?:{_GAP}{_SIGN}){{7,400}}+(?![\w{_DASHES}])"
)
_BEFORE = re.compile(rf"[{_DASHES}][ \t]{{1,3}}(?=[{_DOTS}{_DASHES}])")
_AFTER = re.compile(rf"[ \t]{{1,3}}[{_DASHES}]\Z|(?<=[{_DOTS}{_DASHES}]{{5}})[ \t]{{1,3}}[{_DOTS}]\Z")
"""A dash before or after a row, or a full stop, as one writes them in a sentence."""
_ONE = re.compile(rf"(?P<sign>{_SIGN})|(?P<word>[/|])")
_DIGIT_PATTERN = "|".join(
    sign * count + other * (5 - count)
    for sign, other in (("[.·]", "[-–−]"), ("[-–−]", "[.·]"))
    for count in range(5, 0, -1)
)
_DIGIT = re.compile(rf"(?<![.·–−-])(?:{_DIGIT_PATTERN})(?![·–−-]|\.[.\w-])")
_FEWEST = 8


def may_stand(text: str) -> bool:
    return "·" in text or any(2 * sign in text for sign in "-.–−—•∙⋅")


def morse(text: str) -> View | None:
    """A row of eight signs or more; or eight digits in Morse's signs, whatever stands between them."""
    row = replaced("morse", text, _rows(text))
    if row is not None:
        return row
    digits = list(_DIGIT.finditer(text))
    if len(digits) < _FEWEST:
        return None
    return replaced("morse", text, ((m.start(), m.end(), _letter(m[0])) for m in digits))


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    for row in _ROW.finditer(text):
        start, end = row.span()
        before, after = _BEFORE.match(row[0]), _AFTER.search(row[0], len(row[0]) - 4)
        start += before.end() if before is not None else 0
        end -= len(after[0]) if after is not None else 0
        said = "".join(" " if one["word"] else _letter(one["sign"]) for one in _ONE.finditer(text, start, end))
        if len(set(said)) > 1:  # else a line drawn in signs
            yield start, end, f"+{said[1:]}" if said[0] == " " else said  # what has no sign is most often a plus


def _letter(sign: str) -> str:
    """The sentence may end with a dot that belongs to no letter."""
    plain = sign.translate(_PLAIN)
    return _SAID.get(plain) or _SAID.get(plain.removesuffix("."), " ")
