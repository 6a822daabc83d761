"""All points of verification, by id, in the order of the sheets."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from vidocq.core.errors import ReferentialError
from vidocq.core.text import Text
from vidocq.dossier.referential.expression import parse
from vidocq.dossier.referential.point import Point
from vidocq.dossier.rules.catalogue import RULES

SHEETS: Final = (
    "f0", "f1", "f2", "f3", "f4_1", "f4_2", "f5", "f6", "f7", "f8", "f8b", "fos", "f9", "f10", "f11", "f12", "f13",
    "edpb", "hea", "edu", "hr", "gdpr",
)  # fmt: skip
"""Files of `points/`, in the order in which they are read aloud."""


@cache
def referential() -> Mapping[str, Point]:
    """Every point, read once. Raises ReferentialError on a file that contradicts itself."""
    rules = {name: frozenset(RULES[name].card.values) for name in RULES.ids()}
    found: dict[str, Point] = {}
    for content in _contents():
        point = _point(content, rules)
        if point.id in found:
            raise ReferentialError("two points have the same id", where=point.id, fix="never reuse an id")
        found[point.id] = point
    return found


def written(name: str) -> str:
    """The condition of a point as its file spells it. Raises StopIteration on an id that is not there."""
    return next(str(content["applies"]) for content in _contents() if content["id"] == name)


@cache
def _contents() -> tuple[Mapping[str, Any], ...]:
    folder = files(__package__).joinpath("points")
    texts = (folder.joinpath(f"{sheet}.toml").read_text(encoding="utf-8") for sheet in SHEETS)
    return tuple(content for text in texts for content in tomllib.loads(text)["point"])


def _point(content: Mapping[str, Any], rules: Mapping[str, frozenset[str]]) -> Point:
    by = content["by"]
    return Point(
        id=content["id"],
        sheet=content["sheet"],
        level=content["level"],
        title=Text(**content["title"]),
        requirement=Text(**content["requirement"]),
        applies=parse(content["applies"], rules=rules, where=content["id"]),
        phase=content["phase"],
        articles=tuple(content["articles"]),
        link=content["link"],
        per=content.get("per", ""),
        measurements=tuple(by.get("measurements", ())),
        where_measured=tuple(by.get("where_measured", ())),
        declaration=by.get("declaration", False),
        not_yet_measured=by.get("not_yet_measured", ""),
        source=content["source"],
        any_regime=content.get("any_regime", False),
        note=content.get("note", ""),
    )
