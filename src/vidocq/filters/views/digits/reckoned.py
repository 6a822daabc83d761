"""Numbers that the text asks to reckon with: "162054426729522 (subtract 1000 to get the real one)"."""

import re
from collections.abc import Callable, Iterator

from vidocq.filters.views.view import View, replaced

_NUMBER = re.compile(r"(?<![\w.,])\+?[0-9](?:[ .\u00a0-]?[0-9]){8,33}(?![\w])")
_BY = r"(?:lui\s|y\s|en\s|à\sce\snombre\s|(?:them|it|this)\s)?(?:de\s|by\s|par\s)?(?P<by>[0-9](?:[ .,\u00a0]?[0-9]){0,15})(?![0-9])"
_ASKED = re.compile(
    rf"(?:(?:subtract|minus|take\s(?:away|off)|deduct|remove|retranche[rz]?|soustrai(?:s|re|yez)|enl[èe]ve[rz]?|enlever|"
    rf"[ôo]te[rz]?|retire[rz]?|moins)|(?P<more>add|plus|ajoute[rz]?|additionne[rz]?)"
    rf"|(?P<over>divide[ds]?|divise[rz]?)|(?P<times>multipl(?:y|ied|iez?|ier)))\s{{1,2}}{_BY}",
    re.IGNORECASE,
)
_WORDS = (
    "subtract", "minus", "take ", "deduct", "remove", "retranche", "soustrai", "enl", "ôte", "ote", "retire", "moins ", "add ", "plus ",
    "ajoute", "additionne", "divi", "multipl",
)  # fmt: skip
_FARTHEST, _MOST_TIMES, _CALLED = 100, 1000, 10


def reckoned(text: str) -> View | None:
    """Each number near which something is asked, with what comes out in its place."""
    return replaced("reckoned", text, _outcomes(text))


def may_stand(text: str) -> bool:
    low = text.lower()
    return any(word in low for word in _WORDS) and _ASKED.search(text) is not None


def _outcomes(text: str) -> Iterator[tuple[int, int, str]]:
    reached = 0
    for asked in _ASKED.finditer(text):
        by = int(re.sub(r"\D", "", asked["by"]))
        begin, end = max(reached, asked.start() - _FARTHEST), asked.end() + _FARTHEST
        numbers = [*_NUMBER.finditer(text, begin, asked.start())][-1:] or [*_NUMBER.finditer(text, asked.end(), end)][
            :1
        ]
        for number in numbers:
            digits = re.sub(r"\D", "", number[0])
            outcome = _reckon(asked)(int(digits), by)
            if outcome is not None and outcome > 0:
                yield number.start(), number.end(), _written(outcome, len(digits) if digits[0] == "0" else 0)
                reached = number.end()


def _written(outcome: int, length: int) -> str:
    """With the zero that a number loses when one reckons with it."""
    said = str(outcome).zfill(length)
    return f"0{said}" if len(said) == _CALLED - 1 else said


def _reckon(asked: re.Match[str]) -> Callable[[int, int], int | None]:
    if asked["more"]:
        return lambda number, by: number + by
    if asked["over"]:
        return lambda number, by: number // by if 1 < by <= _MOST_TIMES and number % by == 0 else None
    if asked["times"]:
        return lambda number, by: number * by if 1 < by <= _MOST_TIMES else None
    return lambda number, by: number - by
