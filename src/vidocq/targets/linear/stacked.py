"""Recipes of scikit-learn whose reference models can be trained many at once: logistic models, least squares, ridge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.errors import DataError, ModelError
from vidocq.core.protocols import Model, Recipe
from vidocq.core.records import Records
from vidocq.core.stacking import Stacking
from vidocq.core.text import Text
from vidocq.targets.classes import require_known_labels
from vidocq.targets.linear.least_squares import LinearStack, fit_linear_stack
from vidocq.targets.linear.logistic import LogisticStack, fit_logistic_stack

SOLVERS = ("lbfgs", "newton-cg", "newton-cholesky")
"""Those that minimise the objective we do; others stop early by design, or penalise the intercept."""
EXACT_SOLVERS = ("auto", "cholesky", "svd")
LARGEST_STACK = 64
TRIED, COMPARED, LARGEST_SHARE = 6, 2, 0.05
"""Models of the trial, those of them also fitted alone, and how far they may lie apart, in spreads between models."""
LARGEST_BLOCK = 2**24
"""Numbers in one array of outputs: a few such arrays are alive at once."""


@dataclass(frozen=True)
class LogisticTerms:
    """What of an estimator the stack needs to know."""

    c: float
    intercept: bool
    standardise: bool


@dataclass(frozen=True)
class LinearTerms:
    """What of a linear regression the stack needs to know."""

    alpha: float
    intercept: bool
    standardise: bool


@dataclass(eq=False)
class StackedRegression:
    """One linear regression of a stack: answers about records as they are in the table."""

    stack: LinearStack
    place: int
    classes: NDArray[Any] | None = None

    def probabilities(self, records: Records) -> FloatArray:
        raise ModelError(
            "a regression has no probabilities", where="targets.linear.stacked", fix="ask for its predictions"
        )

    def predictions(self, records: Records) -> NDArray[Any]:
        """(n,) predicted values."""
        return self.stack.values(_numbers(records), self.place)

    @property
    def trustworthy(self) -> bool:
        """Whether the stack solved this model."""
        return bool(self.stack.solved[self.place])


@dataclass(eq=False)
class StackedModel:
    """One model of a stack: answers about records as they are in the table."""

    stack: LogisticStack
    place: int
    classes: NDArray[Any] | None

    def probabilities(self, records: Records) -> FloatArray:
        """(n, c) rows that sum to one, in the order of `classes`."""
        return self.stack.probabilities(_numbers(records), self.place)

    def predictions(self, records: Records) -> NDArray[Any]:
        """(n,) the likeliest class."""
        return np.asarray(np.asarray(self.classes)[self.probabilities(records).argmax(axis=1)])

    @property
    def trustworthy(self) -> bool:
        """Whether the stack brought this model to its optimum."""
        return bool(self.stack.converged[self.place])


def stacking_of(estimator: Any, records: Records, *, classes: NDArray[Any] | None) -> Stacking:
    """Whether models of this estimator on parts of these records can be trained at once, and how many."""
    if (linear_terms(estimator) if classes is None else logistic_terms(estimator)) is None:
        return Stacking(1, _NOT_LOGISTIC)
    if records.features.dtype == object:
        return Stacking(1, _TEXT)
    outputs = 1 if classes is None or len(classes) == 2 else len(classes)
    return Stacking(max(1, min(LARGEST_STACK, LARGEST_BLOCK // max(len(records) * outputs, 1))))


def logistic_terms(estimator: Any) -> LogisticTerms | None:
    """The terms of a plain logistic model, alone or behind a StandardScaler; None for anything else."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - on use

    last, scaled = _last_step(estimator)
    if type(last) is not LogisticRegression:
        return None
    given = last.get_params()
    plain = (
        given["penalty"] in ("l2", "deprecated")
        and not given.get("l1_ratio")
        and given["class_weight"] is None
        and given["solver"] in SOLVERS
        and given.get("multi_class", "deprecated") in ("deprecated", "auto", "multinomial")
        and not given["warm_start"]
        and 0 < given["C"] < np.inf
    )
    return LogisticTerms(float(given["C"]), bool(given["fit_intercept"]), scaled) if plain else None


def linear_terms(estimator: Any) -> LinearTerms | None:
    """The terms of a plain least squares or ridge regression, alone or behind a StandardScaler; None for anything else."""
    from sklearn.linear_model import LinearRegression, Ridge  # noqa: PLC0415 - on use

    last, scaled = _last_step(estimator)
    if type(last) not in (LinearRegression, Ridge) or last.positive:
        return None
    alpha = 0.0 if type(last) is LinearRegression else last.alpha
    if not isinstance(alpha, (int, float)) or alpha < 0 or getattr(last, "solver", "auto") not in EXACT_SOLVERS:
        return None
    return LinearTerms(float(alpha), bool(last.fit_intercept), scaled)


