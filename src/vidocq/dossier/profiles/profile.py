"""The matrix of places and points, and the profiles that put some points first, as `profiles.toml` has them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import get_args

from vidocq.core.errors import ReferentialError
from vidocq.core.text import Text
from vidocq.dossier.facts.actor import Place
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.referential.expression import Expression, parse


class Part(StrEnum):
    """From the most that one has to do to the least."""

    HOLDS = "holds"
    HELPS = "helps"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A sector or a way to release.   when  it is this one.   points  to look at first."""

    id: str
    title: Text
    reason: Text
    when: Expression
    points: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Profiles:
    """parts  by place and point; places  their titles."""

    places: Mapping[str, Text]
    parts: Mapping[tuple[str, str], Part]
    profiles: tuple[Profile, ...]


@cache
def profiles() -> Profiles:
    """Read once. Raises ReferentialError on a point that is in no group or in two, a place left out, an unknown id."""
    content = tomllib.loads(files(__package__).joinpath("profiles.toml").read_text(encoding="utf-8"))
    points = referential()
    parts: dict[tuple[str, str], Part] = {}
    for group in content["group"]:
        if set(group["parts"]) != set(get_args(Place)):
            raise _error("a group does not say the part of each place", group["id"])
        for name, point in points.items():
            if point.sheet not in group["sheets"]:
                continue
            for place, part in group["parts"].items():
                if (place, name) in parts:
                    raise _error("a point is in two groups", name)
                parts[place, name] = Part(part)
    missing = sorted(set(points) - {name for _, name in parts})
    if missing:
        raise _error("a point is in no group", missing[0])
    for exception in content["exception"]:
        for name in exception["points"]:
            if (exception["place"], name) not in parts:
                raise _error("an exception names a place or a point that is not", name)
            parts[exception["place"], name] = Part(exception["part"])
    return Profiles(
        places={place: Text(**words) for place, words in content["places"].items()},
        parts=parts,
        profiles=tuple(_profile(one) for one in content["profile"]),
    )


def _profile(content: Mapping[str, object]) -> Profile:
    points = tuple(str(name) for name in _list(content["points"]))
    for name in points:
        if name not in referential():
            raise _error("a profile names a point that is not", name)
    return Profile(
        id=str(content["id"]),
        title=_text(content["title"]),
        reason=_text(content["reason"]),
        when=parse(str(content["when"]), rules={}, where=str(content["id"])),
        points=points,
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> Text:
    words = value if isinstance(value, dict) else {}
    return Text(fr=str(words["fr"]), en=str(words["en"]))


def _error(what: str, where: str) -> ReferentialError:
    return ReferentialError(what, where=where, fix="correct dossier/profiles/profiles.toml")
