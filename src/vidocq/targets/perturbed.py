"""Copies of records changed a little, the same ones for whoever is asked, and how well a model keeps their label."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.course import Course, Stages, noted_after
from vidocq.core.protocols import Model
from vidocq.core.records import Records
from vidocq.targets.answers import checked_labels, checked_values
from vidocq.targets.classes import class_positions, require_known_labels
from vidocq.targets.digests import exact_digests

STEPS = ((0.1, 0.05), (0.3, 0.15), (1.0, 0.3))
"""Noise, in robust standard deviations of a column, and share of cells that take another value; copies take turns."""
FEW_VALUES = 10
_WHERE = "targets.perturbed"


@dataclass(frozen=True, eq=False)
class Perturbation:
    """How the columns of some records may be changed.

    Columns of numbers with more than ten values get Gaussian noise in units of their own spread, rounded where all are
    whole; the others, and text, take a value that stands elsewhere in the column, as often as it stands there.
    """

    spread: FloatArray
    whole: BoolArray
    values: tuple[NDArray[Any], ...]
    seed: int

    @classmethod
    def of(cls, records: Records, *, seed: int) -> "Perturbation":
        """The spreads and values of these records' columns. Labels play no part."""
        d = len(records.columns)
        spread, whole, values = np.zeros(d), np.zeros(d, dtype=bool), []
        for j in range(d):
            column = records.features[:, j]
            values.append(column)
            if any(isinstance(cell, str) for cell in column[:1]):
                continue
            numbers = column.astype(np.float64)
            if len(np.unique(numbers)) > FEW_VALUES:
                low, high = np.quantile(numbers, [0.25, 0.75])
                spread[j] = (high - low) / 1.349 or float(numbers.std())
                whole[j] = bool((numbers == np.rint(numbers)).all())
        return cls(spread, whole, tuple(values), seed)

    def copy(self, records: Records, number: int) -> Records:
        """Every record changed once. What is drawn for a record depends on its content, not on its place."""
        n, d = records.features.shape
        order = np.argsort(np.array(exact_digests(records.features, records.labels), dtype="V16"), kind="stable")
        rng = np.random.default_rng([self.seed, number])
        noise, chance, drawn = rng.standard_normal((n, d)), rng.random((n, d)), rng.random((n, d))
        for table in (noise, chance, drawn):
            table[order] = table.copy()
        step, flips = STEPS[number % len(STEPS)]
        changed = records.features.copy()
        for j in range(d):
            if self.spread[j] > 0:
                moved = records.features[:, j].astype(np.float64) + step * self.spread[j] * noise[:, j]
                changed[:, j] = np.rint(moved) if self.whole[j] else moved
            else:
                flipped = chance[:, j] < flips
                places = (drawn[flipped, j] * len(self.values[j])).astype(np.int64)
                changed[flipped, j] = self.values[j][places]
        return Records(changed, records.labels, records.columns, records.persons, records.named)


def robustness(
    model: Model,
    records: Records,
    perturbation: Perturbation,
    *,
    copies: int,
    correct: BoolArray,
    tolerance: float | None,
) -> Course:
    """Share of a record and its `copies` changed copies that keep its true label; 0 if the record itself does not.

    correct    (n,) what the model answered about the records themselves.
    tolerance  regression: largest error that counts as correct.
    copies     at least 1.
    Asks       the model `copies` times about n records, never less and never more.
    """
    kept = correct.astype(np.int64)
    stages, noted = stages_of_copies(copies), []
    for number in range(copies):
        kept += keeps_label(model, perturbation.copy(records, number), tolerance=tolerance)
        if number + 1 in stages.after:
            noted.append(np.where(correct, kept, 0))
    return Course.of(stages, noted)


def stages_of_copies(copies: int) -> Stages:
    """A share counts copies, and the record itself."""
    after = noted_after(copies)
    asked = tuple(number + 1 for number in after)
    return Stages(after, asked, asked)


def keeps_label(model: Model, changed: Records, *, tolerance: float | None) -> BoolArray:
    """(n,) whether the model answers about changed records with the labels that stand with them."""
    answer = model.predictions(changed)
    if model.classes is None:
        values = checked_values(answer, n=len(changed), where=_WHERE)
        return np.asarray(np.abs(changed.labels.astype(np.float64) - values) <= (tolerance or 0.0))
    labels = checked_labels(answer, n=len(changed), where=_WHERE)
    return np.asarray(class_positions(labels, model.classes) == require_known_labels(changed.labels, model.classes))
