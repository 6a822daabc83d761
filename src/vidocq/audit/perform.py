"""One audit from end to end: who is on which side, registration, references, one query of the target, the ruling."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vidocq.attacks.catalogue import ATTACKS
from vidocq.attacks.structure import NOT_READ, Inspection, Structure
from vidocq.audit.configuration import AccessSection, PanelSection, PlanSection
from vidocq.audit.examine import Examination, examine
from vidocq.audit.needed import needed
from vidocq.audit.persons.groups import groups_of, warnings_of
from vidocq.audit.references.asking import Asking, ask_target, how_to_ask
from vidocq.audit.references.collect import References, assemble, references_key, train_references
from vidocq.audit.references.placing import device_of, placed
from vidocq.audit.references.repeat import Repeated, ask_again
from vidocq.audit.references.signals_file import digest, load_references, on_records, save_references
from vidocq.audit.result import Identity, audit_content
from vidocq.audit.sampling.design import Design, draw_design
from vidocq.audit.sampling.fingerprint import records_hash
from vidocq.audit.sampling.population import Population
from vidocq.audit.sampling.split import was_drawn
from vidocq.audit.served import Target, cautions, prepared, was_asked
from vidocq.audit.sides import assemble_population, require_readable_rates
from vidocq.audit.subject import Subject, versions
from vidocq.audit.suite import Suite
from vidocq.audit.terms import Terms
from vidocq.audit.utility import utility
from vidocq.core import moment
from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray
from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError, DataError, VidocqError
from vidocq.core.protocols import Recipe
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.core.signals import Signals
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.registration import Inputs, Registered, Registration, register
from vidocq.engine.progress import Progress
from vidocq.engine.store import Store
from vidocq.engine.threads import single_thread
from vidocq.engine.work import Engine
from vidocq.targets.frames import fitted_names, model_table
from vidocq.targets.observed import Observed
from vidocq.targets.trace import SavedTrace
from vidocq.targets.trace import on_records as trace_on_records


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of an audit, besides the subject.

    split, declared_by  what the user says of the split; the ledger may know better.
    reference_signals   saved references to reuse instead of training any.
    panels              groups of persons whose exposure is told apart.
    trace               losses of the records, logged while the target was trained.
    """

    plan: PlanSection
    access: AccessSection
    split: str
    declared_by: str | None
    reference_signals: Path | None = None
    panels: tuple[PanelSection, ...] = ()
    trace: SavedTrace | None = None


@dataclass(frozen=True, eq=False)
class Performed:
    """content is audit.json; seconds say where the time went; the rest is for whoever looks further.

    asked  what a served target was asked and what that cost; None of any other.
    """

    content: dict[str, Any]
    examination: Examination
    population: Population
    signals: Signals
    references: References
    references_key: str
    look: int
    replayed: bool
    seconds: dict[str, float]
    asked: dict[str, Any] | None = None


