"""From a model's answers to its signals: arrays in, arrays out."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.protocols import Model
from vidocq.core.records import Records
from vidocq.targets.answers import checked_labels, checked_probabilities, checked_values
from vidocq.targets.classes import class_positions, require_known_labels
from vidocq.targets.observed import Observed, loss_of
from vidocq.targets.recorded import RecordedModel

FLOOR = 1e-4  # of the labels' scale: a residual smaller than this counts as this

_WHERE = "targets.observe"


def observe(
    model: Model,
    records: Records,
    *,
    outputs: Literal["labels", "probabilities"],
    decimals: int | None = None,
    top: int | None = None,
    scale: float | None = None,
    tolerance: float | None = None,
) -> Observed:
    """Asks the model about the records, and reads its signals from what is served.

    outputs    `labels`: only correctness is known, the other signals are NaN. `probabilities`: for a regression, the
               predicted values. Signals that were saved instead of answers are taken as they are.
    decimals   to which answers are rounded before they are served, or None.
    top        how many of the likeliest classes are served with their probabilities; all where None.
    scale      regression: standard deviation of the labels, of all the records of the audit.
    tolerance  regression: the largest error that counts as correct, in units of the label.
    Raises     DataError on labels that a classifier does not know, ModelError if it does not answer as it should,
               ConfigurationError if a regression comes without scale or tolerance.
    """
    n = len(records)
    saved = model.signals(records) if isinstance(model, RecordedModel) else None
    if saved is not None:
        return without_values(saved) if outputs == "labels" else saved
    if model.classes is None:
        values = checked_values(model.predictions(records), n=n, where=_WHERE)
        seen = from_values(values, records.labels, decimals=decimals, scale=scale, tolerance=tolerance)
        return without_values(seen) if outputs == "labels" else seen
    positions = require_known_labels(records.labels, model.classes)
    if outputs == "labels":
        labels = checked_labels(model.predictions(records), n=n, where=_WHERE)
        return from_labels(class_positions(labels, model.classes), positions)
    answers = checked_probabilities(model.probabilities(records), n=n, classes=len(model.classes), where=_WHERE)
    return from_probabilities(answers, positions, decimals=decimals, top=top)


def from_labels(predicted: IntArray, true: IntArray) -> Observed:
    """Signals where only labels are served; both (n,) positions among the classes."""
    return without_values(Observed(np.zeros(len(true)), np.zeros(len(true)), predicted == true))


def from_probabilities(
    probabilities: FloatArray, true: IntArray, *, decimals: int | None = None, top: int | None = None
) -> Observed:
    """Signals of a classification.

    probabilities  (n, c), rows sum to 1.
    true           (n,) position of the true class.
    Returns        confidence: log p_y - log(sum of the others), from the others themselves and not from 1 - p_y,
                   which would lose what a p_y near 1 still tells; -inf where rounding leaves nothing to any class.
                   loss: softplus(-confidence). correct: the true class is the likeliest (the first one among equals),
                   before rounding. answers: what is known of the probabilities.
    """
    rows = np.arange(len(true))
    correct = probabilities.argmax(axis=1) == true
    known = served(probabilities, decimals=decimals, top=top)
    own = known[rows, true]
    rest = known.copy()
    rest[rows, true] = 0.0
    others = rest.sum(axis=1)
    confidence = np.full(len(true), -np.inf)
    some = own > 0
    with np.errstate(divide="ignore"):
        confidence[some] = np.log(own[some]) - np.log(others[some])
    return Observed(confidence, loss_of(confidence), correct, answers=known)


def served(probabilities: FloatArray, *, decimals: int | None, top: int | None) -> FloatArray:
    """(n, c) what an adversary knows of (n, c) probabilities of which the `top` largest are served, rounded.

    Of the classes left out he knows how much they share, and that none exceeds the least one served: each is given an
    equal part. The first one is served among equals. With all classes served nothing is filled in.
    """
    shown = probabilities.copy() if decimals is None else np.round(probabilities, decimals)
    classes = shown.shape[1]
    if top is None or top >= classes:
        return shown
    left_out = np.argsort(-probabilities, axis=1, kind="stable")[:, top:]
    np.put_along_axis(shown, left_out, 0.0, axis=1)
    rest = np.maximum(1.0 - shown.sum(axis=1, keepdims=True), 0.0) / (classes - top)
    np.put_along_axis(shown, left_out, np.broadcast_to(rest, left_out.shape), axis=1)
    return shown


def from_values(
    values: FloatArray,
    labels: NDArray[Any],
    *,
    decimals: int | None = None,
    scale: float | None,
    tolerance: float | None,
) -> Observed:
    """Signals of a regression with residual r.

    Loss r², confidence -log(r² + floor²) with floor = FLOOR * scale, correct if |r| <= tolerance.
    """
    if scale is None or tolerance is None or not tolerance >= 0:
        raise ConfigurationError(
            "a regression is observed with a scale and a tolerance",
            where=_WHERE,
            fix="give the standard deviation of the labels, and the error that counts as correct",
        )
    if not (np.isfinite(scale) and scale > 0):
        raise DataError("the labels are all the same", where=_WHERE, fix="give records whose labels differ")
    if labels.dtype.kind not in "biuf":
        raise DataError(
            "the model predicts numbers and the labels are text", where=_WHERE, fix="give the labels as numbers"
        )
    served = values if decimals is None else np.round(values, decimals)
    residual = labels.astype(np.float64) - served
    loss = residual**2
    return Observed(-np.log(loss + (FLOOR * scale) ** 2), loss, np.abs(residual) <= tolerance)


def without_values(seen: Observed) -> Observed:
    """The same, where only correctness may be known."""
    nothing = np.full(len(seen), np.nan)
    return Observed(nothing, nothing.copy(), seen.correct)
