"""Models of scikit-learn and of whoever follows its conventions, and the recipe that trains their like."""

import copy
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.errors import DataError, ModelError
from vidocq.core.protocols import Model
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.core.stacking import Stacking
from vidocq.targets.answers import checked_labels, checked_probabilities, checked_values
from vidocq.targets.classes import class_positions, require_known_labels
from vidocq.targets.described import described, version_of
from vidocq.targets.foreign import foreign_code
from vidocq.targets.frames import fitted_names, model_table, selects_by_name
from vidocq.targets.linear.stacked import UNLIKE, agrees, fit_stacked, stacking_of
from vidocq.targets.out_of_bag import out_of_bag_votes


class SklearnModel:
    """A fitted estimator, pipeline or search.

    classes              the model's classes, in the order of its probabilities; None for a regression.
    gives_probabilities  false if only labels can be had; a decision function is not taken for probabilities.
    """

    def __init__(self, estimator: Any, *, classes: NDArray[Any] | None = None) -> None:
        """`classes` has a model trained without some of the classes answer about all of them, with probability 0.

        Raises ModelError if the estimator is not fitted, or neither classifies nor predicts one value.
        """
        self.estimator = estimator
        self._name = type(estimator).__name__
        self._own = _classes(estimator)
        self.classes = self._own if classes is None or self._own is None else classes
        self.gives_probabilities = self._own is not None and hasattr(estimator, "predict_proba")
        self._columns = np.arange(0 if self._own is None else len(self._own))
        if self._own is not None and self.classes is not None:
            self._columns = class_positions(self._own, self.classes)
            if (self._columns < 0).any():
                raise ModelError(
                    f"the model knows {int((self._columns < 0).sum())} classes that the target does not",
                    where=f"targets.sklearn, {self._name}",
                    fix="train it on labels of the target",
                )

    def probabilities(self, records: Records) -> FloatArray:
        """(n, c) rows that sum to one. Raises ModelError without `predict_proba`, or if the answer is not that."""
        where = f"targets.sklearn, {self._name}.predict_proba"
        if self._own is None or self.classes is None:
            raise ModelError("a regression has no probabilities", where=where, fix="ask for its predictions")
        if not self.gives_probabilities:
            raise ModelError(
                "this model gives labels only", where=where, fix="set outputs = 'labels', or audit a calibrated model"
            )
        table = self._table(records)
        with foreign_code("the model", where=where, fix=_ANSWERS):
            answer = self.estimator.predict_proba(table)
        known = checked_probabilities(answer, n=len(records), classes=len(self._own), where=where)
        every = np.zeros((len(records), len(self.classes)))
        every[:, self._columns] = known
        return every

    def out_of_bag(self, records: Records) -> FloatArray | None:
        """(m, c) by trees that never saw each of the m records of the training; see `targets.out_of_bag`."""
        if self._own is None or self.classes is None:
            return None
        votes = out_of_bag_votes(self.estimator, self._table(records))
        if votes is None:
            return None
        every = np.zeros((len(records), len(self.classes)))
        every[:, self._columns] = votes
        every[np.isnan(votes).any(axis=1)] = np.nan
        return every

    def predictions(self, records: Records) -> NDArray[Any]:
        """(n,) labels, or (n,) float64 for a regression."""
        where = f"targets.sklearn, {self._name}.predict"
        table = self._table(records)
        with foreign_code("the model", where=where, fix=_ANSWERS):
            answer = self.estimator.predict(table)
        if self.classes is None:
            return checked_values(answer, n=len(records), where=where)
        return checked_labels(answer, n=len(records), where=where)

    def _table(self, records: Records) -> Any:
        width = getattr(self.estimator, "n_features_in_", None)
        return model_table(records, fitted_names(self.estimator), width=width)


_ANSWERS = "call the model on the same table to see its message; it has to accept the records as they are in the file"