def perform(
    subject: Subject,
    request: Request,
    *,
    ledger: Ledger | None,
    engine: Engine,
    store_at: Path | None = None,
    signals_at: Path | None = None,
    progress: Progress | None = None,
    title: str = "",
) -> Performed:
    """Audits the subject.

    ledger      where the audit is registered; without one nothing is registered, and every tolerance counts as 0.
    store_at    folder where finished reference models are kept, so that a stopped audit goes on.
    signals_at  file of references from an earlier run of this very audit, used if its key agrees.
    Raises      DataError, ModelError, ConfigurationError, LedgerError; nothing has been written then but the ledger.
    """
    started = moment.seconds()
    if request.reference_signals is None and request.plan.reference_models:
        subject = placed(subject, engine)
    with single_thread():
        population, table = assemble_population(subject)
    groups = groups_of(population, request.panels)
    require_readable_rates(request.plan.alphas, population)
    asking = how_to_ask(subject, request.plan, request.access, population.records)
    count = request.plan.reference_models if subject.recipe is not None else 0
    recipe = subject.recipe_description()
    key = references_key(
        records_hash(population.records),
        recipe or {},
        asking,
        request.plan.seed,
        versions(),
        device=device_of(subject.recipe),
    )

    reused = None
    if request.reference_signals is not None:
        reused = load_references(request.reference_signals)
        count = len(reused.references.block)
        if reused.references.robustness is None:
            asking = replace(asking, copies=0)  # those references were not asked about changed records

    trace = None if request.trace is None else _trace(request.trace, request.plan.the_suite, population.records)
    inputs = Inputs(
        members=records_hash(subject.members),
        non_members=records_hash(subject.non_members),
        model=subject.model_hash,
        recipe=_recipe_hash(recipe, None if reused is None else digest(reused.references)),
        trace=None if request.trace is None else request.trace.hash,
    )
    target = prepared(
        subject.model,
        records=len(population.records),
        copies=asking.copies,
        top=request.access.top_k,
        audit=content_hash({"references": key, "copies": asking.copies}),
        store_at=store_at,
        progress=progress,
    )
    drawn = ledger is not None and bool(subject.files) and was_drawn(ledger, **subject.files)
    randomised = drawn or request.split == "randomised"
    registration = _registration(request, inputs, randomised=randomised, count=count, asking=asking)
    registered = None if ledger is None else register(ledger, registration)
    terms = _terms(
        request,
        registered,
        kind=subject.kind,
        randomised=randomised,
        count=count,
        asking=asking,
        traced=trace is not None,
        labels_only=subject.gives_labels_only,
    )
    read_at = moment.seconds()

    # The target is asked first: a model that cannot answer is found out before hundreds of others are trained.
    seen, repeated = _ask(target, population.records, asking, request.plan.seed, registered)
    asked_at = moment.seconds()
    references = References.none(len(population.records))
    if reused is not None:
        references = on_records(reused, population.records)
    elif subject.recipe is not None and count:
        found = _earlier(signals_at, key, count, population.records)
        store = None if store_at is None else Store(store_at)
        references = found or _trained(
            subject.recipe, population, request, asking, count, key, engine, store, progress, title
        )
    trained_at = moment.seconds()

    signals = replace(assemble(seen, references), target_trace=trace)
    with single_thread():
        inspection = read_file(subject, population, seen.answers) if terms.reads_file else None
        drawn_as = _design(references, population)
        examination = examine(signals, population, drawn_as, table, terms, inspection=inspection, groups=groups)
        identity = Identity(
            subject=subject.describe(),
            inputs=inputs.content(),
            versions=versions(),
            split="randomised" if randomised else "given",
            declared_by="vidocq split" if drawn else request.declared_by,
            set_by=request.plan.set_by if registered else None,
            registration=None if registered is None else registered.hash,
            prior=request.plan.prior,
            decimals=request.access.decimals,
            top_k=request.access.top_k,
            references=signals.k,
            failed_references=references.failed,
        )
        content = audit_content(
            examination,
            population,
            terms,
            identity,
            needed=needed(population, terms, references=signals.k, readings=examination.readings),
            utility=utility(signals, population, regression=subject.model.classes is None),
            repeated=repeated,
            cautions=[*cautions(subject.model), *warnings_of(groups)],
        )
    done = moment.seconds()
    return Performed(
        content,
        examination,
        population,
        signals,
        references,
        key,
        terms.look,
        registered is not None and registered.is_replay,
        {
            "reading": read_at - started,
            "target": asked_at - read_at,
            "references": trained_at - asked_at,
            "scoring": done - trained_at,
            "total": done - started,
        },
        was_asked(target.model),
    )


def _ask(
    target: Target, records: Records, asking: Asking, seed: int, registered: Registered | None
) -> tuple[Observed, Repeated | None]:
    """What the target answers about all records, and whether it answers a sample of them alike a second time."""
    try:
        seen = ask_target(target.model, records, asking=asking)
        again = Seeds(seed).generator("repeat")
        return seen, ask_again(target.model, records, seen, asking=asking, rng=again)
    except VidocqError as error:
        raise _look_spent(error, registered) from None
    finally:
        target.close()


def _registration(request: Request, inputs: Inputs, *, randomised: bool, count: int, asking: Asking) -> Registration:
    plan, suite = request.plan, request.plan.the_suite
    return Registration(
        suite=suite.name,
        suite_version=str(suite.version),
        access=request.access.level,
        alphas=plan.alphas,
        references=count,
        seed=plan.seed,
        tolerance_average=plan.tolerance_average,
        tolerance_worst=plan.tolerance_worst,
        set_by=plan.set_by,
        prior=plan.prior,
        decimals=request.access.decimals,
        top_k=request.access.top_k,
        split="randomised" if randomised else "given",
        declared_by=request.declared_by,
        inputs=inputs,
        attacks=suite.attacks,
        queries_per_record=asking.queries,
        label_search=request.access.label_search,
        augmentations=asking.augmented,
    )


