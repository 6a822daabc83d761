"""One point of the referential, with the state that follows from all it is looked at for."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vidocq.core.text import Text
from vidocq.dossier.assessment.standing import Standing, standing
from vidocq.dossier.assessment.words import PointState, worst
from vidocq.dossier.decision import Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.asked import question
from vidocq.dossier.facts.names import fact_name
from vidocq.dossier.referential.point import Point
from vidocq.dossier.state import State

LIST_UNKNOWN = Text(
    fr="On ne peut dire s'il s'applique : personne n'a dit ce qu'il y a ({list}).",
    en="Nobody can tell whether it applies: nobody said what there is ({list}).",
)
LIST_EMPTY = Text(fr="Sans objet : il n'y en a aucun ({list}).", en="Does not apply: there is none ({list}).")
_WEIGHS_AS: Final = {PointState.SATISFIED: PointState.TO_JUDGE}
"""What a stale state counts as when a command ends or next steps are drawn up."""
_TOLD_BY_THE_WHOLE: Final = (PointState.NOT_APPLICABLE,)
"""What can be said of a list of which nothing is known: that the point does not apply, whatever it holds."""


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """A point and its state: the worst of its standings.

    standings  one for each item it is looked at for; a single one, of item "", where it speaks of the whole.
    """

    point: Point
    state: PointState
    standings: tuple[Standing, ...]

    @property
    def is_stale(self) -> bool:
        return any(one.stale for one in self.standings)

    @property
    def weighs_as(self) -> PointState:
        """The state, or TO_JUDGE where it is satisfied by evidence that no longer holds."""
        return worst(weight(one) for one in self.standings)

    @property
    def missing(self) -> Mapping[str, Text]:
        return {path: words for one in self.standings for path, words in one.missing.items()}

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.point.id,
            "sheet": self.point.sheet,
            "level": self.point.level,
            "title": self.point.title.to_dict(),
            "state": str(self.state),
            "stale": self.is_stale,
            "items": [_plain(one) for one in self.standings],
        }


def weight(one: Standing) -> PointState:
    """What one standing counts as: its state, or TO_JUDGE where that is satisfied and stale."""
    return _WEIGHS_AS.get(one.state, one.state) if one.stale else one.state


def assess_point(
    point: Point,
    state: State,
    decisions: Sequence[Decision],
    *,
    today: datetime.date,
    suites: Mapping[str, str],
    contradicted: Mapping[str, Mapping[str, Any]],
) -> Assessed:
    """The point's state for all items of its list, or for the whole. Never raises on facts."""

    def at(item: str) -> Standing:
        return standing(point, state, decisions, item=item, today=today, suites=suites, contradicted=contradicted)

    items: Sequence[str] = [""]
    if point.per:
        listed = getattr(state.facts, point.per)
        if not listed:
            whole = at("")
            return _single(point, whole if whole.state in _TOLD_BY_THE_WHOLE else _without_items(point, listed))
        items = [f"{point.per}.{one.id}" for one in listed]
    standings = tuple(at(item) for item in items)
    return Assessed(point=point, state=worst(one.state for one in standings), standings=standings)


def _single(point: Point, one: Standing) -> Assessed:
    return Assessed(point=point, state=one.state, standings=(one,))


def _without_items(point: Point, listed: object) -> Standing:
    if listed is None:
        found, words = PointState.INCONCLUSIVE, LIST_UNKNOWN
        missing = {str(point.per): question(Facts.model_fields[point.per])}
    else:
        found, words, missing = PointState.NOT_APPLICABLE, LIST_EMPTY, {}
    return Standing(
        item="",
        state=found,
        reasons=(_listing(words, fact_name(str(point.per))),),
        used={} if listed is None else {point.per: []},
        missing=missing,
    )


def _listing(words: Text, name: Text) -> Text:
    return Text(words.fr.format(list=name.fr), words.en.format(list=name.en))


def _plain(one: Standing) -> dict[str, Any]:
    return {
        "item": one.item,
        "state": str(one.state),
        "stale": one.stale,
        "declared": None if one.declared is None else str(one.declared),
        "measured": None if one.measured is None else str(one.measured),
        "reasons": [reason.to_dict() for reason in one.reasons],
        "used": dict(one.used),
        "missing": {path: words.to_dict() for path, words in one.missing.items()},
        "absent": list(one.absent),
        "evidence": list(one.entries),
    }
