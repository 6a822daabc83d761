"""Requirements of another text, with the points of verification that each draws on, and whether they apply."""

import datetime
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from vidocq.core.errors import ReferentialError
from vidocq.core.text import Text
from vidocq.dossier.assessment.pointwise import Assessed
from vidocq.dossier.assessment.words import PointState, worst
from vidocq.dossier.decision import Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.referential.expression import Expression, parse
from vidocq.dossier.referential.truth import Truth, truth
from vidocq.dossier.rules.catalogue import RULES

AI_ACT: Final = "ai_act"


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """id  of our own, never reused.   article  of the text.   points  ids of the referential that it draws on."""

    id: str
    article: str
    title: Text
    applies: Expression
    points: tuple[str, ...]
    link: str


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """One text.

    version, written_on  of this mapping, and the day on which it was written (its file says from what).   note  what a reader has to check.
    """

    version: str
    written_on: datetime.date
    note: Text
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True)
class Read:
    """A requirement, read from a file: whether it applies, and the worst state of its points that do (None if none)."""

    requirement: Requirement
    applies: Truth
    state: PointState | None


@cache
def mapping(name: str = AI_ACT) -> Mapping:
    """Raises ReferentialError on two requirements of the same id, or a point that is not in the referential."""
    content = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    rules = {rule: frozenset(RULES[rule].card.values) for rule in RULES.ids()}
    found: dict[str, Requirement] = {}
    for one in content["requirement"]:
        unknown = [point for point in one["points"] if point not in referential()]
        if one["id"] in found or unknown:
            raise ReferentialError(
                "a requirement is there twice, or draws on a point that is not",
                where=one["id"],
                fix="give each its own id, and points of the referential",
            )
        found[one["id"]] = Requirement(
            id=one["id"],
            article=one["article"],
            title=Text(**one["title"]),
            applies=parse(one["applies"], rules=rules, where=one["id"]),
            points=tuple(one["points"]),
            link=one["link"],
        )
    return Mapping(
        version=content["version"],
        written_on=datetime.date.fromisoformat(content["written_on"]),
        note=Text(**content["note"]),
        requirements=tuple(found.values()),
    )


def read_for(
    name: str, facts: Facts, decisions: Sequence[Decision], points: Sequence[Assessed], *, today: datetime.date
) -> Iterator[Read]:
    """Each requirement of the text, on these facts and the states of an assessment. Nothing is concluded from them."""
    states = {one.point.id: one.state for one in points}
    for requirement in mapping(name).requirements:
        own = [states[point] for point in requirement.points if point in states]
        counting = [state for state in own if state is not PointState.NOT_APPLICABLE]
        yield Read(
            requirement=requirement,
            applies=truth(requirement.applies, facts, decisions, today=today),
            state=worst(counting) if counting else None,
        )
