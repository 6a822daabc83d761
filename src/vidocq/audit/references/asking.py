"""How the target and every reference model are asked: what is served, how often, about which changes of a record."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from vidocq.audit.configuration import AccessSection, PlanSection
from vidocq.audit.subject import Subject
from vidocq.core.course import Stages
from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.core.protocols import Model
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.engine.threads import single_thread
from vidocq.targets.augmented import Augmentations, averaged
from vidocq.targets.boundary import STEPS, Paths, stages_of_paths, steadiness_on_paths
from vidocq.targets.networks.recipe import TorchRecipe
from vidocq.targets.observe import observe
from vidocq.targets.observed import Observed
from vidocq.targets.perturbed import Perturbation, robustness, stages_of_copies
from vidocq.targets.served.http import HttpModel

TOLERANCE_OF_VALUES = 0.25
"""Regression: an error under this share of the labels' standard deviation counts as a correct answer."""


@dataclass(frozen=True)
class Asking:
    """How every model is asked, the target and the references alike; see `targets.observe.observe`.

    copies  changed copies of each record that are asked about too, labels only; `seed` draws the changes.
    search  how records are changed: by noise, or along paths towards records of another label.
    augmentations  how images are turned and moved, to be asked about as well.
    """

    outputs: Literal["labels", "probabilities"]
    decimals: int | None = None
    top: int | None = None
    scale: float | None = None
    tolerance: float | None = None
    copies: int = 0
    search: Literal["noise", "paths"] = "noise"
    seed: int = 0
    augmentations: Augmentations | None = None

    def ask(self, model: Model, records: Records) -> Observed:
        seen = self._observe(model, records)
        if self.augmentations is not None:
            changed = (self.augmentations.copy(records, number) for number in range(self.augmentations.count))
            seen = averaged([seen, *(self._observe(model, copy) for copy in changed)])
        if not self.copies:
            return seen
        perturbation = Perturbation.of(records, seed=self.seed)
        if self.search == "paths":
            paths = Paths.of(records, perturbation, count=self.copies // STEPS, seed=self.seed)
            course = steadiness_on_paths(model, records, paths, correct=seen.correct, tolerance=self.tolerance)
        else:
            course = robustness(
                model, records, perturbation, copies=self.copies, correct=seen.correct, tolerance=self.tolerance
            )
        return replace(seen, robustness=course.whole, course=course)

    def _observe(self, model: Model, records: Records) -> Observed:
        return observe(
            model,
            records,
            outputs=self.outputs,
            decimals=self.decimals,
            top=self.top,
            scale=self.scale,
            tolerance=self.tolerance,
        )

    @property
    def stages(self) -> Stages:
        """When what is kept of labels is noted; of an asking with copies."""
        return stages_of_paths(self.copies // STEPS) if self.search == "paths" else stages_of_copies(self.copies)

    @property
    def queries(self) -> int:
        """How often a model is asked about each record."""
        return 1 + self.copies + self.augmented

    @property
    def augmented(self) -> int:
        """How many of these show a turned or moved image."""
        return 0 if self.augmentations is None else self.augmentations.count


def how_to_ask(subject: Subject, plan: PlanSection, access: AccessSection, records: Records) -> Asking:
    """Raises ConfigurationError if probabilities are asked of a classifier that gives labels only."""
    # Whoever holds the file asks it as anyone does; what more it gives is read, not asked.
    asked = access.answers(labels_only=subject.gives_labels_only)
    require_classes_left_out(subject, access)
    scale = None if subject.model.classes is not None else float(np.std(records.labels.astype(float)))
    return Asking(
        outputs=asked,
        decimals=access.decimals,
        top=access.top_k,
        scale=scale,
        tolerance=None if scale is None else TOLERANCE_OF_VALUES * scale,
        copies=plan.the_suite.copies(
            outputs=asked,
            kind=subject.kind,
            budget=access.queries_per_record,
            search=access.label_search,
        ),
        search=access.label_search,
        seed=Seeds(plan.seed).integer("changed-copies"),
        augmentations=augmentations_of(subject, access),
    )


def require_classes_left_out(subject: Subject, access: AccessSection) -> None:
    """Raises ConfigurationError if top_k is asked for and leaves no class out, or can leave none."""
    if access.top_k is None:
        return
    classes = subject.model.classes
    if classes is None:
        raise ConfigurationError(
            "a regression serves no classes", where="[access] outputs", fix='set outputs = "probabilities"'
        )
    if subject.kind == "recorded":
        raise ConfigurationError(
            "what was saved is taken as it is: classes cannot be left out afterwards",
            where="[access] outputs",
            fix='save the answers as served, and set outputs = "probabilities"',
        )
    if access.top_k >= len(classes):
        raise ConfigurationError(
            f"top_k = {access.top_k} leaves out none of the {len(classes)} classes: that is every probability",
            where="[access] top_k",
            fix='set outputs = "probabilities" without top_k, or a top_k below the number of classes',
        )


def augmentations_of(subject: Subject, access: AccessSection) -> Augmentations | None:
    """Raises ConfigurationError where they are asked for and records are no images."""
    if not access.augmentations:
        return None
    if not isinstance(subject.recipe, TorchRecipe):
        return Augmentations(access.augmentations, (), ())
    return Augmentations(access.augmentations, subject.recipe.shape or (), subject.recipe.training.transforms)


def ask_target(model: Model, records: Records, *, asking: Asking) -> Observed:
    """Queries the target, once per record. Raises ModelError if it does not answer, with a lead where text is why."""
    with single_thread():
        try:
            return asking.ask(model, records)
        except ModelError as error:
            if records.features.dtype != object or isinstance(model, HttpModel):
                raise  # numbers, or an endpoint, whose own message says more
            texts = [name for j, name in enumerate(records.columns) if isinstance(records.features[0, j], str)]
            raise ModelError(
                f"{error.what}; {len(texts)} columns hold text ({', '.join(texts[:5])})",
                where=error.where,
                fix="put the encoding into the model as a pipeline, or give the columns as the model was trained on",
            ) from None
