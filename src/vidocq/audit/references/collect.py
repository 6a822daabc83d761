"""Collecting signals: reference models are trained and asked, then the target is. Slow, stored, resumable."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vidocq.audit.sampling.design import Design
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.canonical import content_hash
from vidocq.core.errors import ModelError
from vidocq.core.protocols import Model, Recipe
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.core.signals import Signals
from vidocq.engine.progress import Progress
from vidocq.engine.store import Store
from vidocq.engine.threads import single_thread
from vidocq.engine.work import Engine, Failure, run
from vidocq.targets.boundary import STEPS, Paths, steadiness_on_paths
from vidocq.targets.observe import observe
from vidocq.targets.observed import Observed, bound_confidence, loss_of
from vidocq.targets.perturbed import Perturbation, robustness

LARGEST_SHARE_OF_FAILURES = 0.1


@dataclass(frozen=True)
class Asking:
    """How every model is asked, the target and the references alike; see `targets.observe.observe`.

    copies  changed copies of each record that are asked about too, labels only; `seed` draws the changes.
    search  how records are changed: by noise, or along paths towards records of another label.
    """

    outputs: Literal["labels", "probabilities"]
    decimals: int | None = None
    top: int | None = None
    scale: float | None = None
    tolerance: float | None = None
    copies: int = 0
    search: Literal["noise", "paths"] = "noise"
    seed: int = 0

    def ask(self, model: Model, records: Records) -> Observed:
        seen = observe(
            model,
            records,
            outputs=self.outputs,
            decimals=self.decimals,
            top=self.top,
            scale=self.scale,
            tolerance=self.tolerance,
        )
        if not self.copies:
            return seen
        perturbation = Perturbation.of(records, seed=self.seed)
        if self.search == "paths":
            paths = Paths.of(records, perturbation, count=self.copies // STEPS, seed=self.seed)
            steady = steadiness_on_paths(model, records, paths, correct=seen.correct, tolerance=self.tolerance)
        else:
            steady = robustness(
                model, records, perturbation, copies=self.copies, correct=seen.correct, tolerance=self.tolerance
            )
        return replace(seen, robustness=steady)


@dataclass(frozen=True, eq=False)
class References:
    """Answers of the reference models on every record, (k, n), as served; log-odds may still be infinite.

    robustness  (k, n), or None where nothing was asked about changed records.

    trained_on  (k, n) bool.   block  (k,) of the design; models that could not be trained are left out of both.
    failed      how many could not be trained, or did not answer.
    """

    confidence: FloatArray
    loss: FloatArray
    correct: BoolArray
    trained_on: BoolArray
    block: IntArray
    failed: int = 0
    robustness: FloatArray | None = None

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


def train_reference(index: int, shared: _Shared) -> dict[str, NDArray[Any]]:
    """Trains reference model `index` on its records and asks it about all. Pure, given the seed."""
    seed = Seeds(shared.seed).integer("reference", index)
    model = shared.recipe.fit(shared.records.take(shared.trained_on[index]), seed=seed)
    seen = shared.asking.ask(model, shared.records)
    answers: dict[str, NDArray[Any]] = {"confidence": seen.confidence, "loss": seen.loss, "correct": seen.correct}
    return answers if seen.robustness is None else answers | {"robustness": seen.robustness}


def references_key(
    records_digest: str, recipe: dict[str, Any], asking: Asking, seed: int, versions: dict[str, str]
) -> str:
    """Names everything that an answer of a reference model depends on."""
    return content_hash(
        {"records": records_digest, "recipe": recipe, "asking": asdict(asking), "seed": seed, "versions": versions}
    )


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
    keys = [content_hash({"references": key, "model": k, "trained_on": _digest(trained_on[k])}) for k in range(count)]
    shared = _Shared(recipe, records, trained_on, asking, seed)
    answers = run(
        train_reference,
        list(range(count)),
        keys=keys,
        engine=engine,
        shared=shared,
        store=store,
        progress=progress,
        title=title,
        failures="keep",
    )
    failures = [answer for answer in answers if isinstance(answer, Failure)]
    if len(failures) > LARGEST_SHARE_OF_FAILURES * count:
        first = failures[0]
        raise ModelError(
            f"{len(failures)} of {count} reference models could not be trained ({first.kind})",
            where=first.where,
            fix="check that the recipe trains on a random part of the records; its message is withheld, "
            "for it may quote personal values",
        )
    kept = [k for k, answer in enumerate(answers) if not isinstance(answer, Failure)]
    found = [answer for answer in answers if not isinstance(answer, Failure)]
    return References(
        np.stack([a["confidence"] for a in found]),
        np.stack([a["loss"] for a in found]),
        np.stack([a["correct"] for a in found]),
        trained_on[kept],
        design.block[kept],
        len(failures),
        np.stack([a["robustness"] for a in found]) if asking.copies else None,
    )


def ask_target(model: Model, records: Records, *, asking: Asking) -> Observed:
    """Queries the target, once per record. Raises ModelError if it does not answer, with a lead where text is why."""
    with single_thread():
        try:
            return asking.ask(model, records)
        except ModelError as error:
            if records.features.dtype != object:
                raise
            texts = [name for j, name in enumerate(records.columns) if isinstance(records.features[0, j], str)]
            raise ModelError(
                f"{error.what}; {len(texts)} columns hold text ({', '.join(texts[:5])})",
                where=error.where,
                fix="put the encoding into the model as a pipeline, or give the columns as the model was trained on",
            ) from None


def assemble(seen: Observed, references: References) -> Signals:
    """Signals from the target's answers and the references', infinite log-odds bounded alike on both sides."""
    bounded = bound_confidence(seen.confidence, references.confidence)
    target_loss, reference_loss = seen.loss, references.loss
    if bounded.bound is not None:  # a classification with probabilities of 0 or 1: the loss follows the log-odds
        target_loss, reference_loss = loss_of(bounded.target), loss_of(bounded.references)
    return Signals(
        bounded.target,
        target_loss,
        seen.correct,
        bounded.references,
        reference_loss,
        references.correct,
        references.trained_on,
        target_robustness=seen.robustness,
        reference_robustness=references.robustness,
    )


def _digest(row: BoolArray) -> str:
    return np.packbits(row).tobytes().hex()
