"""An audit of a model of tables, images or numbers, from its configuration to what is recorded of it."""

from functools import partial
from typing import Any

from vidocq.audit.carried import Carried, Means
from vidocq.audit.configuration import Configuration
from vidocq.audit.outputs import PERSONAL, SIGNALS, audit_bytes, retention, write_outputs
from vidocq.audit.perform import Performed, Request, perform
from vidocq.audit.recorded import record_evidence, record_once, stated_model
from vidocq.audit.subject import Subject
from vidocq.core import moment
from vidocq.core.canonical import sha256
from vidocq.targets.trace import load_trace


def audit_tables(subject: Subject, configuration: Configuration, means: Means) -> Carried:
    """Audits the subject and records the result, its evidence and the indices. Raises VidocqError."""
    stated = stated_model(means.ledger, configuration.dossier)
    performed = perform(
        subject,
        request_of(configuration),
        ledger=means.ledger,
        engine=means.engine,
        store_at=means.work,
        signals_at=means.out / SIGNALS,
        progress=means.progress,
        title=means.title,
    )
    record_once(means.ledger, performed.content, sha256(audit_bytes(performed.content)))
    told = record_evidence(
        means.ledger,
        configuration.dossier,
        subject,
        performed,
        seed=configuration.plan.seed,
        quasi=configuration.data.quasi,
        stated=stated,
    )
    return Carried(performed.content, _run(performed), partial(write_outputs, means.out, performed), told)


def request_of(configuration: Configuration) -> Request:
    trace = configuration.data.trace
    return Request(
        plan=configuration.plan,
        access=configuration.access,
        split=configuration.data.split,
        declared_by=configuration.data.declared_by,
        panels=configuration.data.panels,
        trace=None if trace is None else load_trace(configuration.path(trace)),
    )


def _run(performed: Performed) -> dict[str, Any]:
    stacking = performed.references.stacking
    return {
        "seconds": {name: round(value, 2) for name, value in performed.seconds.items()},
        "stack": {
            "models": stacking.size,
            "smallest": stacking.smallest,
            "largest": stacking.largest,
            "device": stacking.device,
            "because": None if stacking.because is None else stacking.because.to_dict(),
        },
        **({} if performed.asked is None else {"endpoint": performed.asked}),
        "out_of_bag": performed.references.out_of_bag is not None,
        "replayed": performed.replayed,
        "retention": retention(moment.now(), PERSONAL),
    }
