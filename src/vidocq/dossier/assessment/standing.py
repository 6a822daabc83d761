"""Where one point stands, for the whole file or for one item: the rule that joins condition, evidence and declaration."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vidocq.core.days import day_of
from vidocq.core.text import Text
from vidocq.dossier.assessment.measured import Measured, measured
from vidocq.dossier.assessment.said import said
from vidocq.dossier.assessment.words import PointState, of_status, worst
from vidocq.dossier.decision import Decision
from vidocq.dossier.file.answering import Answer
from vidocq.dossier.file.departing import Departure
from vidocq.dossier.referential.applying import applies as applying
from vidocq.dossier.referential.point import Point
from vidocq.dossier.referential.truth import Truth
from vidocq.dossier.state import State

MANDATORY: Final = "mandatory"
DOES_NOT_APPLY = Text(fr="Sans objet, d'après : {facts}.", en="Does not apply, on: {facts}.")
APPLIES = Text(fr="S'applique, d'après : {facts}.", en="Applies, on: {facts}.")
APPLIES_ALWAYS = Text(fr="S'applique à tout développement.", en="Applies to any development.")
CANNOT_TELL = Text(
    fr="On ne peut dire s'il s'applique : il manque {count} réponse(s), rien n'est supposé à leur place.",
    en="Nobody can tell whether it applies: {count} answer(s) are missing, nothing is assumed in their place.",
)
DECLARED = Text(fr="Déclaré « {state} » le {date} ({role}).", en="Declared “{state}” on {date} ({role}).")
NOT_DECLARED = Text(fr="Personne ne s'est encore prononcé.", en="Nobody has declared anything yet.")
ONLY_DECLARED = Text(
    fr="Déclaré, et non mesuré : Vidocq ne mesure pas encore ce point.",
    en="Declared, not measured: Vidocq does not measure this point yet.",
)
DECLARATION_OLDER = Text(
    fr="La déclaration précède la mesure : elle n'a pas pu l'apprécier.",
    en="The declaration comes before the measurement: it could not judge it.",
)
EVIDENCE_PREVAILS = Text(
    fr="La mesure l'emporte sur la déclaration.", en="The measurement prevails over the declaration."
)
DEPARTED = Text(
    fr="Écarté le {date} ({owner}). Raison : {reason} Mesure de remplacement : {substitute}",
    en="Departed from on {date} ({owner}). Reason: {reason} Substitute measure: {substitute}",
)
CANNOT_DEPART = Text(
    fr="Un point obligatoire ne peut être écarté : la justification inscrite ne compte pas.",
    en="A mandatory point cannot be departed from: the departure recorded does not count.",
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a point stands for one item.

    item      path, such as "datasets.patients"; "" for the whole.
    stale     whether evidence that it rests on no longer holds.
    declared, measured  what each says alone; None where nothing was said, or nothing has to be measured.
    used      facts and rules that tell whether it applies.   missing  questions that would tell.
    entries   of the ledger: evidence, and the answer or departure.   absent  measurements there is no evidence for.
    """

    item: str
    state: PointState
    stale: bool = False
    declared: PointState | None = None
    measured: PointState | None = None
    reasons: tuple[Text, ...]
    used: Mapping[str, Any]
    missing: Mapping[str, Text]
    entries: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def standing(
    point: Point,
    state: State,
    decisions: Sequence[Decision],
    *,
    item: str,
    today: datetime.date,
    suites: Mapping[str, str],
    contradicted: Mapping[str, Mapping[str, Any]],
) -> Standing:
    """A condition that is not known to hold gives no other state than INCONCLUSIVE, whatever was declared."""
    applies = applying(point, state.facts, decisions, contradicted=contradicted, today=today, item=item)
    if applies.value is not True:
        return _elsewhere(applies, item)
    also = [name for name in point.where_measured if state.evidence.latest(name, item or None)]
    seen = measured((*point.measurements, *also), state, item=item, suites=suites)
    position = state.position(point.id, item)
    declared: PointState | None
    if isinstance(position, Departure) and point.level != MANDATORY:
        found, declared, words = PointState.DEPARTED, PointState.DEPARTED, [_departed(position)]
    else:
        answer = position if isinstance(position, Answer) else None
        declared = None if answer is None else of_status(answer.status)
        found, words = _judged(point, seen, answer)
        if isinstance(position, Departure):
            words.insert(0, CANNOT_DEPART)
    entries = [piece.entry for piece in seen.pieces if piece.entry]
    return Standing(
        item=item,
        state=found,
        stale=bool(seen.stale),
        declared=declared,
        measured=seen.state,
        reasons=(_why(applies), *seen.reasons, *seen.stale, *words),
        used=applies.used,
        missing={},
        entries=tuple(entries if position is None else [*entries, position.entry]),
        absent=seen.absent,
    )


def _elsewhere(applies: Truth, item: str) -> Standing:
    if applies.value is None:
        found, why = PointState.INCONCLUSIVE, CANNOT_TELL.fill(count=len(applies.missing))
    else:
        found, why = PointState.NOT_APPLICABLE, applies.why or _filled(DOES_NOT_APPLY, applies)
    return Standing(item=item, state=found, reasons=(why,), used=applies.used, missing=applies.missing)


def _judged(point: Point, seen: Measured, answer: Answer | None) -> tuple[PointState, list[Text]]:
    """What was measured and what was declared, together; the worst of both, and a person judges what is to judge."""
    words = [_declared(answer)] if answer is not None else []
    if seen.state is None:
        if answer is None:
            return PointState.TO_JUDGE, [NOT_DECLARED]
        return of_status(answer.status), [*words, *([ONLY_DECLARED] if point.not_yet_measured else [])]
    if answer is not None and of_status(answer.status) is PointState.SATISFIED:
        if seen.state is PointState.TO_JUDGE and answer.at < seen.since:
            return PointState.TO_JUDGE, [*words, DECLARATION_OLDER]
        if seen.state in {PointState.TO_JUDGE, PointState.SATISFIED}:
            return PointState.SATISFIED, words
        return seen.state, [*words, EVIDENCE_PREVAILS]
    if answer is not None:
        return worst([seen.state, of_status(answer.status)]), words
    if point.declaration and seen.state is PointState.SATISFIED:
        return PointState.TO_JUDGE, [NOT_DECLARED]
    return seen.state, [NOT_DECLARED] if seen.state is PointState.TO_JUDGE else []


def _why(applies: Truth) -> Text:
    return _filled(APPLIES, applies) if applies.used else APPLIES_ALWAYS


def _filled(words: Text, applies: Truth) -> Text:
    facts = said(applies.used)
    return Text(words.fr.format(facts=facts.fr), words.en.format(facts=facts.en))


def _declared(answer: Answer) -> Text:
    told, date = of_status(answer.status).words, day_of(answer.at)
    return Text(
        DECLARED.fr.format(state=told.fr, role=answer.role, date=date.fr),
        DECLARED.en.format(state=told.en, role=answer.role, date=date.en),
    )


def _departed(position: Departure) -> Text:
    date = day_of(position.at)
    told = {
        "owner": position.owner,
        "reason": _sentence(position.reason),
        "substitute": _sentence(position.substitute),
    }
    return Text(DEPARTED.fr.format(date=date.fr, **told), DEPARTED.en.format(date=date.en, **told))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
