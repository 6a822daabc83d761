"""Letters as one types them on the keys of a telephone: "44 33 555 555 666"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View

_KEYS = {
    key * times: letter
    for key, letters in zip("23456789", "abc def ghi jkl mno pqrs tuv wxyz".split(), strict=True)  # noqa: SIM905
    for times, letter in enumerate(letters, 1)
}
_TYPED = r"(?:222?|333?|444?|555?|666?|77{2,3}|77|888?|99{2,3}|99|[2-9])"
_SIGN = r"(?:[@._+-]|\(at\)|\(dot\)|at|dot|point|arobase|chez|tiret|dash|hyphen|underscore)"
_DIGIT = r"(?:#[0-9]|\[[0-9]\]|\([0-9]\)|[01]|\"[0-9]\"|'[0-9]')"
_TOKEN = rf"(?:{_TYPED}|{_SIGN}|{_DIGIT})"
_ROW = re.compile(
    rf"(?<![\w@#.,])(?:{_TYPED}|{_DIGIT})(?:(?P<gap>[ \t]{{1,2}}|[ ]?[-|/,·][ ]?)(?:(?:[@._])|{_TOKEN})){{8,120}}(?!\w)"
    rf"|(?<![\w@#.,])(?:{_TYPED}[ ,/|-])(?:{_TYPED}[ ,/|-]|[@._][ ,/|-]?|{_SIGN}[ ,/|-]|{_DIGIT}[ ,/|-]){{7,120}}{_TYPED}(?!\w)",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"(?P<sign>(?<=[ ,/|-]){_SIGN}(?=[ ,/|-])|[@._])|(?P<digit>{_DIGIT})|(?P<typed>{_TYPED})", re.IGNORECASE
)
_SAID = {"(at)": "@", "at": "@", "arobase": "@", "chez": "@", "(dot)": ".", "dot": ".", "point": ".", "tiret": "-", "dash": "-"} | {
    "hyphen": "-", "underscore": "_"
}  # fmt: skip
_MAY = re.compile(r"(?<!\w)([2-9])\1{1,3}[ ,/|-]{1,3}(?:[2-9@]\W{1,3}){0,4}([2-9])\2{1,3}(?!\w)")


def may_stand(clues: Clues) -> bool:
    return clues.digits >= 12 and _MAY.search(clues.text) is not None


def typed(text: str) -> Iterator[View]:
    """Such rows as letters, where an address comes out."""
    parts = []
    for row in _ROW.finditer(text):
        said = "".join(_sign(one) for one in _ONE.finditer(text, row.start(), row.end()))
        if "@" in said and "." in said:
            parts.append((*row.span(), said))
    if parts:
        yield rewritten("keypad", parts)


def _sign(one: re.Match[str]) -> str:
    if one["sign"]:
        return _SAID.get(one["sign"].lower(), one["sign"])
    return one["digit"].strip("#[]()\"'") if one["digit"] else _KEYS[one["typed"]]
