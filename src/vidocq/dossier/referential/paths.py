"""Paths of facts in a condition: checked against the types of Facts, then followed through one base of facts.

A path goes through lists (`datasets.origins`) and along ids (`models.trained_on.personal_data`: of the data sets named
there). It then stands for every value met on the way.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from vidocq.core.text import Text
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.asked import question
from vidocq.dossier.facts.names import asked_of

Kind = Literal["yes or no", "one word", "several words", "number", "date", "text"]

FOLLOWED: Final[Mapping[str, str]] = {
    "Model.trained_on": "datasets",
    "Model.base_model": "models",
    "Operation.datasets": "datasets",
    "Part.actor": "actors",
    "Release.model": "models",
}
"""Fields that hold ids, with the list in which these are described."""

NOT_DESCRIBED: Final = Text(
    fr="Cet élément est cité mais n'est pas décrit : décrivez-le.",
    en="This is cited but not described: describe it.",
)


@dataclass(frozen=True)
class Leaf:
    """What a path ends on. `words` are the values it may take, None where any will do."""

    kind: Kind
    words: frozenset[str] | None = None


@dataclass(frozen=True)
class Seen:
    """One value met by a path; None where it was not stated. `nothing` marks a list that is stated to be empty."""

    path: str
    value: Any
    question: Text
    nothing: bool = False


def leaf(path: str) -> Leaf:
    """What `path` ends on. Raises ValueError with the segment that does not exist."""
    group: type[BaseModel] = Facts
    segments = path.split(".")
    for place, name in enumerate(segments):
        if name not in group.model_fields:
            raise ValueError(f"there is no fact '{'.'.join(segments[: place + 1])}'")
        inner = _inner(group.model_fields[name].annotation)
        reference = FOLLOWED.get(f"{group.__name__}.{name}")
        is_last = place == len(segments) - 1
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            if is_last:
                raise ValueError(f"'{path}' is a group of facts, not a fact")
            group = inner
        elif is_last:
            return _leaf(group.model_fields[name].annotation)
        elif reference is not None:
            group = _inner_group(reference)
        else:
            raise ValueError(f"'{'.'.join(segments[: place + 1])}' holds no further facts")
    raise ValueError("an empty path")


def is_list(path: str) -> bool:
    """Whether `path` is one of the lists of Facts, of which one item can be looked at alone."""
    return path in Facts.model_fields and _is_tuple(Facts.model_fields[path].annotation)


def seen(path: str, facts: Facts, bound: Mapping[str, str]) -> Iterator[Seen]:
    """Every value that `path` meets. `bound` names the one item to look at, by list."""
    yield from _walk(facts, facts, "", tuple(path.split(".")), bound)


def _walk(
    facts: Facts, group: BaseModel, at: str, segments: tuple[str, ...], bound: Mapping[str, str]
) -> Iterator[Seen]:
    name, rest = segments[0], segments[1:]
    value = getattr(group, name)
    path = f"{at}.{name}" if at else name
    if isinstance(value, BaseModel):
        yield from _walk(facts, value, path, rest, bound)
        return
    words = asked_of(at, question(type(group).model_fields[name]))
    if not rest or value is None:
        yield Seen(path, value, words)
    elif value == ():
        yield Seen(path, value, words, nothing=True)
    elif isinstance(value, tuple) and isinstance(value[0], BaseModel):
        wanted = bound.get(name) if group is facts else None
        for place, item in enumerate(value):
            own = str(getattr(item, "id", None) or getattr(item, "actor", None) or place)
            if wanted in (None, own):
                yield from _walk(facts, item, f"{path}.{own}", rest, bound)
    else:
        target = FOLLOWED[f"{type(group).__name__}.{name}"]
        for cited in value if isinstance(value, tuple) else (value,):
            yield from _described(facts, target, cited, rest)


def _described(facts: Facts, target: str, cited: str, rest: tuple[str, ...]) -> Iterator[Seen]:
    """Follows one id. What is not described is unknown, never false."""
    for item in getattr(facts, target) or ():
        if item.id == cited:
            yield from _walk(facts, item, f"{target}.{cited}", rest, {})
            return
    yield Seen(f"{target}.{cited}", None, NOT_DESCRIBED)


def _leaf(annotation: Any) -> Leaf:
    inner = _inner(annotation)
    if get_origin(inner) is Literal:
        words = frozenset(str(word) for word in get_args(inner))
        return Leaf("several words" if _is_tuple(annotation) else "one word", words)
    if _is_tuple(annotation):
        return Leaf("several words")
    if inner is bool:
        return Leaf("yes or no")
    if inner in (int, float):
        return Leaf("number")
    if inner in (datetime.date, datetime.datetime):
        return Leaf("date")
    return Leaf("text")


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        (only,) = (part for part in get_args(annotation) if part is not NoneType)
        return only
    return annotation


def _is_tuple(annotation: Any) -> bool:
    return get_origin(_without_none(annotation)) is tuple


def _inner(annotation: Any) -> Any:
    """The type of the value, or of the items where it is a tuple."""
    plain = _without_none(annotation)
    return get_args(plain)[0] if get_origin(plain) is tuple else plain


def _inner_group(name: str) -> type[BaseModel]:
    group = _inner(Facts.model_fields[name].annotation)
    if not issubclass(group, BaseModel):
        raise TypeError(f"'{name}' is no list of groups")
    return group  # type: ignore[no-any-return]
