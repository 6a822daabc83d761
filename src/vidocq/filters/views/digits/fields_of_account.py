"""An account, or another number that a checksum protects, told by its fields: "Bank code: 10278; branch code: 29744; …"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.digits import shapes
from vidocq.filters.views.view import View, apart, replaced

_FIELD = re.compile(
    r"(?<![^\W_])[^\W\d_](?:[^\n:=;|,]{1,40}(?:\s|\s?[:=|]\s{0,2}))[\"'`*]{0,2}(?P<code>(?=[A-Z]{2}(?![A-Za-z])|[A-Z]{0,2}[0-9])[0-9A-Z](?:[0-9A-Z ]{0,14}[0-9A-Z])?)[\"'`*]{0,2}"
    r"(?=[\s,;.)|]|$)"
)
_NEAR, _FEWEST = 16, 3
_IBAN = 27


def may_stand(words: frozenset[str]) -> bool:
    return not words.isdisjoint(("banque", "bank", "guichet", "branch", "rib", "iban", "clé", "key"))


def whole(text: str) -> View | None:
    """The codes of fields that follow each other, put together where the keys hold."""
    return replaced("filled", text, apart(_found(text)))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    row: list[re.Match[str]] = []
    for field in _FIELD.finditer(text):
        if row and field.start() - row[-1].end() > _NEAR:
            yield from _of(row)
            row = []
        row.append(field)
    yield from _of(row)


def _of(row: list[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    for first in range(len(row) - _FEWEST + 1):
        code = ""
        for last in range(first, len(row)):
            code += row[last]["code"].replace(" ", "")
            said = _said(code) if last - first >= _FEWEST - 1 else None
            if said is not None:
                yield row[first].start("code"), row[last].end("code"), said


def _said(code: str) -> str | None:
    if len(code) == _IBAN and code[:2] == "FR":
        return code if code.isalnum() and shapes.is_account(code) else None
    return shapes.protected(code) if code.isdecimal() else None
