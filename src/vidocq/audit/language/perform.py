"""One audit of a language model from end to end: who is on which side, registration, one pass of the texts, what else is
asked, the ruling."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from vidocq.attacks.counterfactual import Counterfactual
from vidocq.audit.examine import Examination, Terms, examine
from vidocq.audit.language.aggregate import aggregation
from vidocq.audit.language.apart import examine_apart
from vidocq.audit.language.confidence import silent_signals
from vidocq.audit.language.counterfactual import measure_counterfactual
from vidocq.audit.language.matched import tested_where_matched
from vidocq.audit.language.measuring import FAILED, Heard, Measurement, measure_all
from vidocq.audit.language.membership import (
    TextReferences,
    as_measured,
    notes_on,
    read_texts,
    signals_of,
    train_text_references,
)
from vidocq.audit.language.opened import cautions, opened
from vidocq.audit.language.persons_in_texts import told_amiss
from vidocq.audit.language.planned import Asked
from vidocq.audit.language.population import TextPopulation, text_population
from vidocq.audit.language.prepare import LanguageRequest, Prepared, asked_how, prepare
from vidocq.audit.language.subject import LanguageSubject
from vidocq.audit.language.text_only import TextOnly
from vidocq.audit.language.understood import not_understood
from vidocq.audit.needed import needed
from vidocq.audit.perform import require_readable_rates
from vidocq.audit.result import Identity, audit_content
from vidocq.audit.sampling.population import Population
from vidocq.audit.subject import versions
from vidocq.core import moment
from vidocq.core.arrays import FloatArray
from vidocq.core.errors import SignalError
from vidocq.core.language import ScoresTexts
from vidocq.core.measured import Measured
from vidocq.core.signals import Signals
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text
from vidocq.core.token_signals import TokenSignals
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.registration import Registered, Registration, register
from vidocq.engine.progress import Progress
from vidocq.engine.store import Store
from vidocq.engine.threads import single_thread
from vidocq.engine.work import Engine


@dataclass(frozen=True, eq=False)
class LanguagePerformed:
    """content is audit.json; seconds say where the time went.

    population  None without members.
    asked       what a served model was asked and what that cost; None of any other.
    may_pass    something failed that may go better another time, such as a server.
    """

    content: dict[str, Any]
    examination: Examination
    population: Population | None
    look: int
    replayed: bool
    seconds: dict[str, float]
    asked: dict[str, Any] | None
    may_pass: bool


def perform_language(
    subject: LanguageSubject,
    request: LanguageRequest,
    *,
    ledger: Ledger | None,
    engine: Engine,
    store_at: Path | None = None,
    progress: Progress | None = None,
) -> LanguagePerformed:
    """Audits the subject.

    ledger    where the audit is registered; without one nothing is registered, and every tolerance counts as 0.
    store_at  folder where answers and finished reference models are kept, so that a stopped audit goes on.
    Raises    DataError, ModelError, ConfigurationError, LedgerError; nothing has been written then but the ledger.
    """
    started, cut_before = moment.seconds(), getattr(subject.model, "cut", 0)
    sides = sides_of(subject)
    if sides is not None:
        require_readable_rates(request.plan.alphas, sides.people)
    prepared = prepare(subject, request, sides, ledger)
    elsewhere = None
    if subject.members is not None and request.material.persons is not None:
        elsewhere = told_amiss(request.material.persons, subject.members.texts)
    registration = prepared.registration
    registered = None if ledger is None else register(ledger, registration)
    terms = prepared.terms(registered)
    read_at = moment.seconds()

    store = None if store_at is None else Store(store_at)
    asked = opened(subject, audit=registration.hash, store=store, progress=progress)
    try:
        target, amiss, unread = None, None, None
        if sides is not None and isinstance(asked.model, ScoresTexts):
            asked.next("membership")
            try:
                target = read_texts(asked.model, sides)
            except SignalError as error:  # such as a server that says it tells log-probabilities, and does not
                unread = Text(fr=error.french or FAILED.fr.format(what=error.what), en=error.what)
            if asked.served is None and target is not None:
                so_far = getattr(subject.model, "cut", 0)
                amiss = not_understood(asked.model, sides, seed=request.plan.seed)
                cut_before += getattr(subject.model, "cut", 0) - so_far  # those were no texts of the audit
        with TemporaryDirectory(dir=store_at) as folder:
            context = Asked(
                subject=subject,
                model=asked.model if unread is None else TextOnly(asked.model),
                base=asked.base,
                sides=sides,
                material=request.material,
                section=request.language,
                form=request.language.form or subject.form,
                seed=request.plan.seed,
                folder=Path(folder),
                ledger=ledger,
                store=None if asked.served is not None else store,
                progress=None if asked.served is not None else progress,
            )
            heard = measure_all(prepared.planned.measurements(context), before=asked.next)
    finally:
        asked.close()
    heard_at = moment.seconds()
    references = _references(subject, sides, target, prepared, engine=engine, store=store, progress=progress)
    heard = _with_counterfactual(heard, references, prepared)
    trained_at = moment.seconds()

    blind = None
    if sides is not None:
        with single_thread():
            blind = sides.blind(seed=terms.seed)
            heard = tested_where_matched(heard, sides.people, blind, randomised=terms.randomised)
    missing = () if unread is None else (NotMeasured("membership", unread),)
    measured = [Measured(absent=(*missing, *prepared.absent(terms))), *heard.by_id.values()]
    signals = _signals(target, references, sides)
    examination = _examined(signals, references, sides, blind, terms, measured)
    people = None if sides is None else sides.people
    with single_thread():
        content = audit_content(
            examination,
            people,
            terms,
            _identity(subject, request, registration, registered, drawn=prepared.drawn, references=references),
            needed=None
            if people is None
            else needed(people, terms, references=len(references.tokens), readings=examination.readings),
            cautions=[*cautions(subject), *_notes(subject, target, cut_before, amiss, elsewhere)],
            language=language_content(
                request,
                subject,
                sides,
                heard,
                together=None
                if people is None or signals is None
                else aggregation(examination.readings, signals, people, seed=terms.seed),
            ),
        )
    done = moment.seconds()
    return LanguagePerformed(
        content if target is None else as_measured(content, target),
        examination,
        people,
        terms.look,
        registered is not None and registered.is_replay,
        {
            "reading": read_at - started,
            "target": heard_at - read_at,
            "references": trained_at - heard_at,
            "scoring": done - trained_at,
            "total": done - started,
        },
        asked.account(),
        heard.may_pass,
    )


def sides_of(subject: LanguageSubject) -> TextPopulation | None:
    """Who is on which side; None without members. Raises DataError."""
    if subject.members is None or subject.non_members is None:
        return None
    with single_thread():
        return text_population(subject.members, subject.non_members)


def _references(
    subject: LanguageSubject,
    sides: TextPopulation | None,
    target: TokenSignals | None,
    prepared: Prepared,
    *,
    engine: Engine,
    store: Store | None,
    progress: Progress | None,
) -> TextReferences:
    """Reference models, fine-tuned once the target was heard: a model that cannot answer is found out before."""
    if sides is None or target is None or subject.recipe is None or not prepared.references:
        return TextReferences.none(0 if sides is None else len(sides.copies))
    return train_text_references(
        subject.recipe,
        sides,
        target,
        count=prepared.references,
        seed=prepared.request.plan.seed,
        versions=versions() | subject.versions(),
        engine=engine,
        store=store,
        progress=progress,
        title="references",
    )


def _with_counterfactual(heard: Heard, references: TextReferences, prepared: Prepared) -> Heard:
    """What the references alone tell of each text, where the suite asks for it and there are texts."""
    name = Counterfactual.card.id
    if name not in prepared.suite.attacks or prepared.subject.members is None:
        return heard
    seed = prepared.request.plan.seed
    told = measure_all(
        [Measurement(name, lambda: measure_counterfactual(references.tokens, references.trained_on, seed=seed))],
        before=lambda _: None,
    )
    return Heard({**heard.by_id, **told.by_id}, heard.may_pass)


def _signals(target: TokenSignals | None, references: TextReferences, sides: TextPopulation | None) -> Signals | None:
    """None without members."""
    if sides is None:
        return None
    return silent_signals(len(sides.copies)) if target is None else signals_of(target, references)


def _examined(
    signals: Signals | None,
    references: TextReferences,
    sides: TextPopulation | None,
    blind: FloatArray | None,
    terms: Terms,
    measured: list[Measured],
) -> Examination:
    if sides is None or signals is None:
        return examine_apart(measured, terms)
    with single_thread():
        return examine(
            signals,
            sides.people,
            references.design(sides),
            None,
            terms,
            measured=measured,
            blind=blind,
        )


def _notes(
    subject: LanguageSubject, target: TokenSignals | None, cut_before: int, amiss: Text | None, elsewhere: Text | None
) -> list[dict[str, str]]:
    """What is to be known of the texts before the figures are looked at."""
    found = [] if amiss is None else [{"code": "not-understood", **amiss.to_dict()}]
    found += [] if elsewhere is None else [{"code": "persons", **elsewhere.to_dict()}]
    found += [] if target is None else [{"code": "texts", **note.to_dict()} for note in notes_on(target)]
    cut = getattr(subject.model, "cut", 0) - cut_before
    return [*found, {"code": "cut", **CUT.fill(count=cut).to_dict()}] if cut else found


CUT = Text(
    fr="{count} fois, un texte ou une amorce dépassait le contexte du modèle, et a été coupé.",
    en="{count} times a text or a prompt was longer than the model's context, and was cut.",
)


def _identity(
    subject: LanguageSubject,
    request: LanguageRequest,
    registration: Registration,
    registered: Registered | None,
    *,
    drawn: bool,
    references: TextReferences,
) -> Identity:
    return Identity(
        subject=subject.describe(),
        inputs=registration.inputs.content(),
        versions=versions() | subject.versions(),
        split=registration.split,
        declared_by="vidocq split" if drawn else request.declared_by,
        set_by=request.plan.set_by if registered else None,
        registration=None if registered is None else registered.hash,
        prior=request.plan.prior,
        decimals=None,
        top_k=None,
        references=len(references.tokens),
        failed_references=references.failed,
    )


def language_content(
    request: LanguageRequest,
    subject: LanguageSubject,
    sides: TextPopulation | None,
    heard: Heard,
    *,
    together: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What audit.json tells of a language model besides: how it was asked, and the details of each measurement.

    together  what the texts of a person, and of sets of documents, say together.
    """
    details = {name: one.details for name, one in heard.by_id.items() if one.details}
    repeated = (0, 0) if sides is None else sides.repeated
    return asked_how(subject, request) | {
        "repeated": {"members": repeated[0], "non_members": repeated[1]},
        "measurements": details | ({} if together is None else {"aggregation": together}),
    }
