"""What one model shows about some records: the three signals that attacks are made of."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.course import Course
from vidocq.core.errors import SignalError


@dataclass(frozen=True, eq=False)
class Observed:
    """Signals of one model on n records; see `core.signals.Signals` for their meaning.

    confidence  (n,) may be infinite (a probability of 0 or 1); NaN throughout where only labels are served.
    loss        (n,) the same.
    correct     (n,) bool.
    robustness  (n,) in [0, 1], or None where nothing was asked about changed records.
    course      how that robustness came about, query by query, or None as well.
    answers     (n, c) probabilities as they were served; None where labels, values or saved signals were.
    """

    confidence: FloatArray
    loss: FloatArray
    correct: BoolArray
    robustness: FloatArray | None = None
    course: Course | None = None
    answers: FloatArray | None = None

    def __len__(self) -> int:
        return int(self.correct.shape[0])

    def take(self, rows: Any) -> "Observed":
        robustness, answers = (None if each is None else each[rows] for each in (self.robustness, self.answers))
        course = None if self.course is None else self.course[rows]
        return Observed(self.confidence[rows], self.loss[rows], self.correct[rows], robustness, course, answers)


@dataclass(frozen=True, eq=False)
class Bounded:
    """Finite log-odds: target (n,), references (k, n), and the bound (None if nothing was infinite)."""

    target: FloatArray
    references: FloatArray
    bound: float | None


def loss_of(confidence: FloatArray) -> FloatArray:
    """Loss in nats from the log-odds of the true class: softplus(-phi) = -log p. Keeps NaN."""
    return np.logaddexp(0.0, -confidence)


def bound_confidence(target: FloatArray, references: FloatArray) -> Bounded:
    """Log-odds of a classification with the infinite ones made finite, so that means and variances exist.

    target      (n,) and references (k, n): infinite where a probability is 0 or 1.
    Returns     the same, untouched, if all are finite or all NaN (labels only); else both clipped to [-B, B], where B
                is the largest finite magnitude among the references (among the target's if they have none, 0 if
                neither has) plus log 2: a forest that counts votes of 100 trees has 99/100 as its last step before 1,
                and half a vote beyond has about twice its odds. The order of the values is kept.
    Raises      SignalError if some values are NaN and others are not.
    """
    every = np.concatenate([target[None, :], references]) if references.size else target[None, :]
    unknown = np.isnan(every)
    if unknown.all() or np.isfinite(every).all():
        return Bounded(target, references, None)
    if unknown.any():
        raise SignalError(
            f"{int(unknown.sum())} of {every.size} confidences are not numbers",
            where="targets.observed.bound_confidence",
            fix="observe every model at the same access level",
        )
    for values in (references, target):
        finite = np.abs(values[np.isfinite(values)])
        if finite.size:
            bound = float(finite.max() + np.log(2))
            break
    else:
        bound = float(np.log(2))
    return Bounded(np.clip(target, -bound, bound), np.clip(references, -bound, bound), bound)