def _terms(
    request: Request,
    registered: Registered | None,
    *,
    kind: str,
    randomised: bool,
    count: int,
    asking: Asking,
    traced: bool,
    labels_only: bool,
) -> Terms:
    """Tolerances that nobody registered count as 0."""
    plan = request.plan
    starved = plan.the_suite.starves(outputs=asking.outputs, kind=kind, copies=asking.copies)
    return Terms(
        suite=plan.the_suite,
        access=Access.granted_by(request.access.outputs),
        alphas=tuple(sorted(plan.alphas)),
        seed=plan.seed,
        tau_average=(plan.tolerance_average or 0.0) if registered else 0.0,
        tau_worst=(plan.tolerance_worst or 0.0) if registered else 0.0,
        look=1 if registered is None else registered.look,
        randomised=randomised,
        can_retrain=count > 0,
        extras=frozenset({*(["trace"] if traced else []), *(["robustness"] if asking.copies else [])}),
        starved=frozenset(["robustness"] if starved else []),
        queries_per_record=asking.queries,
        augmentations=asking.augmented,
        labels_only=labels_only,
    )


def _trained(
    recipe: Recipe,
    population: Population,
    request: Request,
    asking: Asking,
    count: int,
    key: str,
    engine: Engine,
    store: Store | None,
    progress: Progress | None,
    title: str,
) -> References:
    seed = request.plan.seed
    design = draw_design(population.persons, count, share=population.share, rng=Seeds(seed).generator("design"))
    return train_references(
        recipe,
        population.records,
        population.person,
        design,
        asking=asking,
        seed=seed,
        key=key,
        engine=engine,
        store=store,
        progress=progress,
        title=title,
    )


def read_file(subject: Subject, population: Population, answers: FloatArray | None) -> Inspection:
    """What the model's own file gives away, with what was answered already; the model is not asked again."""
    if subject.fitted is None or not hasattr(subject.fitted, "get_params"):
        return Inspection(absent=NOT_READ)
    records = population.records
    width = getattr(subject.fitted, "n_features_in_", None)
    given = model_table(records, fitted_names(subject.fitted), width=width)
    removed = population.removed
    return Structure().inspect(
        subject.fitted,
        given,
        population.is_member_record,
        answers,
        person=population.person,
        removed=-(-(removed.exact + removed.near) // 2),
    )


def _trace(saved: SavedTrace, suite: Suite, records: Records) -> FloatArray:
    """Raises ConfigurationError if no attack of the suite would read it, DataError if a record has none."""
    if not any(ATTACKS[name].card.extra == "trace" for name in suite.attacks if name in ATTACKS):
        raise ConfigurationError(
            f"no attack of the suite '{suite.name}' reads a trace of training",
            where="[data] trace",
            fix="choose another suite, or leave the trace out",
        )
    return trace_on_records(saved, records)


def _look_spent(error: VidocqError, registered: Registered | None) -> VidocqError:
    """The same error, whose fix says that the look was counted when it was registered: the target has been asked."""
    if registered is None:
        return error
    spent = (
        f"this look counts (number {registered.look} at these members): the same request again is a replay and spends "
        "nothing more, another one spends the next look"
    )
    return type(error)(error.what, where=error.where, fix=f"{error.fix}; {spent}")


def save_signals(path: Path, performed: Performed) -> None:
    """Keeps what the references said of each record, for a replay or for another target. Personal data."""
    save_references(path, performed.references, performed.population.records, key=performed.references_key)


def _earlier(signals_at: Path | None, key: str, count: int, records: Records) -> References | None:
    """References of an earlier run of this very audit, if its file is there and whole."""
    if signals_at is None or not signals_at.is_file():
        return None
    try:
        saved = load_references(signals_at)
        if saved.key != key or len(saved.references.block) + saved.references.failed != count:
            return None
        return on_records(saved, records)
    except DataError:
        return None  # a damaged file costs a new training, no more


def _recipe_hash(recipe: dict[str, Any] | None, signals: str | None) -> str | None:
    if recipe is None and signals is None:
        return None
    return content_hash({"recipe": recipe, "reference_signals": signals})


def _design(references: References, population: Population) -> Design | None:
    if len(references.block) == 0:
        return None
    return Design(population.per_person(references.trained_on), references.block)
