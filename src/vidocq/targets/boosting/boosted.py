"""Boosted trees that answer, whichever library grew them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import special

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.errors import ConfigurationError, DataError, MissingExtra, ModelError
from vidocq.core.protocols import Recipe
from vidocq.core.records import Records
from vidocq.core.stacking import Stacking
from vidocq.core.text import Text
from vidocq.targets.answers import checked_values
from vidocq.targets.foreign import foreign_code

LARGEST_FILE = 1 << 29
"""Bytes of a model file that is read: all of it is parsed in memory."""

Parameter = bool | int | float | str
_ANSWERS = "ask the booster about the same table to see its message"


class Trees(Protocol):
    """A booster, as we ask it.

    library  "xgboost" or "lightgbm".
    columns  how many it takes.   names  of these, or None where the file gives none.
    outputs  1 for two classes or a regression, otherwise one for each class.
    """

    @property
    def library(self) -> str: ...
    @property
    def columns(self) -> int: ...
    @property
    def names(self) -> tuple[str, ...] | None: ...
    @property
    def outputs(self) -> int: ...

    def margins(self, table: FloatArray) -> FloatArray:
        """(n, outputs) float64: sums of leaves, of which classes take the sigmoid or softmax; (n, 1) values of a regression."""
        ...


class BoostedFile(Protocol):
    """A booster read from its file, and what the file tells of its training."""

    @property
    def trees(self) -> Trees: ...
    @property
    def predicts_values(self) -> bool: ...

    def recipe(self, parameters: Mapping[str, Any] | None, classes: NDArray[Any] | None) -> Recipe | None:
        """How to train its like; None if the parameters are neither given nor held."""
        ...


@dataclass(eq=False)
class BoostedModel:
    """A booster, and the classes it tells apart in the order of its outputs; None for a regression."""

    trees: Trees
    classes: NDArray[Any] | None

    def __post_init__(self) -> None:
        """Raises ModelError if there is another number of classes than the booster tells apart."""
        told = 0 if self.classes is None else len(self.classes)
        known = 2 if self.trees.outputs == 1 else self.trees.outputs
        if self.classes is not None and told != known:
            raise ModelError(
                f"the model tells {known} classes apart, and {told} are given",
                where=f"targets.{self.trees.library}",
                fix="give classes = [...] under [model], in the order in which the model was taught them",
            )

    def probabilities(self, records: Records) -> FloatArray:
        """(n, c) rows that sum to one, from the margins: near 1 they tell more than rounded probabilities do."""
        if self.classes is None:
            raise ModelError("a regression has no probabilities", where=self._where, fix="ask for its predictions")
        margins = self._margins(records)
        if self.trees.outputs == 1:
            return np.column_stack([special.expit(-margins[:, 0]), special.expit(margins[:, 0])])
        return np.asarray(special.softmax(margins, axis=1))

    def predictions(self, records: Records) -> NDArray[Any]:
        """(n,) the likeliest class, or (n,) values of a regression."""
        if self.classes is None:
            return checked_values(self._margins(records), n=len(records), where=self._where)
        return np.asarray(self.classes[self.probabilities(records).argmax(axis=1)])

    @property
    def _where(self) -> str:
        return f"targets.{self.trees.library}"

    def _margins(self, records: Records) -> FloatArray:
        table = table_for(records, self.trees.columns, self.trees.names)
        with foreign_code("the model", where=self._where, fix=_ANSWERS):
            found = self.trees.margins(table)
        if found.shape != (len(records), self.trees.outputs) or not np.isfinite(found).all():
            raise ModelError("answers are not finite numbers, one row a record", where=self._where, fix=_ANSWERS)
        return found


def table_for(records: Records, columns: int, names: tuple[str, ...] | None) -> FloatArray:
    """(n, columns) numbers, by name where model and records have names, otherwise in the order of the records.

    Raises DataError if the records hold text, have another number of columns, or lack some by name.
    """
    if records.features.dtype == object:
        raise DataError(
            "the records hold text, which boosted trees read from a file do not take",
            where="data, columns",
            fix="give the columns as the numbers that the model was trained on",
        )
    table = np.ascontiguousarray(records.features, dtype=np.float64)
    if names is not None and records.named:
        places = {spelt(name): j for j, name in enumerate(records.columns)}
        missing = [name for name in names if spelt(name) not in places]
        if missing:
            rest = f" and {len(missing) - 20} more" if len(missing) > 20 else ""
            raise DataError(
                f"the model asks for columns that the records lack: {', '.join(missing[:20])}{rest}",
                where="data, columns",
                fix="give the columns that the model was trained on, under the same names",
            )
        return np.ascontiguousarray(table[:, [places[spelt(name)] for name in names]])
    if table.shape[1] != columns:
        raise DataError(
            f"the model takes {columns} columns, and the records have {table.shape[1]}",
            where="data, columns",
            fix="give the columns that the model was trained on, in their order",
        )
    return table


def spelt(name: str) -> str:
    """A column's name as LightGBM writes it: without blanks."""
    return name.replace(" ", "_")


