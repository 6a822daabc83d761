"""Points × facts × evidence × answers: the assessment of a file on a day."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace

from vidocq.dossier.assessment.asking import questions_of
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.assessment.following import next_steps
from vidocq.dossier.assessment.heavier import heavier
from vidocq.dossier.assessment.opinions import all_missing_opinions
from vidocq.dossier.assessment.pointwise import assess_point
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.file_checks.card import File
from vidocq.dossier.file_checks.catalogue import pieces_of_file
from vidocq.dossier.referential.point import Point
from vidocq.dossier.rules.catalogue import decide_all
from vidocq.dossier.rules.found import contradictions
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
    points = tuple(points)
    decisions = decide_all(state.facts, state.evidence)
    of_file = pieces_of_file(
        File(
            facts=state.facts,
            evidence=state.evidence,
            decisions=decisions,
            today=today,
            positions=state.positions,
            opinions=state.opinions,
            levels={point.id: point.level for point in points},
        )
    )
    newest = replace(state, evidence=Evidence((*_newest(state.evidence), *of_file)))
    contradicted = contradictions(state.facts, state.evidence)
    assessed = tuple(
        assess_point(point, newest, decisions, today=today, suites=suites or {}, contradicted=contradicted)
        for point in points
    )
    questions = questions_of(assessed, decisions)
    return Assessment(
        state=state,
        today=today.isoformat(),
        points=assessed,
        decisions=decisions,
        questions=questions,
        next=next_steps(assessed, questions, heavier(state, decisions), all_missing_opinions(state)),
    )


def _newest(evidence: Evidence) -> tuple[Piece, ...]:
    """The pieces that `Evidence.latest` can give, found once for all points."""
    found: dict[tuple[str, str, str, str], Piece] = {}
    for piece in evidence.pieces:
        found[piece.measurement, piece.subject, piece.scope, piece.access] = piece
    return tuple(found.values())