def _classes(estimator: Any) -> NDArray[Any] | None:
    """The classes of a fitted classifier, None for a regression."""
    from sklearn.base import is_classifier, is_regressor  # noqa: PLC0415 - on use
    from sklearn.exceptions import NotFittedError  # noqa: PLC0415
    from sklearn.utils.validation import check_is_fitted  # noqa: PLC0415

    where = f"targets.sklearn, {type(estimator).__name__}"
    if isinstance(estimator, type) or not hasattr(estimator, "predict"):
        raise ModelError("the model cannot predict", where=where, fix="give a fitted classifier or regressor")
    with foreign_code("asking the model what it is", where=where, fix="give a fitted classifier or regressor"):
        try:
            check_is_fitted(estimator)
        except NotFittedError:
            raise ModelError("the model is not fitted", where=where, fix="fit it before saving it") from None
        classifies, predicts_values = is_classifier(estimator), is_regressor(estimator)
        classes = getattr(estimator, "classes_", None)
    if predicts_values:
        return None
    if not classifies or classes is None:
        raise ModelError(
            "the model is neither a classifier nor a regressor",
            where=where,
            fix="give a fitted classifier or regressor",
        )
    if isinstance(classes, list) or np.ndim(classes) != 1:
        raise ModelError("the model predicts several labels at once", where=where, fix="audit one label at a time")
    return np.asarray(classes)


@dataclass(frozen=True, eq=False)
class _Template:
    """How references are made: the parameters, and how the table is handed over."""

    estimator: Any
    by_name: bool
    names: tuple[str, ...] | None


