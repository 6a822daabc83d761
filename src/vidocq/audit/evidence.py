"""What an audit says for the file: a piece for its verdict, and one for each attack that ran or did not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from vidocq.attacks.blind import Blind
from vidocq.attacks.catalogue import ON_LANGUAGE
from vidocq.core.status import AuditVerdict, Status
from vidocq.dossier.evidence import Piece

Content = Mapping[str, Any]

OF_SYSTEM = frozenset({"retrieval"})
"""Measurements that speak of the system around a model, whatever the verdict of the model rests on."""


def pieces_of_audit(content: Content, *, subject: str, files: Mapping[str, str] | None = None) -> list[Piece]:
    """From the content of audit.json. Counts and hashes only.

    subject  path of the model, such as "models.triage"; "" if nobody said.
    files    SHA-256 of the bytes of the data files, so that a set changed since can be told.
    """
    inputs = inputs_of(content, files or {})
    suite = f"{content['suite']['name']} {content['suite']['version']}"
    pieces = []
    for verdict in content["verdicts"]:
        held: dict[str, Any] = {
            "subject": subject,
            "scope": verdict["scope"],
            "access": verdict["access"],
            "inputs": inputs,
            "suite": suite,
        }
        pieces.append(
            Piece(
                measurement="audit",
                status=AuditVerdict(verdict["verdict"]).status,
                figures=_of_verdict(verdict, content),
                **held,
            )
        )
        pieces += [
            Piece(measurement=name, status=status, figures=figures, **held)
            for name, status, figures in _each(content, verdict)
            if _speaks_of(name, verdict, content)
        ]
    return pieces


def inputs_of(content: Content, files: Mapping[str, str]) -> dict[str, str]:
    """Hashes as in audit.json; `data` is the file of the members, byte for byte."""
    found = {name: value for name, value in content["inputs"].items() if value is not None}
    return found | ({"data": files["members"]} if "members" in files else {})


def _speaks_of(name: str, verdict: Content, content: Content) -> bool:
    """Where model and system have a verdict each, what an endpoint hands over is about the system, all else the model."""
    return len(content["verdicts"]) == 1 or (name in OF_SYSTEM) is (verdict["scope"] == "system")


def _of_verdict(verdict: Content, content: Content) -> dict[str, Any]:
    tau = verdict["tau"]
    return {
        "verdict": verdict["verdict"],
        "b_avg": verdict["b_avg"],
        "b_worst": verdict["b_worst"],
        "tau_average": tau["average"],
        "tau_worst": tau["worst"],
        "look": verdict["look"],
        "registration": verdict["registration"],
        "members": content["population"]["members"],
        "non_members": content["population"]["non_members"],
        "references": content["references"],
    }


def _each(content: Content, verdict: Content) -> Iterator[tuple[str, Status, dict[str, Any]]]:
    """Name, status and figures of each attack, once."""
    told = set()
    for attack in content["attacks"]:
        if attack["id"] == Blind.card.id:
            continue  # it never looks at the model
        told.add(attack["id"])
        yield attack["id"], _of_scores(attack, verdict), {"rates": [_rate(rate) for rate in attack["rates"]]}
    by_id: dict[str, list[Content]] = {}
    for finding in content["results"]:
        by_id.setdefault(finding["id"], []).append(finding)
    for name, findings in by_id.items():
        if name not in told:
            told.add(name)
            yield name, _of_findings(findings), {"findings": [_finding(finding) for finding in findings]}
    for absent in content["not_measured"]:
        if absent["id"] not in told and absent["id"] != Blind.card.id:
            told.add(absent["id"])
            yield absent["id"], Status.NOT_MEASURED, {"reason": dict(absent["reason"])}


def _of_scores(attack: Content, verdict: Content) -> Status:
    """A membership score has no verdict of its own: it shares that of the audit, and a leak only where it shows it."""
    if not attack["measured"]:
        return Status.NOT_MEASURED
    status = AuditVerdict(verdict["verdict"]).status
    if status is Status.NOT_SATISFIED and not _significant(attack["rates"], verdict["error"]):
        return Status.INCONCLUSIVE
    return status


def _of_findings(findings: Sequence[Content]) -> Status:
    """Direct evidence is a leak; a test that found none shows none; a figure that nothing tests is judged by a person.

    What a language model did not give back within a budget, it may give back to others: that is for a person to judge.
    """
    if any(finding["direct"] for finding in findings):
        return Status.NOT_SATISFIED
    if any(finding["id"] in ON_LANGUAGE for finding in findings):
        return Status.TO_JUDGE
    return Status.SATISFIED if any(finding["p_holm"] is not None for finding in findings) else Status.TO_JUDGE


def _significant(rates: Iterable[Content], error: float) -> bool:
    return any(rate["measured"] and rate["p_holm"] is not None and rate["p_holm"] <= error for rate in rates)


def _rate(rate: Content) -> dict[str, Any]:
    return {name: rate[name] for name in ("alpha", "tpr", "fpr", "risk", "p_holm", "measured")}


def _finding(finding: Content) -> dict[str, Any]:
    return {
        name: finding[name]
        for name in ("criterion", "quantity", "estimate", "baseline", "control", "p_holm", "direct")
    }