def _last_step(estimator: Any) -> tuple[Any, bool]:
    """What predicts, and whether a plain StandardScaler stands before it; None where anything else does."""
    from sklearn.pipeline import Pipeline  # noqa: PLC0415 - on use
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    steps = [part for _, part in estimator.steps] if type(estimator) is Pipeline else [estimator]
    *before, last = steps
    if not before:
        return last, False
    scales = len(before) == 1 and type(before[0]) is StandardScaler and before[0].with_mean and before[0].with_std
    return (last, True) if scales else (None, False)


def fit_stacked(
    estimator: Any, records: Records, trained_on: BoolArray, *, classes: NDArray[Any] | None
) -> Sequence[StackedModel | StackedRegression]:
    """One model for each row of trained_on (k, n), by the estimator's terms; classes None for a regression.

    Raises DataError if a model would lack a class, or a value is not finite.
    """
    if classes is None:
        return _regressions(estimator, records, trained_on)
    terms = logistic_terms(estimator)
    if terms is None:
        raise TypeError(f"{type(estimator).__name__} cannot be stacked")
    stack = fit_logistic_stack(
        _numbers(records),
        require_known_labels(records.labels, classes),
        trained_on,
        classes=len(classes),
        c=terms.c,
        intercept=terms.intercept,
        standardise=terms.standardise,
    )
    return [StackedModel(stack, k, classes) for k in range(len(trained_on))]


def _regressions(estimator: Any, records: Records, trained_on: BoolArray) -> Sequence[StackedRegression]:
    terms = linear_terms(estimator)
    if terms is None:
        raise TypeError(f"{type(estimator).__name__} cannot be stacked")
    stack = fit_linear_stack(
        _numbers(records),
        np.asarray(records.labels, dtype=np.float64),
        trained_on,
        alpha=terms.alpha,
        intercept=terms.intercept,
        standardise=terms.standardise,
    )
    return [StackedRegression(stack, k) for k in range(len(trained_on))]


def agrees(recipe: Recipe, estimator: Any, records: Records, *, classes: NDArray[Any] | None) -> bool:
    """Whether models of a stack answer as those that the recipe fits alone, on random halves of these records.

    scikit-learn stops where its tolerance says, the stack at the optimum: what lies between them has to be small beside
    what sets reference models apart, or else the target would differ from them all.
    """
    rng = np.random.default_rng(len(records))
    on = np.zeros((TRIED, len(records)), dtype=bool)
    for row in on:
        row[rng.choice(len(records), size=max(len(records) // 2, 1), replace=False)] = True
    try:
        together = fit_stacked(estimator, records, on, classes=classes)
        if not all(model.trustworthy for model in together):
            return False
        answers = np.stack([_decisions(model, records) for model in together])
        alone = np.stack([_decisions(recipe.fit(records.take(on[k]), seed=k), records) for k in range(COMPARED)])
    except (DataError, ModelError):
        return False
    spread = answers.std(axis=0, ddof=1)
    return bool(np.median(np.abs(alone - answers[:COMPARED])) <= LARGEST_SHARE * np.median(spread))


def _decisions(model: Model, records: Records) -> FloatArray:
    """(n, c) log-probabilities, kept off minus infinity; of a regression, (n,) values."""
    if model.classes is None:
        return np.asarray(model.predictions(records), dtype=np.float64)
    return np.asarray(np.log(np.maximum(model.probabilities(records), 1e-12)))


def _numbers(records: Records) -> FloatArray:
    return np.ascontiguousarray(records.features, dtype=np.float64)


_NOT_LOGISTIC = Text(
    fr="seuls les modèles logistiques à pénalité L2, les moindres carrés et la régression ridge, seuls ou derrière un "
    "StandardScaler, s'entraînent ensemble",
    en="only L2-penalised logistic models, least squares and ridge regressions, alone or behind a StandardScaler, are "
    "trained together",
)
UNLIKE = Stacking(
    1,
    Text(
        fr="entraînés ensemble, ces modèles différeraient trop de ceux que scikit-learn entraîne avec sa tolérance",
        en="trained together, these models would differ too much from those that scikit-learn trains to its tolerance",
    ),
)
_TEXT = Text(
    fr="les enregistrements comportent du texte, que chaque modèle encode à sa façon",
    en="the records hold text, which each model encodes in its own way",
)
