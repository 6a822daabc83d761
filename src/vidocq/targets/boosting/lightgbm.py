"""Boosted trees of LightGBM: a booster from its own file, and the recipe that trains its like.

lightgbm is an extra: `pip install "vidocq[lightgbm]"`. Nothing is unpickled. The file is checked before LightGBM parses
it, in C++, and LightGBM parses it first in a process of its own, which may fall: a file damaged at random was seen to
end the process that reads it.
"""

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
from vidocq.targets.boosting.lightgbm_text import LightgbmText, NotLightgbm, read_text
from vidocq.targets.boosting.probe import require_opened
from vidocq.targets.classes import require_known_labels
from vidocq.targets.described import described, version_of
from vidocq.targets.foreign import foreign_code

CLASSES = ("binary", "multiclass")
VALUES = ("regression", "regression_l1", "huber", "fair", "poisson", "quantile", "mape", "gamma", "tweedie")
_GROWTH = """
alpha bagging_fraction bagging_freq bin_construct_sample_cnt boost_from_average boosting cegb_penalty_split
cegb_tradeoff data_sample_strategy drop_rate enable_bundle extra_trees fair_c feature_fraction
feature_fraction_bynode feature_pre_filter interaction_constraints is_enable_sparse is_unbalance lambda_l1
lambda_l2 learning_rate max_bin max_bin_by_feature max_delta_step max_depth max_drop min_data_in_bin
min_data_in_leaf min_gain_to_split min_sum_hessian_in_leaf monotone_constraints monotone_constraints_method
monotone_penalty neg_bagging_fraction num_grad_quant_bins num_leaves other_rate path_smooth
poisson_max_delta_step pos_bagging_fraction quant_train_renew_leaf reg_sqrt scale_pos_weight sigmoid skip_drop
stochastic_rounding top_rate tweedie_variance_power uniform_drop use_missing use_quantized_grad
xgboost_dart_mode zero_as_missing
"""
PARAMETERS = frozenset(_GROWTH.split())
"""Those that say how trees are grown, and nothing else: no file, no machine, no device, no seed."""
_ELSEWHERE = frozenset(
    ("cegb_penalty_feature_coupled", "cegb_penalty_feature_lazy", "feature_contri", "forcedbins_filename")
) | {"forcedsplits_filename", "linear_tree"}
"""Parameters that change the trees and are not taken: one that is set cannot be passed over."""
_UNSET = ("", "0")


@dataclass(frozen=True, eq=False)
class LightgbmTrees:
    """A booster, asked about all its rounds."""

    booster: Any
    objective: str
    outputs: int
    names: tuple[str, ...] | None
    sigmoid: float = 1.0
    library: ClassVar[str] = "lightgbm"

    @property
    def columns(self) -> int:
        return int(self.booster.num_feature())

    def margins(self, table: FloatArray) -> FloatArray:
        """(n, outputs) float64; for a regression, the predicted values."""
        raw = self.objective in CLASSES
        found = self.booster.predict(table, raw_score=raw, num_threads=1)
        return self.sigmoid * np.asarray(found, dtype=np.float64).reshape(len(table), -1)


@dataclass(frozen=True, eq=False)
class LightgbmRecipe(OneByOne):
    """How the audited booster was trained: `lightgbm.train` with these parameters, for so many rounds.

    objective, outputs, rounds, names  of the audited booster.
    parameters  those of `PARAMETERS`, from its file or as given.
    classes     of the target; None for a regression.
    """

    objective: str
    outputs: int
    rounds: int
    parameters: Mapping[str, Parameter]
    classes: NDArray[Any] | None
    names: tuple[str, ...] | None = None

    def fit(self, records: Records, *, seed: int) -> BoostedModel:
        """A booster trained on the records, on one thread. Raises DataError on unknown labels, ModelError if it fails.

        LightGBM chooses by a stopwatch how it walks the table, which changes how sums round: the choice is made here.
        """
        lightgbm = require_library("lightgbm")
        table = table_for(records, len(records.columns) if self.names is None else len(self.names), self.names)
        labels = records.labels if self.classes is None else require_known_labels(records.labels, self.classes)
        asked = {
            **self.parameters,
            "objective": self.objective,
            "seed": Seeds(seed).integer("lightgbm") % 2**31,
            "num_threads": 1,
            "deterministic": True,
            "force_col_wise": True,
            "verbosity": -1,
        }
        if self.outputs > 1:
            asked["num_class"] = self.outputs
        with foreign_code(
            "training a reference model",
            where=f"targets.boosting.lightgbm, {len(records)} records",
            fix="call lightgbm.train with the same parameters on half of the members to see its message",
        ):
            held = lightgbm.Dataset(table, labels.astype(np.float64), params=dict(asked))
            grown = lightgbm.train(asked, held, num_boost_round=self.rounds)
        sigmoid = float(self.parameters.get("sigmoid", 1.0)) if self.objective == "binary" else 1.0
        return BoostedModel(LightgbmTrees(grown, self.objective, self.outputs, self.names, sigmoid), self.classes)

    def describe(self) -> dict[str, Any]:
        return {
            "kind": "lightgbm",
            "objective": self.objective,
            "outputs": self.outputs,
            "rounds": self.rounds,
            "parameters": described(dict(self.parameters)),
            "versions": {"lightgbm": version_of("lightgbm")},
            "classes": None if self.classes is None else described(self.classes),
            "columns": None if self.names is None else list(self.names),
        }


