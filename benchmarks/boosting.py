"""64 boosted reference models on UCI Adult: each with bins of its own, or all with bins of the whole table made once.

`python benchmarks/boosting.py` writes benchmarks/results/boosting.json. For each target, in turn: `alone`, what Vidocq
does, and `shared`, XGBoost's QuantileDMatrix with `ref=` and LightGBM's Dataset.subset. Two workers of one thread;
training and asking about all records are timed, by the clock and, for the ratio, in seconds of processor, which other
work on the machine changes less. Both kinds of references then attack the same target. XGBoost with
weights of 0 and 1 on the whole table, and the share of binning in scikit-learn's HistGradientBoosting, are timed on a
few models in one process.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import joblib
import lightgbm
import numpy as np
import sklearn
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.ensemble._hist_gradient_boosting.binning import _BinMapper
from threadpoolctl import threadpool_limits

from vidocq.attacks.lira import Lira
from vidocq.attacks.lira_offline import LiraOffline
from vidocq.attacks.rmia import Rmia
from vidocq.audit.sampling.design import draw_design
from vidocq.core.files import write_atomic
from vidocq.core.records import Records
from vidocq.core.signals import Signals
from vidocq.targets.boosting.boosted import BoostedModel
from vidocq.targets.boosting.lightgbm import LightgbmRecipe, LightgbmTrees
from vidocq.targets.boosting.xgboost import XgboostRecipe, XgboostTrees
from vidocq.targets.observe import from_probabilities

import adult
from paired import paired_difference
from rates import auc, tpr_at_fpr

HERE = Path(__file__).resolve().parent
SEED, MODELS, ROUNDS, WORKERS, FEW = 20261125, 64, 100, 2, 6
CLASSES = np.arange(2)
ATTACKS = {"lira": Lira(), "lira-offline": LiraOffline(), "rmia": Rmia()}
RECIPES = {
    "xgboost": XgboostRecipe("binary:logistic", 1, ROUNDS, {}, CLASSES),
    "lightgbm": LightgbmRecipe("binary", 1, ROUNDS, {}, CLASSES),
}


def alone(library: str, records: Records, rows: list[np.ndarray[Any, Any]]) -> list[BoostedModel]:
    return [RECIPES[library].fit(records.take(own), seed=k) for k, own in enumerate(rows)]


def shared(library: str, records: Records, rows: list[np.ndarray[Any, Any]]) -> list[BoostedModel]:
    """As `alone`, with bins of the whole table."""
    x, y = records.features, records.labels.astype(float)
    found: list[BoostedModel] = []
    if library == "xgboost":
        whole = xgboost.QuantileDMatrix(x, y, nthread=1)
        for own in rows:
            part = xgboost.QuantileDMatrix(x[own], y[own], nthread=1, ref=whole)
            asked = {"objective": "binary:logistic", "nthread": 1, "verbosity": 0}
            grown = xgboost.train(asked, part, ROUNDS)
            found.append(BoostedModel(XgboostTrees(grown, "binary:logistic", 1, ROUNDS), CLASSES))
        return found
    asked = {"objective": "binary", "num_threads": 1, "verbosity": -1, "deterministic": True, "force_col_wise": True}
    held = lightgbm.Dataset(x, y, params=dict(asked), free_raw_data=False).construct()
    for own in rows:
        grown = lightgbm.train(asked, held.subset(own.tolist()), ROUNDS)
        found.append(BoostedModel(LightgbmTrees(grown, "binary", 1, None), CLASSES))
    return found


def answers(way: Callable[..., list[BoostedModel]], library: str, records: Records, rows: Any) -> tuple[Any, float]:
    """(k, n) log-odds of the true class, and seconds of processor."""
    began = time.process_time()
    told = [model.probabilities(records) for model in way(library, records, rows)]
    found = np.stack([from_probabilities(one, records.labels).confidence for one in told])
    return found, time.process_time() - began


def over_workers(way: Any, library: str, records: Records, rows: Any) -> tuple[Any, float, float]:
    """Log-odds, seconds by the clock, and seconds of processor of both workers."""
    began = time.perf_counter()
    parts = [rows[first::WORKERS] for first in range(WORKERS)]
    with joblib.parallel_config(backend="loky", n_jobs=WORKERS, inner_max_num_threads=1):
        told = joblib.Parallel()(joblib.delayed(answers)(way, library, records, part) for part in parts)
    together = np.empty((len(rows), len(records)))
    for first, (part, _) in enumerate(told):
        together[first::WORKERS] = part
    return together, time.perf_counter() - began, sum(used for _, used in told)


def figures(target: Any, references: Any, on: Any, is_member: Any) -> dict[str, list[float]]:
    def loss(phi: Any) -> Any:
        return np.logaddexp(0.0, -phi)

    signals = Signals(target, loss(target), target > 0, references, loss(references), references > 0, on)
    scores = {name: attack.score(signals, rng=np.random.default_rng(0)) for name, attack in ATTACKS.items()}
    return {name: [auc(s, is_member), tpr_at_fpr(s, is_member, fpr=0.01)] for name, s in scores.items()}


def seconds_of(work: Callable[[Any], object], rows: list[Any]) -> float:
    """Seconds of processor, median over a few models."""
    found = []
    for own in rows[:FEW]:
        began = time.process_time()
        work(own)
        found.append(time.process_time() - began)
    return round(median(found), 4)


def in_one_process(records: Records, rows: list[Any]) -> dict[str, float]:
    """Seconds of processor a model."""
    x, y = records.features, records.labels
    whole = xgboost.QuantileDMatrix(x, y, nthread=1)
    asked = {"objective": "binary:logistic", "nthread": 1}

    def weighted(own: Any) -> object:
        weight = np.zeros(len(y))
        weight[own] = 1.0
        whole.set_weight(weight)
        return xgboost.train(asked, whole, ROUNDS)

    with threadpool_limits(1):
        return {
            "xgboost, rows alone": seconds_of(lambda own: alone("xgboost", records, [own]), rows),
            "xgboost, weights of 0 and 1": seconds_of(weighted, rows),
            "HistGradientBoosting, fit": seconds_of(
                lambda own: HistGradientBoostingClassifier().fit(x[own], y[own]), rows
            ),
            "HistGradientBoosting, of which bins": seconds_of(
                lambda own: _BinMapper(n_bins=256, n_threads=1).fit_transform(x[own]), rows
            ),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--targets", type=int, default=3)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "boosting.json")
    given = parser.parse_args()
    ways = {"alone": alone, "shared": shared}
    seconds: dict[str, dict[str, list[float]]] = {name: {way: [] for way in ways} for name in RECIPES}
    processor: dict[str, dict[str, list[float]]] = {name: {way: [] for way in ways} for name in RECIPES}
    told: dict[str, dict[str, list[Any]]] = {name: {way: [] for way in ways} for name in RECIPES}
    apart: dict[str, list[float]] = {name: [] for name in RECIPES}
    for place, split in enumerate(adult.splits(given.targets, seed=SEED)):
        records = Records(split.x, split.y, tuple(f"x{j}" for j in range(split.x.shape[1])))
        on = draw_design(len(split.y), MODELS, share=0.5, rng=np.random.default_rng([SEED, place])).trained_on
        rows = [np.flatnonzero(row) for row in on]
        if place == 0:
            few = in_one_process(records, rows)
        for name in RECIPES:
            over_workers(alone, name, records, rows[:WORKERS])  # workers are started, libraries loaded
            target = answers(alone, name, records, [np.flatnonzero(split.is_member)])[0][0]
            held = {}
            for way in ways if place % 2 == 0 else reversed(ways):
                held[way], took, used = over_workers(ways[way], name, records, rows)
                seconds[name][way].append(took)
                processor[name][way].append(used)
                told[name][way].append(figures(target, held[way], on, split.is_member))
                print(name, way, f"{took:.2f} {used:.2f}", told[name][way][-1], flush=True)
            spread = float(np.median(held["alone"].std(axis=0, ddof=1)))
            apart[name].append(float(np.median(np.abs(held["alone"] - held["shared"]))) / spread)
    rng = np.random.default_rng(SEED)
    kept = {
        "versions": {
            "xgboost": xgboost.__version__,
            "lightgbm": lightgbm.__version__,
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
        },
        "models": MODELS,
        "rounds": ROUNDS,
        "workers": WORKERS,
        "records": len(records) // 2,
        "columns": len(records.columns),
        "targets": given.targets,
        "seconds_a_model_in_one_process": few,
        "libraries": {
            name: {
                "seconds": {way: [round(t, 2) for t in taken] for way, taken in seconds[name].items()},
                "processor_seconds": {way: [round(t, 2) for t in used] for way, used in processor[name].items()},
                "ratio": round(
                    median(a / b for a, b in zip(processor[name]["alone"], processor[name]["shared"], strict=True)), 3
                ),
                "distance_in_spreads_between_models": round(median(apart[name]), 4),
                "attacks": {
                    attack: {
                        figure: {
                            **{
                                way: round(float(np.mean([t[attack][i] for t in told[name][way]])), 4) for way in ways
                            },
                            "shared_minus_alone": [
                                round(bound, 4)
                                for bound in paired_difference(
                                    [t[attack][i] for t in told[name]["shared"]],
                                    [t[attack][i] for t in told[name]["alone"]],
                                    rng=rng,
                                ).t_interval
                            ],
                        }
                        for i, figure in enumerate(("auc", "tpr_at_1_percent"))
                    }
                    for attack in ATTACKS
                },
            }
            for name in RECIPES
        },
    }
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(kept, indent=1))


if __name__ == "__main__":
    main()
