"""The words a point's state is told in, from what calls for an act to what does not concern the file."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from vidocq.core.status import Status
from vidocq.core.text import Text


class PointState(StrEnum):
    """The six words of a check, and DEPARTED. Written from the one that weighs most to the one that weighs least."""

    NOT_SATISFIED = "NOT_SATISFIED"
    NOT_MEASURED = "NOT_MEASURED"
    INCONCLUSIVE = "INCONCLUSIVE"
    TO_JUDGE = "TO_JUDGE"
    DEPARTED = "DEPARTED"
    SATISFIED = "SATISFIED"
    NOT_APPLICABLE = "NOT_APPLICABLE"

    @property
    def words(self) -> Text:
        return TITLES[self]


TITLES: Final = {
    PointState.NOT_SATISFIED: Text(fr="non satisfait", en="not satisfied"),
    PointState.NOT_MEASURED: Text(fr="non mesuré", en="not measured"),
    PointState.INCONCLUSIVE: Text(fr="non concluant", en="inconclusive"),
    PointState.TO_JUDGE: Text(fr="à apprécier", en="to judge"),
    PointState.DEPARTED: Text(fr="écarté avec justification", en="departed from"),
    PointState.SATISFIED: Text(fr="satisfait", en="satisfied"),
    PointState.NOT_APPLICABLE: Text(fr="sans objet", en="not applicable"),
}
STALE: Final = Text(fr="à actualiser", en="stale")
LEVELS: Final = {
    "mandatory": Text(fr="obligatoire", en="mandatory"),
    "recommended": Text(fr="recommandé", en="recommended"),
    "good-practice": Text(fr="bonne pratique", en="good practice"),
}
"""From what binds to what helps."""
_ORDER: Final = tuple(PointState)


def worst(states: Iterable[PointState]) -> PointState:
    """The state that weighs most. There must be one."""
    return min(states, key=_ORDER.index)


def of_status(status: Status) -> PointState:
    return PointState(str(status))
