"""Collecting signals: reference models are trained and asked, then the target is. Slow, stored, resumable."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.audit.references.asking import Asking
from vidocq.audit.references.placing import device_of
from vidocq.audit.sampling.design import Design
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.canonical import content_hash, sha256
from vidocq.core.course import Course
from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.core.protocols import Model, PartsUnseen, Recipe, StackedRecipe
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.core.signals import Signals
from vidocq.core.stacking import ONE_BY_ONE, Stacking
from vidocq.core.text import Text
from vidocq.engine.local import Local
from vidocq.engine.progress import Progress
from vidocq.engine.store import Store
from vidocq.engine.work import Elsewhere, Engine, Failure, run
from vidocq.targets.classes import require_known_labels
from vidocq.targets.digests import exact_digests
from vidocq.targets.observe import from_probabilities
from vidocq.targets.observed import Observed, bound_confidence, loss_of

LARGEST_SHARE_OF_FAILURES = 0.1
MOST_OUT_OF_BAG = 32
"""Reference models up to which parts that never saw a record speak as well. Measured: they help LiRA where voices are few,
and no more at 64 (benchmarks/out_of_bag.py)."""
_DIVERGED = "training diverged"


@dataclass(frozen=True, eq=False)
class References:
    """Answers of the reference models on every record, (k, n), as served; log-odds may still be infinite.

    robustness  (k, n), or None where nothing was asked about changed records.

    course      how it came about, query by query; None as well where it was not kept.

    out_of_bag  (k, n) log-odds by the parts of a model that never saw a record of its training, NaN elsewhere; or None.

    trained_on  (k, n) bool.   block  (k,) of the design; models that could not be trained are left out of both.
    failed      how many could not be trained, or did not answer.
    stacking    how many were trained at once.
    """

    confidence: FloatArray
    loss: FloatArray
    correct: BoolArray
    trained_on: BoolArray
    block: IntArray
    failed: int = 0
    robustness: FloatArray | None = None
    stacking: Stacking = ONE_BY_ONE
    out_of_bag: FloatArray | None = None
    course: Course | None = None

    @classmethod
    def none(cls, records: int) -> "References":
        empty = np.empty((0, records))
        return cls(empty, empty, empty.astype(bool), empty.astype(bool), np.empty(0, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class _Shared:
    recipe: Recipe
    records: Records
    trained_on: BoolArray
    asking: Asking
    seed: int
    sources: dict[str, str]
    out_of_bag: bool = False


def train_references_of(group: range, shared: _Shared) -> dict[str, NDArray[Any]]:
    """Trains the reference models of a group on their records and asks each about all. Pure, given the seed.

    Returns an array (len(group), n) for each signal, and `done` (len(group),): false, and zeros, for a model that
    diverged. A group of one fails as its training does.
    """
    _require_same_code(shared)
    seeds = [Seeds(shared.seed).integer("reference", k) for k in group]
    trained_on = shared.trained_on[group[0] : group[-1] + 1]
    models: Sequence[Model | None]
    if len(group) == 1:
        models = [shared.recipe.fit(shared.records.take(trained_on[0]), seed=seeds[0])]
    else:
        assert isinstance(shared.recipe, StackedRecipe)  # noqa: S101 - groups are made of recipes that stack
        models = shared.recipe.fit_stack(shared.records, trained_on, seeds=seeds)
    seen = [_asked(model, shared, alone=len(group) == 1) for model in models]
    n = len(shared.records)
    nothing = Observed(np.zeros(n), np.zeros(n), np.zeros(n, dtype=bool), np.zeros(n))
    held = [nothing if one is None else one for one in seen]
    answers: dict[str, NDArray[Any]] = {
        "done": np.array([one is not None for one in seen]),
        "stack": np.array([getattr(model, "together", None) or len(group) for model in models]),
        "confidence": np.stack([one.confidence for one in held]),
        "loss": np.stack([one.loss for one in held]),
        "correct": np.stack([one.correct for one in held]),
    }
    if shared.asking.copies:
        stages = shared.asking.stages
        silent = np.zeros((n, len(stages.after)), dtype=stages.dtype)
        answers["robustness"] = np.stack([one.robustness for one in held if one.robustness is not None])
        answers["course"] = np.stack([silent if one.course is None else one.course.counts for one in held])
    if shared.out_of_bag:
        pairs = zip(models, trained_on, strict=True)
        answers["out_of_bag"] = np.stack([_out_of_bag(model, row, shared) for model, row in pairs])
    return answers


def _asked(model: Model | None, shared: _Shared, *, alone: bool) -> Observed | None:
    """What a model answers; None for one of a stack that diverged, or answers with what is no number: the others count."""
    if model is None:
        return None
    try:
        return _signals(shared.asking.ask(model, shared.records))
    except ModelError:
        if alone:
            raise
        return None


def _out_of_bag(model: Model | None, trained_on: BoolArray, shared: _Shared) -> FloatArray:
    """(n,) log-odds of the true class by the parts of the model that never saw a record it was trained on, as served."""
    found = np.full(len(trained_on), np.nan)
    if isinstance(model, PartsUnseen) and model.classes is not None:
        own = shared.records.take(trained_on)
        answers = model.out_of_bag(own)
        if answers is not None:
            some = np.isfinite(answers).all(axis=1)
            places = require_known_labels(own.labels, model.classes)
            seen = from_probabilities(
                answers[some], places[some], decimals=shared.asking.decimals, top=shared.asking.top
            )
            found[np.flatnonzero(trained_on)[some]] = seen.confidence
    return found


def _signals(seen: Observed) -> Observed:
    """Without the answers themselves, which nobody reads of a reference model and which a stack would hold many of."""
    return replace(seen, answers=None)


def references_key(
    records_digest: str,
    recipe: dict[str, Any],
    asking: Asking,
    seed: int,
    versions: dict[str, str],
    *,
    device: str | None = None,
) -> str:
    """Names everything that an answer of a reference model depends on, the device where one is chosen among others."""
    named = {
        "records": records_digest,
        "recipe": recipe,
        "asking": asdict(asking),
        "seed": seed,
        "versions": versions,
    }
    return content_hash(named if device is None else {**named, "device": device})


def train_references(
    recipe: Recipe,
    records: Records,
    person: IntArray,
    design: Design,
    *,
    asking: Asking,
    seed: int,
    key: str,
    engine: Engine,
    store: Store | None,
    progress: Progress | None,
    title: str,
) -> References:
    """Trains every model of the design, on the records of its persons.

    Raises ModelError if more than a tenth of the models cannot be trained.
    """
    count = len(design.block)
    trained_on = design.trained_on[:, person]
    # A part that never saw one record of a person may have seen another: only persons of one record are spoken about.
    unseen = len(np.unique(person)) == len(person) and asking.outputs == "probabilities" and count <= MOST_OUT_OF_BAG
    shared = _Shared(recipe, records, trained_on, asking, seed, _sources(recipe), unseen)
    stacking = stacking_of(recipe, records, key=key, engine=engine, store=store)
    size = min(stacking.size, -(-count // stacking.groups))
    groups = [range(first, min(first + size, count)) for first in range(0, count, size)]
    order = sha256(b"".join(exact_digests(records.features, records.labels)))  # rows too: answers are kept by place
    keys = [
        content_hash(
            {
                "references": key,
                "records": order,
                "models": [group[0], len(group)],
                "trained_on": [_digest(trained_on[k]) for k in group],
                **({"out_of_bag": True} if unseen else {}),
                **({"course": True} if asking.copies else {}),
            }
        )
        for group in groups
    ]
    answers = run(
        train_references_of,
        groups,
        keys=keys,
        engine=engine,
        shared=shared,
        store=store,
        progress=progress,
        title=title,
        failures="keep",
    )
    failures = [(a, len(g)) for a, g in zip(answers, groups, strict=True) if isinstance(a, Failure)]
    found = [a for a in answers if not isinstance(a, Failure)]
    done = np.concatenate(
        [
            np.zeros(len(g), dtype=bool) if isinstance(a, Failure) else a["done"]
            for a, g in zip(answers, groups, strict=True)
        ]
    )
    failed = int((~done).sum())
    if failed > LARGEST_SHARE_OF_FAILURES * count:
        told = failures[0][0].error if failures else None
        if told is not None:
            raise ModelError(
                f"{failed} of {count} reference models could not be trained: {told.what}",
                where=told.where,
                fix=told.fix,
            )
        if not failures:
            raise ModelError(
                f"{failed} of {count} reference models could not be trained ({_DIVERGED})",
                where="audit.references",
                fix="lower the learning rate, or scale the columns: what they learn or answer is no number",
            )
        kind, where = failures[0][0].kind, failures[0][0].where
        raise ModelError(
            f"{failed} of {count} reference models could not be trained ({kind})",
            where=where,
            fix="check that the recipe trains on a random part of the records; its message is withheld, "
            "for it may quote personal values",
        )
    signals = {name: np.concatenate([a[name][a["done"]] for a in found]) for name in found[0] if name != "done"}
    halved = [
        int(a["stack"].min())
        for a, g in zip(answers, groups, strict=True)
        if not isinstance(a, Failure) and a["stack"].min() < len(g)
    ]
    return References(
        signals["confidence"],
        signals["loss"],
        signals["correct"],
        trained_on[done],
        design.block[done],
        failed,
        signals.get("robustness"),
        replace(stacking, size=size, smallest=min(halved, default=None)),
        _heard(signals.get("out_of_bag")),
        Course(asking.stages, signals["course"]) if asking.copies else None,
    )


def _heard(out_of_bag: FloatArray | None) -> FloatArray | None:
    """The same, or None where no model has parts that never saw a record."""
    return None if out_of_bag is None or np.isnan(out_of_bag).all() else out_of_bag


@dataclass(frozen=True, eq=False)
class _ToStack:
    recipe: StackedRecipe
    records: Records


def stacking_of(recipe: Recipe, records: Records, *, key: str, engine: Engine, store: Store | None) -> Stacking:
    """How many models are trained at once; a run that goes on keeps the size it began with.

    Measured here, but on other machines where the work is surely done there.
    """
    if not isinstance(recipe, StackedRecipe):
        return replace(ONE_BY_ONE, device=device_of(recipe))
    far = isinstance(engine, Elsewhere) and engine.is_far
    (found,) = run(
        measure_stacking,
        [0],
        keys=[content_hash({"stacking": key, "far": far})],
        engine=engine if far else Local(1),
        shared=_ToStack(recipe, records),
        store=store,
    )
    size, groups, largest = (int(found[name]) for name in ("size", "groups", "largest"))
    because = Text(*map(str, found["because"])) if found["because"].size else None
    return Stacking(size, because, groups, largest=largest or None, device=device_of(recipe))


def measure_stacking(_: int, shared: _ToStack) -> dict[str, NDArray[Any]]:
    """A stacking as arrays: `size`, `groups`, `largest` (0 where nothing bounds it) and `because` in both languages."""
    planned = shared.recipe.stacking(shared.records)
    because = [] if planned.because is None else [planned.because.fr, planned.because.en]
    numbers = {"size": planned.size, "groups": planned.groups, "largest": planned.largest or 0}
    return {**{name: np.array(value) for name, value in numbers.items()}, "because": np.array(because, dtype=np.str_)}


def assemble(seen: Observed, references: References) -> Signals:
    """Signals from the target's answers and the references', infinite log-odds bounded alike on both sides."""
    bag, k = references.out_of_bag, len(references.confidence)
    voices = references.confidence
    if bag is not None:  # what is silent borrows a value that is there, so that it moves no bound
        voices = np.concatenate([voices, np.where(np.isnan(bag), voices, bag)])
    bounded = bound_confidence(seen.confidence, voices)
    if bag is not None:
        bag = np.where(np.isnan(bag), np.nan, bounded.references[k:])
    told = bounded.references[:k]
    target_loss, reference_loss = seen.loss, references.loss
    if bounded.bound is not None:  # a classification with probabilities of 0 or 1: the loss follows the log-odds
        target_loss, reference_loss = loss_of(bounded.target), loss_of(told)
    return Signals(
        bounded.target,
        target_loss,
        seen.correct,
        told,
        reference_loss,
        references.correct,
        references.trained_on,
        target_robustness=seen.robustness,
        reference_robustness=references.robustness,
        reference_out_of_bag=bag,
        target_course=seen.course,
        reference_course=references.course,
    )


def _sources(recipe: Recipe) -> dict[str, str]:
    """Hashes of the user's files that the recipe runs, by module, and versions of the libraries that these import, by
    name without the build (`+cpu`, `+cu128`); empty where it runs none.
    """
    description = recipe.describe()
    factory = description.get("factory")
    told = factory if isinstance(factory, dict) and "sources" in factory else description
    libraries = {name: version.partition("+")[0] for name, version in told.get("libraries", {}).items()}
    return {**told.get("sources", {}), **libraries} if "sources" in told else {}


def _require_same_code(shared: _Shared) -> None:
    """Raises ConfigurationError if the user's files and their libraries are not, where the work is done, those that the keys name."""
    if not shared.sources:
        return
    here = _sources(shared.recipe)
    others = sorted(
        name for name in here.keys() | shared.sources.keys() if here.get(name) != shared.sources.get(name)
    )
    if others:
        raise ConfigurationError(
            f"'{others[0]}', a module of yours or a library that it imports, is not the same where the work is done as "
            "where it was begun",
            where="audit.references",
            fix="leave it alone while an audit runs; on a cluster, have the same files and libraries on every machine",
        )


def _digest(row: BoolArray) -> str:
    return np.packbits(row).tobytes().hex()