def require_library(library: Literal["xgboost", "lightgbm"]) -> Any:
    """The module. Raises MissingExtra if it is not installed."""
    try:
        return import_module(library)
    except ImportError:
        raise MissingExtra(
            f"{library} is not installed", where=f"[model] kind = '{library}'", fix=f'pip install "vidocq[{library}]"'
        ) from None


def read_bytes(path: Path) -> bytes:
    """The bytes of a model file. Raises ModelError if it cannot be opened, is empty or larger than 512 MiB."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        raise ModelError(
            f"the model file cannot be opened ({type(error).__name__})",
            where=path.name,
            fix="check the path, which is relative to the configuration, and the permissions",
        ) from None
    if size > LARGEST_FILE:
        raise ModelError("the model file is larger than 512 MiB", where=path.name, fix="record the model's answers")
    if not content:
        raise ModelError("the model file is empty", where=path.name, fix="save the model again")
    return content


GROWN_ALONE = Stacking(
    1,
    Text(
        fr="mettre en commun les intervalles de la table (bins) ne ferait presque rien gagner et changerait les modèles",
        en="sharing the bins of the table would gain next to nothing and change the models",
    ),
)
"""Measured by benchmarks/boosting.py: what fits take is growing trees."""


class OneByOne(ABC):
    """A recipe of boosted trees: whatever is asked for together is trained one by one, and says why."""

    @abstractmethod
    def fit(self, records: Records, *, seed: int) -> BoostedModel:
        """A booster trained on the records, on one thread."""

    def stacking(self, records: Records) -> Stacking:
        """One by one, and why."""
        return GROWN_ALONE

    def fit_stack(self, records: Records, trained_on: BoolArray, *, seeds: Sequence[int]) -> Sequence[BoostedModel]:
        """One model for each row of trained_on (k, n), each trained alone."""
        return [self.fit(records.take(row), seed=seed) for row, seed in zip(trained_on, seeds, strict=True)]


def corrupt(path: Path, why: str) -> ModelError:
    return ModelError(
        f"the model file is corrupt: {why}", where=path.name, fix="save the model again with the library's save_model"
    )


def require_parameters(given: Mapping[str, Any], known: frozenset[str], *, library: str) -> dict[str, Parameter]:
    """The parameters, all known. Raises ConfigurationError for any other: the library would pass over it in silence."""
    unknown = sorted(set(given) - known)
    if unknown:
        raise ConfigurationError(
            f"parameters that are not taken: {', '.join(unknown[:10])}",
            where=f"[model.parameters] of kind '{library}'",
            fix=f"those that say how {library} grows trees are taken, under its own names: {', '.join(sorted(known))}. "
            "Objective, classes and rounds are read from the model; seeds and threads are ours",
        )
    return dict(given)