class SklearnRecipe:
    """Trains an estimator as the target was: same class, same parameters, another seed, other records.

    A search (GridSearchCV and the like) is searched again each time. Parts that would carry the target's own training
    into the references (frozen or prefitted parts) are refused. Picklable if the parameters are.
    """

    def __init__(self, estimator: Any, *, classes: NDArray[Any] | None = None) -> None:
        """`classes` are those of the target; by default those of `estimator`, if it is a fitted classifier.

        Raises ModelError if the estimator cannot be cloned, or holds a part that is already fitted.
        """
        from sklearn.base import clone  # noqa: PLC0415

        self._where = f"targets.sklearn, recipe of {type(estimator).__name__}"
        names = fitted_names(estimator)
        with foreign_code(
            "cloning the model", where=self._where, fix="give an estimator that sklearn.base.clone accepts"
        ):
            known = getattr(estimator, "classes_", None)
            template = clone(estimator)
            _refuse_fitted_parts(template, self._where)
            by_name = names is not None or selects_by_name(template)
        self._template = _Template(template, by_name, names)
        if classes is None and known is not None and np.ndim(known) == 1:
            classes = np.asarray(known)
        self.classes = classes

    def fit(self, records: Records, *, seed: int) -> SklearnModel:
        """A model trained on the records; every random state follows from `seed`, and it uses one process.

        Raises DataError on labels that the target does not know, ModelError if training fails.
        """
        from sklearn.base import clone  # noqa: PLC0415
        from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415

        labels = records.labels
        if self.classes is not None:
            labels = self.classes[require_known_labels(labels, self.classes)]
        table = model_table(records, (self._template.names or records.columns) if self._template.by_name else None)
        with (
            foreign_code(
                "training a reference model",
                where=f"{self._where}, {len(records)} records",
                fix="fit a clone of the model on half of the members to see its message",
            ),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore", ConvergenceWarning)  # the target's own affair, repeated hundreds of times
            estimator = _seeded(clone(self._template.estimator), Seeds(seed))
            estimator.fit(table, labels)
        return SklearnModel(estimator, classes=self.classes)

    def stacking(self, records: Records) -> Stacking:
        """Plain logistic and linear models are trained at once where that gives what `fit` gives; 1 for anything else, with why."""
        planned = stacking_of(self._template.estimator, records, classes=self.classes)
        if planned.size == 1:
            return planned
        return planned if agrees(self, self._template.estimator, records, classes=self.classes) else UNLIKE

    def fit_stack(self, records: Records, trained_on: BoolArray, *, seeds: Sequence[int]) -> Sequence[Model | None]:
        """One model for each row of trained_on (k, n); one that the stack did not bring to its optimum is fitted alone."""
        try:
            models = fit_stacked(self._template.estimator, records, trained_on, classes=self.classes)
        except DataError:  # a model lacks a class: scikit-learn knows how to do without
            return [self.fit(records.take(row), seed=seed) for row, seed in zip(trained_on, seeds, strict=True)]
        found: list[Model | None] = []
        for model, row, seed in zip(models, trained_on, seeds, strict=True):
            found.append(model if model.trustworthy else self.fit(records.take(row), seed=seed))
        return found

    def describe(self) -> dict[str, Any]:
        """Classes, versions and every parameter, except those that `fit` sets itself (random_state and the like)."""
        seeded = _seeded(self._template.estimator, None)
        packages = {type(part).__module__.partition(".")[0] for part in _parts(seeded)}
        modules = sorted(packages | {"numpy", "scipy", "sklearn"})
        return {
            "kind": "sklearn",
            "stack": 1,
            "class": f"{type(seeded).__module__}.{type(seeded).__qualname__}",
            "estimator": described(seeded),
            "versions": {name: version for name in modules if (version := version_of(name)) is not None},
            "by_name": self._template.by_name,
            "columns": None if self._template.names is None else list(self._template.names),
            "classes": None if self.classes is None else described(self.classes),
        }


def _parts(estimator: Any) -> list[Any]:
    """The estimator and every estimator among its parameters."""
    return [estimator, *(value for _, value in _nested(estimator))]


def _refuse_fitted_parts(template: Any, where: str) -> None:
    """A part that a clone leaves as it is (FrozenEstimator), or that is told to be fitted already, is refused."""
    from sklearn.base import clone  # noqa: PLC0415

    for part in _parts(template):
        params = part.get_params(deep=False)
        cv = params.get("cv")
        prefitted = params.get("prefit") is True or (isinstance(cv, str) and cv == "prefit")
        if prefitted or clone(part) is part:
            raise ModelError(
                f"the recipe holds a part that is already fitted ({type(part).__name__}): "
                "reference models would inherit what the target learned",
                where=where,
                fix="give the whole recipe unfitted, or record the model's answers and audit without references",
            )


def _seeded(estimator: Any, seeds: Seeds | None) -> Any:
    """The estimator with random states drawn from `seeds` by their names, one process, no cache on disk, no chatter.

    Without seeds a clone is returned whose random states are None.
    """
    from sklearn.base import clone  # noqa: PLC0415

    estimator = estimator if seeds is not None else clone(estimator)
    changes: dict[str, Any] = {}
    for key, value in sorted(estimator.get_params(deep=True).items()):
        name = key.rpartition("__")[2]
        drawn = None if seeds is None else seeds.integer(f"random_state:{key}")
        if name == "random_state":
            changes[key] = drawn
        elif name == "n_jobs":
            changes[key] = None if value is None or seeds is None else 1
        elif name == "memory":
            changes[key] = None
        elif name == "verbose" and value:
            changes[key] = False if value is True else 0
        elif hasattr(value, "random_state") and not hasattr(value, "get_params"):  # a splitter, as in cv=KFold(...)
            splitter = copy.copy(value)
            splitter.random_state = drawn
            changes[key] = splitter
    for prefix, part in [("", estimator), *_nested(estimator)]:
        changes |= {f"{prefix}{name}": value for name, value in _steady(part).items()}
    return estimator.set_params(**changes)


def _nested(estimator: Any) -> list[tuple[str, Any]]:
    """Estimators among the parameters, each with the prefix of its own."""
    params = estimator.get_params(deep=True).items()
    return [(f"{key}__", value) for key, value in sorted(params) if _is_estimator(value)]


def _is_estimator(value: Any) -> bool:
    return hasattr(value, "get_params") and not isinstance(value, type)


def _steady(estimator: Any) -> dict[str, Any]:
    """What keeps a booster of another package to one thread, silent, and the same from one run to the next.

    LightGBM would take every core, tell each tree, and choose by a stopwatch how it walks the table, which changes how
    its sums round.
    """
    package = type(estimator).__module__.partition(".")[0]
    if package == "lightgbm":
        by_rows = bool(estimator.get_params().get("force_row_wise"))
        return {"n_jobs": 1, "verbosity": -1, "deterministic": True, "force_col_wise": not by_rows}
    return {"n_jobs": 1, "verbosity": 0} if package == "xgboost" else {}
