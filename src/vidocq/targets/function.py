"""Models and recipes that a function of the user provides, whatever library they come from.

The contract. A recipe is `fit(X, y, seed) -> model`: `X` is (n, d) float64, or object where a column holds text;
`y` is (n,) labels; `seed` is an int from which every draw has to follow. A target is `load() -> model`. The model has
`predict(X)` and, for a classification, `classes_` and, if it gives them, `predict_proba(X)` with a column for each of
`classes_`. Without `classes_` it is a regression, and `predict` gives one number a record. The table is the one that
`vidocq.targets.tables` reads, in the order of the file's columns.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ModelError
from vidocq.core.records import Records
from vidocq.targets.answers import checked_labels, checked_probabilities, checked_values
from vidocq.targets.classes import class_positions, require_known_labels
from vidocq.targets.described import described, version_of
from vidocq.targets.foreign import foreign_code
from vidocq.targets.user_code import find_function, importable_from, library_versions, require_spelling, source_hashes

_FIX = "run the function on the same table to see its message"


class CallableModel:
    """A model that the user's function returned.

    classes              the model's classes, or the target's if these are given; None for a regression.
    gives_probabilities  false if only labels can be had.
    """

    def __init__(self, model: Any, *, name: str, base_dir: Path, classes: NDArray[Any] | None = None) -> None:
        """`classes` has a model trained without some of the classes answer about all of them, with probability 0.

        Raises ModelError if `model` does not keep the contract.
        """
        self.model = model
        self._where = name
        self._base_dir = base_dir
        own = getattr(model, "classes_", None)
        self._own = None if own is None else np.asarray(own)
        if self._own is not None and self._own.ndim != 1:
            raise ModelError("classes_ is not a list of classes", where=name, fix="give one label for each class")
        self.gives_probabilities = self._own is not None and callable(getattr(model, "predict_proba", None))
        if not self.gives_probabilities and not callable(getattr(model, "predict", None)):
            raise ModelError(
                "what the function returned is not a model",
                where=name,
                fix="return an object with predict(X), and for a classification classes_ and predict_proba(X)",
            )
        self.classes = self._own if classes is None or self._own is None else classes
        self._columns = np.arange(0 if self._own is None else len(self._own))
        if self._own is not None and self.classes is not None:
            self._columns = class_positions(self._own, self.classes)
            if (self._columns < 0).any():
                raise ModelError(
                    f"the model knows {int((self._columns < 0).sum())} classes that the target does not",
                    where=name,
                    fix="train it on labels of the target",
                )

    @classmethod
    def load(cls, name: str, base_dir: Path) -> "CallableModel":
        """The target that `package.module:function` returns when called without argument.

        Raises ConfigurationError if there is no such function, ModelError if it fails or returns no model.
        """
        function = find_function(name, base_dir, takes=())
        with (
            importable_from(base_dir),
            foreign_code("loading the model", where=name, fix="call it to see its message"),
        ):
            model = function()
        return cls(model, name=name, base_dir=base_dir)

    def probabilities(self, records: Records) -> FloatArray:
        """(n, c) rows that sum to one. Raises ModelError without `predict_proba`, or if the answer is not that."""
        where = f"{self._where}, predict_proba"
        if self._own is None or self.classes is None:
            raise ModelError("a regression has no probabilities", where=where, fix="ask for its predictions")
        if not self.gives_probabilities:
            raise ModelError("this model gives labels only", where=where, fix="set outputs = 'labels'")
        with importable_from(self._base_dir), foreign_code("the model", where=where, fix=_FIX):
            answer = self.model.predict_proba(records.features)
        known = checked_probabilities(answer, n=len(records), classes=len(self._own), where=where)
        every = np.zeros((len(records), len(self.classes)))
        every[:, self._columns] = known
        return every

    def predictions(self, records: Records) -> NDArray[Any]:
        """(n,) labels (the likeliest, where the model has no `predict`), or (n,) float64 for a regression."""
        where = f"{self._where}, predict"
        if self.classes is not None and not callable(getattr(self.model, "predict", None)):
            likeliest: NDArray[Any] = self.classes[self.probabilities(records).argmax(axis=1)]
            return likeliest
        with importable_from(self._base_dir), foreign_code("the model", where=where, fix=_FIX):
            answer = self.model.predict(records.features)
        if self.classes is None:
            return checked_values(answer, n=len(records), where=where)
        return checked_labels(answer, n=len(records), where=where)


@dataclass(frozen=True, eq=False)
class FunctionRecipe:
    """Trains reference models by the user's `fit(X, y, seed)`.

    function  `package.module:function`.
    base_dir  the folder of the configuration, where the module is looked for first.
    classes   those of the target, if it is a classification.
    """

    function: str
    base_dir: Path
    classes: NDArray[Any] | None = None

    def __post_init__(self) -> None:
        require_spelling(self.function)

    def check(self) -> None:
        """Raises ConfigurationError if the function cannot be found, or called as fit(X, y, seed)."""
        find_function(self.function, self.base_dir, takes=("X", "y", "seed"))

    def fit(self, records: Records, *, seed: int) -> CallableModel:
        """What the function returns for copies of the records.

        Raises DataError on labels that the target does not know, ModelError if the function fails or gives no model.
        """
        function = find_function(self.function, self.base_dir, takes=("X", "y", "seed"))
        labels = records.labels.copy()
        if self.classes is not None:
            labels = self.classes[require_known_labels(labels, self.classes)]
        with (
            importable_from(self.base_dir),
            foreign_code("training a reference model", where=f"{self.function}, {len(records)} records", fix=_FIX),
        ):
            model = function(records.features.copy(), labels, seed)
        return CallableModel(model, name=self.function, base_dir=self.base_dir, classes=self.classes)

    def describe(self) -> dict[str, Any]:
        """The function's name, SHA-256 of its source and of the local modules it imports, versions of libraries."""
        sources = source_hashes(self.function, self.base_dir)
        module = self.function.partition(":")[0]
        names = sorted({"numpy", "scipy", "sklearn", "torch"})
        return {
            "kind": "function",
            "function": self.function,
            "source_sha256": sources[module],
            "sources": sources,
            "versions": {name: version for name in names if (version := version_of(name)) is not None},
            "libraries": library_versions(self.function, self.base_dir),
            "classes": None if self.classes is None else described(self.classes),
        }
