"""One audit of a language model from end to end: who is on which side, registration, one pass of the texts, what else is
asked, the ruling."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vidocq.audit.configuration import LanguageSection, PlanSection
from vidocq.audit.examine import Examination, Terms, examine
from vidocq.audit.language.apart import examine_apart
from vidocq.audit.language.material import Material
from vidocq.audit.language.measuring import Heard, measure_all
from vidocq.audit.language.opened import cautions, opened
from vidocq.audit.language.planned import Asked, Planned, plan_measurements, queries_of
from vidocq.audit.language.sides import Recognised, Sides, gather_sides, recognise
from vidocq.audit.language.subject import LanguageSubject
from vidocq.audit.needed import needed
from vidocq.audit.perform import require_readable_rates
from vidocq.audit.result import Identity, audit_content
from vidocq.audit.sampling.population import Population
from vidocq.audit.sampling.split import was_drawn
from vidocq.audit.subject import versions
from vidocq.audit.suite import Suite, suites_for
from vidocq.core import moment
from vidocq.core.access import Access
from vidocq.core.canonical import sha256
from vidocq.core.measured import Measured
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.registration import Inputs, Registered, Registration, register
from vidocq.engine.progress import Progress
from vidocq.engine.store import Store
from vidocq.engine.threads import single_thread
from vidocq.engine.work import Engine


@dataclass(frozen=True, kw_only=True)
class LanguageRequest:
    """What is asked of an audit, besides the subject.

    split, declared_by  what the user says of the split; the ledger may know better.
    """

    plan: PlanSection
    language: LanguageSection
    material: Material
    split: str = "given"
    declared_by: str | None = None


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
    started = moment.seconds()
    suite = suites_for(subject.kind)[request.plan.suite]
    sides = gather_sides(subject)
    if sides is not None:
        require_readable_rates(request.plan.alphas, sides.population)
    planned = plan_measurements(subject, request.material, suite)
    drawn = ledger is not None and bool(subject.files) and was_drawn(ledger, **subject.files)
    randomised = drawn or request.split == "randomised"
    registration = _registration(subject, request, planned, suite, randomised=randomised)
    registered = None if ledger is None else register(ledger, registration)
    terms = planned_terms(subject, request, planned, suite, registered, randomised=randomised)
    read_at = moment.seconds()

    store = None if store_at is None else Store(store_at)
    asked = opened(subject, audit=registration.hash, store=store, progress=progress)
    try:
        recognised = None if sides is None else recognise(subject, asked, sides)
        context = Asked(
            subject=subject,
            model=asked.model,
            base=asked.base,
            population=None if sides is None else sides.population,
            material=request.material,
            section=request.language,
            form=request.language.form or subject.form,
            seed=request.plan.seed,
            ledger=ledger,
            store=store,
            progress=None if asked.served is not None else progress,
        )
        heard = measure_all(planned.measurements(context), before=asked.next)
    finally:
        asked.close()
    heard_at = moment.seconds()

    measured = [Measured(absent=planned.absent), *heard.by_id.values()]
    examination = _examined(recognised, sides, terms, measured)
    population = None if sides is None else sides.population
    references = 0 if recognised is None else recognised.signals.k
    with single_thread():
        content = audit_content(
            examination,
            population,
            terms,
            _identity(subject, request, registration, registered, drawn=drawn, references=references),
            needed=None
            if population is None
            else needed(population, terms, references=references, readings=examination.readings),
            cautions=cautions(subject),
            language=language_content(request, subject, heard),
        )
    done = moment.seconds()
    return LanguagePerformed(
        content,
        examination,
        population,
        terms.look,
        registered is not None and registered.is_replay,
        {
            "reading": read_at - started,
            "target": heard_at - read_at,
            "scoring": done - heard_at,
            "total": done - started,
        },
        asked.account(),
        heard.may_pass,
    )


def _examined(
    recognised: Recognised | None, sides: Sides | None, terms: Terms, measured: list[Measured]
) -> Examination:
    if recognised is None or sides is None:
        return examine_apart(measured, terms)
    with single_thread():
        return examine(
            recognised.signals,
            sides.population,
            recognised.design,
            sides.blind[:, None],
            terms,
            measured=measured,
        )


def _identity(
    subject: LanguageSubject,
    request: LanguageRequest,
    registration: Registration,
    registered: Registered | None,
    *,
    drawn: bool,
    references: int,
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
        references=references,
        failed_references=0,
    )


def _registration(
    subject: LanguageSubject, request: LanguageRequest, planned: Planned, suite: Suite, *, randomised: bool
) -> Registration:
    plan = request.plan
    measured = [kind.id for kind in planned.kinds]
    return Registration(
        suite=suite.name,
        suite_version=str(suite.version),
        access=subject.outputs,
        alphas=plan.alphas,
        references=0,
        seed=plan.seed,
        tolerance_average=plan.tolerance_average,
        tolerance_worst=plan.tolerance_worst,
        set_by=plan.set_by,
        prior=plan.prior,
        split="randomised" if randomised else "given",
        declared_by=request.declared_by,
        inputs=_inputs(subject, request),
        attacks=tuple(dict.fromkeys([*suite.attacks, *measured])),
        language=asked_how(subject, request)
        | {
            "tests": [list(test) for test in planned.tests(request.language.scope)],
            "budgets": _budgets(request.language, subject),
        },
    )


def asked_how(subject: LanguageSubject, request: LanguageRequest) -> dict[str, Any]:
    """How the model is made to write; of what precedes a conversation, the hash."""
    language = request.language
    return {
        "scope": language.scope,
        "form": language.form or subject.form,
        "system": None if language.system is None else sha256(language.system.encode()),
        "decoding": asdict(language.decoding),
    }


def _budgets(language: LanguageSection, subject: LanguageSubject) -> dict[str, int]:
    told = ("prefix", "suffix", "edits", "passages", "prompts", "most_tokens")
    return {name: getattr(language, name) for name in told} | {"queries": queries_of(language, subject)}


def _inputs(subject: LanguageSubject, request: LanguageRequest) -> Inputs:
    members, non_members = (
        None if side is None else side.digest() for side in (subject.members, subject.non_members)
    )
    return Inputs(members=members, non_members=non_members, model=subject.model_hash, material=request.material.hash)


def planned_terms(
    subject: LanguageSubject,
    request: LanguageRequest,
    planned: Planned,
    suite: Suite,
    registered: Registered | None,
    *,
    randomised: bool,
) -> Terms:
    """Tolerances that nobody registered count as 0."""
    plan = request.plan
    return Terms(
        suite=suite,
        access=Access.granted_by(subject.outputs),
        alphas=tuple(sorted(plan.alphas)),
        seed=plan.seed,
        tau_average=(plan.tolerance_average or 0.0) if registered else 0.0,
        tau_worst=(plan.tolerance_worst or 0.0) if registered else 0.0,
        look=1 if registered is None else registered.look,
        randomised=randomised,
        can_retrain=False,
        extras=frozenset([] if subject.base is None else ["base"]),
        direct_tests=planned.tests(request.language.scope),
        scope=request.language.scope,
    )


def language_content(request: LanguageRequest, subject: LanguageSubject, heard: Heard) -> dict[str, Any]:
    """What audit.json tells of a language model besides: how it was asked, and the details of each measurement."""
    return asked_how(subject, request) | {
        "measurements": {name: one.details for name, one in heard.by_id.items() if one.details}
    }
