"""What an audit leaves in the ledger once it is done: its result, its evidence, and that of the indices."""

from collections.abc import Mapping
from typing import Any

from vidocq.audit.configuration import DossierSection
from vidocq.audit.evidence import inputs_of, pieces_of_audit
from vidocq.audit.indices import index_inputs, indices_content, measure_indices, pieces_of_indices
from vidocq.audit.perform import Performed
from vidocq.audit.subject import Subject
from vidocq.core.status import AuditVerdict
from vidocq.dossier.facts.model import Model
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.recording import record
from vidocq.dossier.registration import RESULT, record_result
from vidocq.dossier.state import state
from vidocq.engine.threads import single_thread


def stated_model(ledger: Ledger, section: DossierSection) -> Model | None:
    """What the file states of the model that is audited; None if nobody said which it is, or it is not described.

    Raises LedgerError if the file cannot be read: to be asked before the target is.
    """
    if section.model is None:
        return None
    return next((model for model in state(ledger).facts.models or () if model.id == section.model), None)


def record_once(ledger: Ledger, content: Mapping[str, Any], digest: str) -> None:
    """Ties the result to its registration, once: a replay with the same bytes adds nothing."""
    verdict = content["verdicts"][0]
    known = (entry.data for entry in ledger.entries(RESULT))
    if not any(d["registration"] == verdict["registration"] and d["audit_json"] == digest for d in known):
        record_result(ledger, verdict["registration"], digest, AuditVerdict(verdict["verdict"]))


def record_evidence(
    ledger: Ledger,
    section: DossierSection,
    subject: Subject,
    performed: Performed,
    *,
    seed: int,
    quasi: tuple[str, ...] | None = None,
    stated: Model | None = None,
) -> dict[str, Any]:
    """Records what the audit and the indices say, and returns the content of indices.json."""
    given = index_inputs(subject, seed=seed, quasi=quasi, performed=performed, stated=stated)
    with single_thread():
        measured = measure_indices(given)
    inputs = inputs_of(performed.content, subject.files)
    pieces = pieces_of_audit(performed.content, subject=section.model_path, files=subject.files)
    of_indices = pieces_of_indices(measured, model=section.model_path, dataset=section.dataset_path, inputs=inputs)
    record(ledger, [*pieces, *of_indices])
    return indices_content(measured, inputs=inputs, seed=seed)
