"""The whole assessment of a file: frozen, and plain content of one schema."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from vidocq.core.canonical import canonical_bytes
from vidocq.dossier.assessment.asking import Question
from vidocq.dossier.assessment.following import Step
from vidocq.dossier.assessment.pointwise import Assessed
from vidocq.dossier.assessment.words import PointState
from vidocq.dossier.decision import Decision
from vidocq.dossier.schema import require_valid_assessment
from vidocq.dossier.state import State

SCHEMA: Final = "vidocq.assessment/1"


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """today  the date on which dates are past or to come, in ISO 8601."""

    state: State
    today: str
    points: tuple[Assessed, ...]
    decisions: tuple[Decision, ...]
    questions: tuple[Question, ...]
    next: tuple[Step, ...]

    @property
    def counts(self) -> Mapping[PointState, int]:
        """How many points are in each state."""
        return _counts(self.points)

    @property
    def sheets(self) -> Mapping[str, tuple[Assessed, ...]]:
        """Points by sheet, in the order of the referential."""
        found: dict[str, list[Assessed]] = {}
        for one in self.points:
            found.setdefault(one.point.sheet, []).append(one)
        return {sheet: tuple(points) for sheet, points in found.items()}

    def point(self, name: str) -> Assessed | None:
        return next((one for one in self.points if one.point.id == name), None)

    def to_dict(self) -> dict[str, Any]:
        """assessment.json, which its schema allows."""
        content = {
            "schema": SCHEMA,
            "file": {"head": self.state.head, "length": self.state.length, "as_of": self.state.as_of},
            "today": self.today,
            "counts": _plain(self.counts),
            "stale": sum(one.is_stale for one in self.points),
            "sheets": [
                {"sheet": sheet, "points": len(points), "counts": _plain(_counts(points))}
                for sheet, points in self.sheets.items()
            ],
            "points": [one.to_dict() for one in self.points],
            "decisions": [decision.to_dict() for decision in self.decisions],
            "opinions": [asdict(one) for one in self.state.opinions],
            "questions": [question.to_dict() for question in self.questions],
            "next": [step.to_dict() for step in self.next],
        }
        require_valid_assessment(content)
        return content

    def to_bytes(self) -> bytes:
        return canonical_bytes(self.to_dict()) + b"\n"


def _counts(points: tuple[Assessed, ...]) -> dict[PointState, int]:
    found = dict.fromkeys(PointState, 0)
    for one in points:
        found[one.state] += 1
    return found


def _plain(counts: Mapping[PointState, int]) -> dict[str, int]:
    return {str(state): count for state, count in counts.items()}