@dataclass(frozen=True, eq=False)
class LightgbmFile:
    """What a model file holds: the trees, and in most files every parameter of their training."""

    trees: LightgbmTrees
    text: LightgbmText

    @property
    def predicts_values(self) -> bool:
        return self.trees.objective in VALUES

    def recipe(self, parameters: Mapping[str, Any] | None, classes: NDArray[Any] | None) -> LightgbmRecipe | None:
        """The recipe of the booster's like; parameters given take the place of the file's. None if there are none.

        Raises ConfigurationError if a parameter is unknown, or the file holds one that is not taken.
        """
        held = self.text.parameters
        if parameters is None and not held:
            return None
        refused = sorted(name for name in _ELSEWHERE if held.get(name, "") not in _UNSET)
        if refused:
            raise ConfigurationError(
                f"the model was trained with parameters that are not taken: {', '.join(refused)}",
                where="[model] kind = 'lightgbm'",
                fix="give fit, a function that trains it, or audit it from Python with its scikit-learn class",
            )
        given = require_parameters(parameters or {}, PARAMETERS, library="lightgbm")
        kept = {name: value for name, value in self.trees.booster.params.items() if name in PARAMETERS}
        return LightgbmRecipe(
            self.trees.objective,
            self.trees.outputs,
            self.text.rounds,
            {**kept, **given},
            classes,
            self.trees.names,
        )


def load_lightgbm(path: Path) -> LightgbmFile:
    """The booster that `save_model` wrote as text.

    Raises ModelError on a file that is none, is corrupt, or splits by categories; ConfigurationError on an objective
    that neither tells classes apart nor predicts one value; MissingExtra without lightgbm.
    """
    lightgbm = require_library("lightgbm")
    content = read_bytes(path)
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
        read = read_text(text)
    except UnicodeDecodeError:
        raise corrupt(path, "it is not text") from None
    except NotLightgbm as reason:
        raise corrupt(path, str(reason)) from None
    if read.categories:
        raise ModelError(
            "the model has columns of categories, whose codes its file does not tell in full",
            where=path.name,
            fix="audit it from Python with its scikit-learn class, or use kind = 'callable'",
        )
    objective = read.objective[0]
    if objective not in (*CLASSES, *VALUES):
        raise ConfigurationError(
            "the model's objective neither tells classes apart with probabilities nor predicts one value",
            where=path.name,
            fix=f"objectives that are read: {', '.join((*CLASSES, *VALUES))}; otherwise use kind = 'callable'",
        )
    # Without the sizes of its trees the text is read in order, and not where forged sizes point to.
    plain = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("tree_sizes="))
    require_opened(plain.encode(), path, "lightgbm")
    try:
        booster = lightgbm.Booster(model_str=plain)
    except (lightgbm.basic.LightGBMError, ValueError, TypeError) as error:
        raise corrupt(path, f"LightGBM does not read it ({type(error).__name__})") from None
    named = any(name != f"Column_{j}" for j, name in enumerate(read.names))
    sigmoid = [float(part.partition(":")[2]) for part in read.objective if part.startswith("sigmoid:")]
    trees = LightgbmTrees(
        booster, objective, read.outputs, read.names if named else None, sigmoid[0] if sigmoid else 1.0
    )
    return LightgbmFile(trees, read)
