"""What a model answers is checked before anyone reads it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ModelError

SUM_TOLERANCE = 1e-6


def checked_probabilities(answer: Any, *, n: int, classes: int, where: str) -> FloatArray:
    """The answer as (n, classes) float64 in [0, 1].

    Raises ModelError on another shape, a value that is not finite or lies outside [0, 1], or a row that does not sum
    to 1, each within 1e-6 (what lies outside by rounding only is clipped).
    """
    table = _numbers(answer, where)
    if table.shape != (n, classes):
        raise _not_an_answer(
            f"probabilities have the shape {table.shape} instead of {(n, classes)}", where, "one row for each record"
        )
    finite = np.isfinite(table).all(axis=1)
    if not finite.all():
        raise _not_an_answer(_rows("are not finite", ~finite), where, "finite numbers")
    inside = ((table >= -SUM_TOLERANCE) & (table <= 1 + SUM_TOLERANCE)).all(axis=1)
    if not inside.all():
        raise _not_an_answer(_rows("lie outside [0, 1]", ~inside), where, "probabilities, not scores or logits")
    whole = np.abs(table.sum(axis=1) - 1) <= SUM_TOLERANCE
    if not whole.all():
        raise _not_an_answer(
            _rows("do not sum to 1", ~whole), where, "rows that sum to 1 (one label for each record)"
        )
    return np.clip(table, 0.0, 1.0)


def checked_values(answer: Any, *, n: int, where: str) -> FloatArray:
    """Predicted values of a regression as (n,) finite float64; (n, 1) is flattened."""
    values = _numbers(answer, where)
    if values.shape == (n, 1):
        values = values[:, 0]
    if values.shape != (n,):
        raise _not_an_answer(
            f"predictions have the shape {values.shape} instead of {(n,)}", where, "one value a record"
        )
    finite = np.isfinite(values)
    if not finite.all():
        raise _not_an_answer(_rows("are not finite", ~finite), where, "finite numbers")
    return values


def checked_labels(answer: Any, *, n: int, where: str) -> NDArray[Any]:
    """Predicted labels as (n,); (n, 1) is flattened."""
    labels = np.asarray(answer)
    if labels.shape == (n, 1):
        labels = labels[:, 0]
    if labels.shape != (n,):
        raise _not_an_answer(
            f"predictions have the shape {labels.shape} instead of {(n,)}", where, "one label a record"
        )
    return labels


def _numbers(answer: Any, where: str) -> FloatArray:
    try:
        return np.asarray(answer, dtype=np.float64)
    except (TypeError, ValueError):
        raise _not_an_answer("answers are not a table of numbers", where, "an array of numbers") from None


def _rows(what: str, bad: Any) -> str:
    return f"answers about {int(bad.sum())} of {len(bad)} records {what}, first at row {int(np.argmax(bad)) + 1}"


def _not_an_answer(what: str, where: str, wanted: str) -> ModelError:
    return ModelError(f"the model's {what}", where=where, fix=f"the model has to answer with {wanted}")
