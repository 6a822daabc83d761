"""An audit of a language model, from its configuration to what is recorded of it."""

from functools import partial

from vidocq.audit.carried import Carried, Means
from vidocq.audit.configuration import Configuration
from vidocq.audit.evidence import pieces_of_audit
from vidocq.audit.language.material import read_material
from vidocq.audit.language.perform import perform_language
from vidocq.audit.language.prepare import LanguageRequest
from vidocq.audit.language.subject import LanguageSubject
from vidocq.audit.outputs import SCORES, audit_bytes, retention, write_language_outputs
from vidocq.audit.recorded import record_once, stated_model
from vidocq.core import moment
from vidocq.core.canonical import sha256
from vidocq.dossier.recording import record


def audit_language(subject: LanguageSubject, configuration: Configuration, means: Means) -> Carried:
    """Audits the subject and records the result and its evidence. Raises VidocqError."""
    stated_model(means.ledger, configuration.dossier)
    performed = perform_language(
        subject,
        request_of(configuration),
        ledger=means.ledger,
        engine=means.engine,
        store_at=means.work,
        progress=means.progress,
    )
    record_once(means.ledger, performed.content, sha256(audit_bytes(performed.content)))
    model = configuration.dossier.model_path
    record(means.ledger, pieces_of_audit(performed.content, subject=model, files=subject.files))
    run = {
        "seconds": {name: round(value, 2) for name, value in performed.seconds.items()},
        **({} if performed.asked is None else {"endpoint": performed.asked}),
        "replayed": performed.replayed,
        "retention": retention(moment.now(), [SCORES] if performed.population is not None else []),
    }
    write = partial(write_language_outputs, means.out, performed)
    return Carried(performed.content, run, write, finished=not performed.may_pass)


def request_of(configuration: Configuration) -> LanguageRequest:
    """Raises DataError on a file that cannot be read."""
    data = configuration.data
    return LanguageRequest(
        plan=configuration.plan,
        language=configuration.language,
        material=read_material(configuration),
        split=data.split,
        declared_by=data.declared_by,
    )
