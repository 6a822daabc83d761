"""Which findings end a command with an error, for whoever runs it unattended (`--fail-on`)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from vidocq.attacks.structure import Structure
from vidocq.core.access import Access
from vidocq.core.errors import ConfigurationError
from vidocq.core.status import AuditVerdict
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.assessment.standing import MANDATORY
from vidocq.dossier.assessment.words import PointState

CLEAN, FINDING, UNSETTLED = 0, 1, 3


class Concern(StrEnum):
    """What a result may hold that someone may want to be stopped by."""

    LEAK_SHOWN = "leak_shown"
    INCONCLUSIVE = "inconclusive"
    NOT_MEASURED = "not_measured"
    WORSE = "worse"
    FOUND = "found"
    TO_JUDGE = "to_judge"
    MANDATORY = "mandatory"
    NOT_SATISFIED = "not_satisfied"
    STALE = "stale"


NEVER = ("never", "none")
OF_AUDIT = (Concern.LEAK_SHOWN, Concern.INCONCLUSIVE, Concern.NOT_MEASURED)
OF_COMPARISON = (*OF_AUDIT, Concern.WORSE)
OF_SCAN = (Concern.FOUND, Concern.TO_JUDGE, Concern.NOT_MEASURED)
OF_ASSESSMENT = (
    Concern.MANDATORY,
    Concern.NOT_SATISFIED,
    Concern.TO_JUDGE,
    Concern.STALE,
    Concern.NOT_MEASURED,
    Concern.INCONCLUSIVE,
)
_FINDINGS = frozenset(
    {
        Concern.LEAK_SHOWN,
        Concern.WORSE,
        Concern.FOUND,
        Concern.TO_JUDGE,
        Concern.MANDATORY,
        Concern.NOT_SATISFIED,
        Concern.STALE,
    }
)


def read_fail_on(text: str, *, allowed: Iterable[Concern]) -> frozenset[Concern]:
    """Concerns from a list set apart by commas; `never` or `none`, alone, for no concern at all.

    Raises ConfigurationError on a word that is not known, or means nothing for this command.
    """
    words = [word.strip().replace("-", "_") for word in text.split(",") if word.strip()]
    known = {str(concern): concern for concern in allowed}
    if len(words) == 1 and words[0] in NEVER:
        return frozenset()
    if not words or any(word not in known for word in words):
        raise ConfigurationError(
            "--fail-on names something that is not known here",
            where="--fail-on",
            fix=f"give some of {', '.join(known)}, set apart by commas; or never, alone",
        )
    return frozenset(known[word] for word in words)


def concerns_of(audit: Mapping[str, Any]) -> frozenset[Concern]:
    """What an audit.json holds of the concerns."""
    verdicts = {verdict["verdict"] for verdict in audit["verdicts"]}
    found = {
        Concern.LEAK_SHOWN: AuditVerdict.LEAK_SHOWN in verdicts,
        Concern.INCONCLUSIVE: AuditVerdict.INCONCLUSIVE in verdicts,
        Concern.NOT_MEASURED: any(absent["id"] not in _not_asked_for(audit) for absent in audit["not_measured"]),
    }
    return frozenset(concern for concern, there in found.items() if there)


def _not_asked_for(audit: Mapping[str, Any]) -> frozenset[str]:
    """`structure` where the access does not include the model's file: listed as absent, and nothing that went wrong."""
    granted = Structure.card.needs in Access.granted_by(audit["access"]["outputs"])
    return frozenset() if granted else frozenset({Structure.card.id})


def concerns_of_scan(scan: Mapping[str, Any]) -> frozenset[Concern]:
    """What a scan.json holds of the concerns."""
    kinds = {category["kind"] for category in scan["categories"] if category["count"]}
    found = {
        Concern.FOUND: "finding" in kinds,
        Concern.TO_JUDGE: "to_judge" in kinds,
        Concern.NOT_MEASURED: bool(scan["gaps"] or scan["not_measured"]),
    }
    return frozenset(concern for concern, there in found.items() if there)


def concerns_of_assessment(assessment: Assessment) -> frozenset[Concern]:
    """What an assessment holds of the concerns. What is satisfied by evidence that no longer holds is to judge."""
    weights = {(one.point.level, one.weighs_as) for one in assessment.points}
    states = {state for _, state in weights}
    found = {
        Concern.MANDATORY: (MANDATORY, PointState.NOT_SATISFIED) in weights,
        Concern.NOT_SATISFIED: PointState.NOT_SATISFIED in states,
        Concern.TO_JUDGE: PointState.TO_JUDGE in states,
        Concern.STALE: any(one.is_stale for one in assessment.points),
        Concern.NOT_MEASURED: PointState.NOT_MEASURED in states,
        Concern.INCONCLUSIVE: PointState.INCONCLUSIVE in states,
    }
    return frozenset(concern for concern, there in found.items() if there)


def exit_code(found: frozenset[Concern], asked: frozenset[Concern]) -> int:
    """0 if nothing that was asked about was found; 1 for findings, which win over 3 for what is not settled."""
    stopping = found & asked
    if stopping & _FINDINGS:
        return FINDING
    return UNSETTLED if stopping else CLEAN
