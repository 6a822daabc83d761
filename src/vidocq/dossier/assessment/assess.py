"""Points × facts × evidence × answers: the assessment of a file on a day."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace

from vidocq.dossier.assessment.asking import questions_of
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.assessment.following import next_steps
from vidocq.dossier.assessment.pointwise import assess_point
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.referential.point import Point
from vidocq.dossier.rules.catalogue import decide_all
from vidocq.dossier.state import State


def assess(
    state: State,
    points: Iterable[Point],
    *,
    today: datetime.date,
    suites: Mapping[str, str] | None = None,
) -> Assessment:
    """The state of every point, every decision, what to ask and what to do next. Never raises, whatever the facts.

    points  of the referential.   today  for dates that may be past.
    suites  current version of each suite of attacks, by name; without it no evidence is stale on their account.
    """
    decisions = decide_all(state.facts, state.evidence)
    newest = replace(state, evidence=Evidence(_newest(state.evidence)))
    assessed = tuple(assess_point(point, newest, decisions, today=today, suites=suites or {}) for point in points)
    questions = questions_of(assessed, decisions)
    return Assessment(
        state=state,
        today=today.isoformat(),
        points=assessed,
        decisions=decisions,
        questions=questions,
        next=next_steps(assessed, questions),
    )


def _newest(evidence: Evidence) -> tuple[Piece, ...]:
    """The pieces that `Evidence.latest` can give, found once for all points."""
    found: dict[tuple[str, str, str, str], Piece] = {}
    for piece in evidence.pieces:
        found[piece.measurement, piece.subject, piece.scope, piece.access] = piece
    return tuple(found.values())
