"""What a condition says of one base of facts: true, false or not known, on which facts, and what would tell."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.reading import shown
from vidocq.dossier.referential.expression import (
    EEA,
    All,
    Always,
    Among,
    AnyOf,
    AtLeast,
    Decides,
    Expression,
    Not,
    OutsideEea,
    Past,
    Some,
    Yes,
)
from vidocq.dossier.referential.paths import NOT_DESCRIBED, Seen, seen

NO_DECISION: Final = Text(
    fr="Aucune décision n'est encore rendue par cette règle : il lui manque de quoi parler.",
    en="This rule has not decided yet: there is nothing it could speak about.",
)


@dataclass(frozen=True)
class Truth:
    """`value` is None where it is not known.

    used     what decides it: paths of facts and rules with their values.
    missing  questions whose answers could tell; empty where it is known.   why  a reason beside these, if there is one.
    """

    value: bool | None
    used: Mapping[str, Any] = field(default_factory=dict)
    missing: Mapping[str, Text] = field(default_factory=dict)
    why: Text | None = None


@dataclass(frozen=True)
class _World:
    facts: Facts
    decisions: Sequence[Decision]
    today: datetime.date
    bound: Mapping[str, str]
    contradicted: Mapping[str, Mapping[str, Any]]


def truth(
    expression: Expression,
    facts: Facts,
    decisions: Sequence[Decision] = (),
    *,
    today: datetime.date,
    item: str = "",
    contradicted: Mapping[str, Mapping[str, Any]] | None = None,
) -> Truth:
    """Whether the condition holds. Never raises, whatever the facts.

    decisions  of the rules, as `decide_all` gives them.   today  for dates that may be past.
    item       path of the one item looked at, such as "datasets.patients"; "" for the whole.
    contradicted  paths of facts stated to be “no” that a measurement contradicts, each with what does: they count as “yes”.
    """
    group, _, name = item.partition(".")
    return _of(expression, _World(facts, decisions, today, {group: name} if item else {}, contradicted or {}))


def _of(expression: Expression, world: _World) -> Truth:
    match expression:
        case Always():
            return Truth(True)
        case Not(inner):
            found = _of(inner, world)
            return Truth(None if found.value is None else not found.value, found.used, found.missing)
        case All(parts):
            return _joined([_of(part, world) for part in parts], decisive=False)
        case AnyOf(parts):
            return _joined([_of(part, world) for part in parts], decisive=True)
        case Some(name, inner):
            return _some(name, inner, world)
        case Decides():
            return _decides(expression, world)
        case Yes(path):
            return _met(path, world, lambda value: value is True, believes=True)
        case Among(path, words):
            return _met(path, world, lambda value: any(word in words for word in _several(value)))
        case AtLeast(path, number):
            return _met(path, world, lambda value: value >= number)
        case Past(path):
            return _met(path, world, lambda value: _day(value) <= world.today)
        case OutsideEea(path):
            return _met(path, world, lambda value: any(country not in EEA for country in _several(value)))


def _joined(parts: Iterable[Truth], *, decisive: bool) -> Truth:
    """All parts are looked at, so that an unknown one never hides one that decides."""
    found = list(parts)
    deciding = [part for part in found if part.value is decisive]
    if deciding:
        return Truth(decisive, _used(deciding))
    unknown = [part for part in found if part.value is None]
    if unknown:
        return Truth(None, _used(found), {path: words for part in unknown for path, words in part.missing.items()})
    return Truth(not decisive, _used(found))


def _used(parts: Iterable[Truth]) -> dict[str, Any]:
    return {path: value for part in parts for path, value in part.used.items()}


def _met(path: str, world: _World, holds: Callable[[Any], bool], *, believes: bool = False) -> Truth:
    """believes  evidence where it contradicts a “no”."""
    found = [
        Truth(True, world.contradicted[one.path])
        if believes and one.value is False and one.path in world.contradicted
        else _single(one, holds)
        for one in seen(path, world.facts, world.bound)
    ]
    return _joined(found, decisive=True) if found else Truth(None, missing={path: NOT_DESCRIBED})


def _single(one: Seen, holds: Callable[[Any], bool]) -> Truth:
    if one.value is None:
        return Truth(None, missing={one.path: one.question})
    return Truth(not one.nothing and holds(one.value), {one.path: shown(one.value)})


def _some(name: str, inner: Expression, world: _World) -> Truth:
    items = getattr(world.facts, name)
    if not items:
        (one,) = seen(f"{name}.id", world.facts, {})
        return _single(one, lambda _: False)
    if name in world.bound:
        return _of(inner, world)
    each = [_of(inner, replace(world, bound={**world.bound, name: item.id})) for item in items]
    return _joined(each, decisive=True)


def _decides(expression: Decides, world: _World) -> Truth:
    own = [one for one in world.decisions if one.rule == expression.rule and _concerns(one.subject, world)]
    if not own and world.decisions:
        return Truth(False, {f"rule.{expression.rule}": []})  # asked, it had nothing to speak about: an empty list
    if not own:
        return Truth(None, missing={f"rule.{expression.rule}": NO_DECISION})
    return _joined([_decided(one, expression.values) for one in own], decisive=True)


def _decided(decision: Decision, values: frozenset[str]) -> Truth:
    subject = f"({decision.subject})" if decision.subject else ""
    path = f"rule.{decision.rule}{subject}"
    if not decision.is_determined:
        return Truth(None, missing=dict(decision.missing) or {path: NO_DECISION})
    return Truth(decision.value in values, {path: decision.value})


def _concerns(subject: str, world: _World) -> bool:
    """Whether a decision speaks of the item looked at; one about another list, or the whole, speaks of all.

    Ids may hold dots: "models.llama-3.1" is about the longest id that fits, never about "llama-3" beside it.
    """
    group, _, rest = subject.partition(".")
    if group not in world.bound:
        return True
    ids = {world.bound[group], *(item.id for item in getattr(world.facts, group) or ())}
    fitting = [name for name in ids if rest == name or rest.startswith((f"{name}/", f"{name}."))]
    return max(fitting, key=len, default="") == world.bound[group]


def _several(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _day(value: datetime.date) -> datetime.date:
    return value.date() if isinstance(value, datetime.datetime) else value
