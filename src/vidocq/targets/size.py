"""What a model is, read from itself without a query: how many parameters, of which family, trained with which settings."""

import math
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, Final

from vidocq.core.protocols import Model, Recipe
from vidocq.targets.boosting.boosted import BoostedModel
from vidocq.targets.capacity import parameters_of
from vidocq.targets.networks.model import TorchModel
from vidocq.targets.networks.recipe import TorchRecipe

_FAMILIES: Final = {
    "linear_model": "linear",
    "discriminant_analysis": "linear",
    "tree": "tree",
    "neighbors": "neighbours",
    "svm": "vectors",
    "neural_network": "network",
}
_BOOSTED: Final = ("GradientBoosting", "AdaBoost", "XGB", "LGBM")
_BAGGED: Final = ("RandomForest", "ExtraTrees", "RandomTrees")


def parameters_in(model: Model, fitted: Any) -> int | None:
    """Parameters that were learnt: weights; of trees, their splits and leaves. None where none can be counted.

    fitted  the estimator itself, if it is at hand.
    """
    if isinstance(model, TorchModel):
        return sum(int(each.numel()) for each in model.module.parameters())
    if isinstance(model, BoostedModel):
        return _in_booster(model.trees)
    if fitted is None:
        return None
    grown = getattr(last_step(fitted), "_predictors", None)
    if isinstance(grown, list):  # trees on histograms
        return sum(2 * int(tree.get_n_leaf_nodes()) - 1 for trees in grown for tree in trees)
    return parameters_of(fitted)


def family_of(model: Model, fitted: Any) -> str | None:
    """A family of the table of precedents, or None where the kind of model is not among them."""
    if isinstance(model, TorchModel):
        return "network"
    if isinstance(model, BoostedModel):
        return "boosting"
    estimator = last_step(fitted)
    name, module = type(estimator).__name__, type(estimator).__module__.split(".")
    if any(word in name for word in _BOOSTED):
        return "boosting"
    if any(name.startswith(word) for word in _BAGGED):
        return "trees"
    if name.startswith("LinearSV"):
        return "linear"
    return _FAMILIES.get(module[1]) if module[0] == "sklearn" and len(module) > 1 else None


def settings_of(recipe: Recipe | None, fitted: Any) -> dict[str, tuple[Any, Any]]:
    """Settings of the training that are plain, by name: (value, the library's own or None where it has none)."""
    if isinstance(recipe, TorchRecipe):
        own = {field.name: field.default for field in fields(recipe.training) if field.default is not MISSING}
        return _paired({field.name: getattr(recipe.training, field.name) for field in fields(recipe.training)}, own)
    given = getattr(recipe, "parameters", None)
    if isinstance(given, Mapping):
        return _paired(given, {})
    estimator = last_step(fitted)
    if not hasattr(estimator, "get_params"):
        return {}
    try:
        own = type(estimator)().get_params(deep=False)
    except TypeError:  # it asks for something
        own = {}
    return _paired(estimator.get_params(deep=False), own)


def epochs_of(recipe: Recipe | None) -> int | None:
    """Passes over the data, where the recipe states them."""
    return recipe.training.epochs if isinstance(recipe, TorchRecipe) else None


def last_step(fitted: Any) -> Any:
    """The estimator that predicts: of a search its best, of a pipeline its last step."""
    for _ in range(8):
        if getattr(fitted, "best_estimator_", None) is not None:
            fitted = fitted.best_estimator_
        elif getattr(fitted, "steps", None):
            fitted = fitted.steps[-1][1]
        else:
            break
    return fitted


def _in_booster(trees: Any) -> int:
    if trees.library == "xgboost":
        written = trees.booster[: trees.rounds].get_dump()
        return sum(len(tree.strip().splitlines()) for tree in written)
    return sum(2 * int(tree["num_leaves"]) - 1 for tree in trees.booster.dump_model()["tree_info"])


def _paired(given: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (value, own.get(name)) for name, value in given.items() if _is_plain(value) and _is_plain(own.get(name))
    }


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | str) or (isinstance(value, float) and math.isfinite(value))
