"""French of what errors say, by the English of it: one place to read and to correct, whatever raised them."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

_LONGEST: Final = 2000
"""Characters of a sentence that is looked up: an error is a sentence or two."""
_PLACE: Final = re.compile(r"\{(\d?)\}")


def french(english: str) -> str | None:
    """The sentence in French; None where nobody wrote it. What stands in a place {} is looked up as well."""
    if len(english) > _LONGEST:
        return None
    exact, patterns = _sentences()
    if english in exact:
        return exact[english]
    for pattern, told in patterns:
        if found := pattern.fullmatch(english):
            return _filled(told, [french(part) or part for part in found.groups()])
    return None


def _filled(told: str, parts: list[str]) -> str:
    """Places are filled in order, or by their number where French has another order."""
    following = iter(range(len(parts)))
    return _PLACE.sub(lambda place: parts[int(place[1]) if place[1] else next(following)], told)


@cache
def _sentences() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Whole sentences, and those with places, most words first: the more is written out, the surer it is meant."""
    told = {english: french for table in _tables() for english, french in table.items()}
    exact = {english: french for english, french in told.items() if "{}" not in english}
    placed = sorted((one for one in told if "{}" in one), key=lambda one: (-len(one), one))
    return exact, [(re.compile("(.+?)".join(map(re.escape, one.split("{}")))), told[one]) for one in placed]


def _tables() -> Iterator[dict[str, str]]:
    held = tomllib.loads((files(__package__) / "french.toml").read_text(encoding="utf-8"))
    yield from held.values()
