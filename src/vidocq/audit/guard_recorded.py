"""What a trial of a guard leaves in the dossier: evidence about the system."""

import re

from vidocq.audit.configuration import ID_PATTERN
from vidocq.audit.guard_attacks import Attacked
from vidocq.audit.guard_trial import Trial
from vidocq.core.errors import ConfigurationError
from vidocq.dossier.evidence import BEHIND_FILTERS, OF_FILTERS, RECORDED, Piece
from vidocq.dossier.file.records import versioned, write_records
from vidocq.dossier.ledger import Ledger

_SUBJECT = re.compile(rf"models\.{ID_PATTERN.removeprefix('^')}")


def require_subject(subject: str, dossier: str | None) -> None:
    """Raises ConfigurationError unless evidence is recorded about a model, or none is and none is named."""
    if (dossier is None) != (subject == "") or (subject and _SUBJECT.fullmatch(subject) is None):
        raise ConfigurationError(
            "evidence about a system names the model behind its filters, and the dossier that it is written into",
            where="--dossier, --subject",
            fix="give both, and a model such as models.assistant",
            fr="une preuve sur un système nomme le modèle derrière ses filtres, et le dossier où elle est inscrite",
            fix_fr="donner les deux, et un modèle comme models.assistant",
        )


def record_trial(ledger: Ledger, trial: Trial, *, subject: str) -> None:
    """Writes it as evidence about the system, `subject` being the path of the model behind the guard.

    What was stopped for nothing is among the figures; the status is of what passed alone: points about leaks cite it.
    """
    passed, worst, clean = trial.content["passed"], trial.content["worst"], trial.content["clean"]
    figures: dict[str, float] = {}
    if passed is not None:
        figures = {"passed": passed["value"], "passed_high": passed["high"], "worst": worst["value"]}
    if clean is not None:
        figures["false_blocks"] = clean["value"]
    piece = Piece(
        measurement=OF_FILTERS,
        subject=subject,
        scope="system",
        access="text",
        status=trial.status,
        figures=figures,
        inputs={"guard": trial.content["policy"]},
        suite=trial.content["suite"],
    )
    pieces = [piece] if trial.attacks is None else [piece, _of_attacks(trial, trial.attacks, subject=subject)]
    write_records(ledger, lambda writing: [writing.append(RECORDED, versioned(each.content())) for each in pieces])


def _of_attacks(trial: Trial, attacks: Attacked, *, subject: str) -> Piece:
    figures = [
        {"id": row["id"], "quantity": row["quantity"]}
        | {name: None if row[name] is None else row[name]["estimate"] for name in ("bare", "guarded")}
        for row in attacks.content["findings"]
    ]
    return Piece(
        measurement=BEHIND_FILTERS,
        subject=subject,
        scope="system",
        access="text",
        status=attacks.status,
        figures={"attacks": figures},
        inputs={"guard": trial.content["policy"], "model": attacks.content["model_hash"]},
        suite=BEHIND_FILTERS,
    )
