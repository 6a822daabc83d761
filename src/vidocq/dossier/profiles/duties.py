"""What somebody in these places has to hold or help with, of the points that apply or may apply."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from vidocq.core.errors import ConfigurationError
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.profiles.profile import Part, Profile, profiles
from vidocq.dossier.referential.applying import applies as applying
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.referential.point import Point
from vidocq.dossier.referential.truth import truth
from vidocq.dossier.rules.catalogue import decide_all
from vidocq.dossier.rules.found import contradictions

_PARTS: Final = tuple(Part)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One point.

    part     the most that one of the places has.   places  those that have it.
    applies  None where facts are missing to tell.   profiles  that put it first, such as "health".
    """

    point: Point
    part: Part
    places: tuple[str, ...]
    applies: bool | None
    profiles: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "point": self.point.id,
            "part": str(self.part),
            "places": list(self.places),
            "applies": self.applies,
            "profiles": list(self.profiles),
        }


def places_of(facts: Facts) -> tuple[str, ...]:
    """The places that the actor which is us states; none where nobody said."""
    stated = [place for actor in facts.actors or () if actor.is_us for place in actor.places or ()]
    return tuple(dict.fromkeys(stated))


def profiles_of(facts: Facts, *, today: datetime.date) -> tuple[Profile, ...]:
    """Sectors and ways to release that the facts say are this file's."""
    return tuple(one for one in profiles().profiles if truth(one.when, facts, today=today).value is True)


def duties(
    places: Iterable[str], facts: Facts, *, today: datetime.date, evidence: Evidence | None = None
) -> tuple[Duty, ...]:
    """Points to hold, then to help with, in the order of the sheets; those that do not apply are left out.

    places  of the value chain, such as "designer".
    Raises  ConfigurationError on an unknown place, or none at all.
    """
    own = tuple(dict.fromkeys(places))
    known = profiles().places
    if not own or not set(own) <= set(known):
        raise ConfigurationError(
            "a place in the value chain is needed",
            where="duties",
            fix=f"give some of {', '.join(known)}",
            fr="une place dans la chaîne de valeur est nécessaire",
            fix_fr=f"donnez-en parmi {', '.join(known)}",
        )
    known_evidence = evidence or Evidence()
    decisions = decide_all(facts, known_evidence)
    contradicted = contradictions(facts, known_evidence)
    first = profiles_of(facts, today=today)
    found = []
    for name, point in referential().items():
        by_place = {place: profiles().parts[place, name] for place in own}
        part = min(by_place.values(), key=_PARTS.index)
        applies = applying(point, facts, decisions, contradicted=contradicted, today=today).value
        if part is Part.NONE or applies is False:
            continue
        found.append(
            Duty(
                point=point,
                part=part,
                places=tuple(place for place, own_part in by_place.items() if own_part is part),
                applies=applies,
                profiles=tuple(one.id for one in first if name in one.points),
            )
        )
    return tuple(sorted(found, key=lambda one: _PARTS.index(one.part)))
