"""Boosted trees of XGBoost: a booster from its own file, and the recipe that trains its like.

xgboost is an extra: `pip install "vidocq[xgboost]"`. Nothing is unpickled. Trees are checked before they are walked, and
XGBoost parses the file, in C++, first in a process of its own, which may fall: a file damaged at random was seen to end
the process that reads it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.targets.boosting.boosted import (
    BoostedModel,
    OneByOne,
    Parameter,
    corrupt,
    read_bytes,
    require_library,
    require_parameters,
    table_for,
)
from vidocq.targets.boosting.probe import require_opened
from vidocq.targets.boosting.tree_shapes import finite_numbers, is_tree, whole_numbers
from vidocq.targets.classes import require_known_labels
from vidocq.targets.described import described, version_of
from vidocq.targets.foreign import foreign_code

SUFFIXES = (".json", ".ubj")
CLASSES = ("binary:logistic", "multi:softprob", "multi:softmax")
VALUES = (
    "reg:squarederror",
    "reg:squaredlogerror",
    "reg:absoluteerror",
    "reg:pseudohubererror",
    "count:poisson",
    "reg:gamma",
    "reg:tweedie",
)
_GROWTH = """
alpha base_score booster colsample_bylevel colsample_bynode colsample_bytree eta gamma grow_policy huber_slope
interaction_constraints lambda learning_rate max_bin max_delta_step max_depth max_leaves min_child_weight
min_split_loss monotone_constraints normalize_type num_parallel_tree one_drop rate_drop reg_alpha reg_lambda
sample_type sampling_method scale_pos_weight skip_drop subsample tree_method tweedie_variance_power
"""
PARAMETERS = frozenset(_GROWTH.split())
"""Those that say how trees are grown, and nothing else: no file, no machine, no device, no seed."""


@dataclass(frozen=True, eq=False)
class XgboostTrees:
    """A booster, asked about the rounds that count: all, or those up to the best where training was stopped early."""

    booster: Any
    objective: str
    outputs: int
    rounds: int
    names: tuple[str, ...] | None = None
    library: ClassVar[str] = "xgboost"

    @property
    def columns(self) -> int:
        return int(self.booster.num_features())

    def margins(self, table: FloatArray) -> FloatArray:
        """(n, outputs) float64; for a regression, the predicted values."""
        kind = "margin" if self.objective in CLASSES else "value"
        found = self.booster.inplace_predict(
            table, iteration_range=(0, self.rounds), predict_type=kind, validate_features=False
        )
        return np.asarray(found, dtype=np.float64).reshape(len(table), -1)


@dataclass(frozen=True, eq=False)
class XgboostRecipe(OneByOne):
    """How the audited booster was trained: `xgboost.train` with these parameters, for so many rounds.

    objective, outputs, rounds, names  of the audited booster.
    parameters  those of `PARAMETERS` that differ from XGBoost's defaults.
    classes     of the target; None for a regression.
    """

    objective: str
    outputs: int
    rounds: int
    parameters: Mapping[str, Parameter]
    classes: NDArray[Any] | None
    names: tuple[str, ...] | None = None

    def fit(self, records: Records, *, seed: int) -> BoostedModel:
        """A booster trained on the records, on one thread. Raises DataError on unknown labels, ModelError if it fails."""
        xgboost = require_library("xgboost")
        table = table_for(records, len(records.columns) if self.names is None else len(self.names), self.names)
        labels = records.labels if self.classes is None else require_known_labels(records.labels, self.classes)
        asked = {
            **self.parameters,
            "objective": self.objective,
            "seed": Seeds(seed).integer("xgboost") % 2**31,
            "nthread": 1,
            "verbosity": 0,
        }
        if self.outputs > 1:
            asked["num_class"] = self.outputs
        with foreign_code(
            "training a reference model",
            where=f"targets.boosting.xgboost, {len(records)} records",
            fix="call xgboost.train with the same parameters on half of the members to see its message",
        ):
            grown = xgboost.train(asked, xgboost.DMatrix(table, labels.astype(np.float64), nthread=1), self.rounds)
        return BoostedModel(XgboostTrees(grown, self.objective, self.outputs, self.rounds, self.names), self.classes)

    def describe(self) -> dict[str, Any]:
        return {
            "kind": "xgboost",
            "objective": self.objective,
            "outputs": self.outputs,
            "rounds": self.rounds,
            "parameters": described(dict(self.parameters)),
            "versions": {"xgboost": version_of("xgboost")},
            "classes": None if self.classes is None else described(self.classes),
            "columns": None if self.names is None else list(self.names),
        }


@dataclass(frozen=True, eq=False)
class XgboostFile:
    """What a model file holds.

    held  parameters of the training that the file keeps: of the objective, and a base score that was given. The others
          are lost when a booster is saved.
    """

    trees: XgboostTrees
    held: Mapping[str, Parameter]

    @property
    def predicts_values(self) -> bool:
        return self.trees.objective in VALUES

    def recipe(self, parameters: Mapping[str, Any] | None, classes: NDArray[Any] | None) -> XgboostRecipe | None:
        """The recipe of the booster's like, None without parameters.

        Raises ConfigurationError if a parameter is unknown or contradicts the file.
        """
        if parameters is None:
            return None
        given = require_parameters(parameters, PARAMETERS, library="xgboost")
        other = sorted(name for name, value in self.held.items() if name in given and not _same(given[name], value))
        if other:
            raise ConfigurationError(
                f"parameters that contradict the model file: {', '.join(other)}",
                where="[model.parameters] of kind 'xgboost'",
                fix="leave them out: the file holds them",
            )
        trees = self.trees
        return XgboostRecipe(
            trees.objective, trees.outputs, trees.rounds, {**self.held, **given}, classes, trees.names
        )


def load_xgboost(path: Path) -> XgboostFile:
    """The booster that `save_model` wrote as .json or .ubj.

    Raises ModelError on a file that is none, is corrupt, or splits by categories; ConfigurationError for another kind of
    file, or an objective that neither tells classes apart nor predicts one value; MissingExtra without xgboost.
    """
    xgboost = require_library("xgboost")
    if path.suffix.lower() not in SUFFIXES:
        raise ConfigurationError(
            f"'{path.suffix}' is not a kind of XGBoost file that is read",
            where=path.name,
            fix="save the booster with save_model('model.ubj') or save_model('model.json')",
        )
    content = read_bytes(path)
    if path.suffix.lower() == ".json":
        _require_sound(_parsed(content, path), path)  # before XGBoost sees it: its parser trusts what it reads
    held = require_opened(content, path, "xgboost")
    written = _parsed(held, path)
    _require_sound(written, path)
    booster = xgboost.Booster()
    try:
        booster.load_model(bytearray(held))  # what was checked, and not the file itself
        booster.set_param({"nthread": 1})
    except (xgboost.core.XGBoostError, ValueError, TypeError) as error:
        raise corrupt(path, f"XGBoost does not read it ({type(error).__name__})") from None
    return _read(booster, written["learner"], path)


def _parsed(content: bytes, path: Path) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise corrupt(path, "it is not JSON") from None


def _require_sound(written: Any, path: Path) -> None:
    """Raises ModelError unless every tree is one, on columns that the model has."""
    try:
        learner = written["learner"]
        columns = int(learner["learner_model_param"]["num_feature"])
        outputs = max(int(learner["learner_model_param"]["num_class"]), 1)
        gradient = learner["gradient_booster"]
        model = gradient["model"] if gradient["name"] == "gbtree" else gradient["gbtree"]["model"]
        places = whole_numbers(model["tree_info"])
        sound = columns > 0 and len(model["trees"]) == len(places) > 0
        sound = sound and bool(((places >= 0) & (places < outputs)).all())
        sound = sound and all(_is_sound(tree, columns) for tree in model["trees"])
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        raise corrupt(path, "its trees are not written as XGBoost writes them") from None
    if not sound:
        raise corrupt(path, "a tree does not hold together")


def _is_sound(tree: Mapping[str, Any], columns: int) -> bool:
    left, right = whole_numbers(tree["left_children"]), whole_numbers(tree["right_children"])
    column = whole_numbers(tree["split_indices"])
    lengths = {len(left), len(right), len(column), int(tree["tree_param"]["num_nodes"])}
    lengths |= {len(finite_numbers(tree["split_conditions"])), len(tree["default_left"]), len(tree["split_type"])}
    if len(lengths) > 1 or any(tree["split_type"]) or int(tree["tree_param"]["size_leaf_vector"]) > 1:
        return False
    splits = left != -1
    return is_tree(left, right, splits) and bool((column[splits] < columns).all() and (column >= 0).all())


def _read(booster: Any, learner: Mapping[str, Any], path: Path) -> XgboostFile:
    objective = str(learner["objective"]["name"])
    if objective not in (*CLASSES, *VALUES):
        raise ConfigurationError(
            "the model's objective neither tells classes apart with probabilities nor predicts one value",
            where=path.name,
            fix=f"objectives that are read: {', '.join((*CLASSES, *VALUES))}; otherwise use kind = 'callable'",
        )
    if any(str(kind) == "c" for kind in learner.get("feature_types") or ()):
        raise ModelError(
            "the model has columns of categories, whose codes its file does not tell in full",
            where=path.name,
            fix="audit it from Python with its scikit-learn class, or use kind = 'callable'",
        )
    rounds = int(booster.num_boosted_rounds())
    best = booster.attr("best_iteration")
    if best is not None and best.isdecimal() and int(best) < rounds:
        rounds = int(best) + 1
    names = tuple(str(name) for name in learner.get("feature_names") or ()) or None
    outputs = max(int(learner["learner_model_param"]["num_class"]), 1) if objective in CLASSES else 1
    trees = XgboostTrees(booster, objective, outputs, rounds, names)
    if names is not None and len(names) != trees.columns:
        raise corrupt(path, "it names another number of columns than it has")
    held: dict[str, Parameter] = {}
    for part in learner["objective"].values():
        if isinstance(part, dict):
            held |= {name: float(value) for name, value in part.items() if name in PARAMETERS}
    if str(learner["learner_model_param"].get("boost_from_average")) == "0" and outputs == 1:
        held["base_score"] = float(str(learner["learner_model_param"]["base_score"]).strip("[]"))
    gradient = learner["gradient_booster"]
    held["booster"] = str(gradient["name"])
    model = gradient["model"] if gradient["name"] == "gbtree" else gradient["gbtree"]["model"]
    held["num_parallel_tree"] = int(model["gbtree_model_param"]["num_parallel_tree"])
    return XgboostFile(trees, held)


def _same(first: Parameter, second: Parameter) -> bool:
    """Equal as text, or as numbers in XGBoost's single precision."""
    if isinstance(first, str) or isinstance(second, str):
        return first == second
    return bool(np.isclose(float(first), float(second), rtol=1e-6, atol=0.0))
