"""64 logistic models on 5,000 x 107 records of UCI Adult, trained together and one by one by scikit-learn.

`python benchmarks/logistic_stack.py` writes benchmarks/results/logistic-stack.json: in turn, as pairs, the stack, and
scikit-learn's lbfgs and newton-cholesky, each with one thread and with all, of which the faster counts.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from vidocq.core.files import write_atomic
from vidocq.core.records import Records
from vidocq.targets.sklearn import SklearnRecipe

import adult

HERE = Path(__file__).resolve().parent
SEED, MODELS = 20261122, 64


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "logistic-stack.json")
    given = parser.parse_args()
    split = adult.splits(1, seed=SEED)[0]
    records = Records(split.x, split.y, tuple(f"x{j}" for j in range(split.x.shape[1])))
    rng = np.random.default_rng(SEED)
    on = np.zeros((MODELS, len(records)), dtype=bool)
    for row in on:
        row[rng.choice(len(records), size=len(records) // 2, replace=False)] = True
    recipe = SklearnRecipe(LogisticRegression(max_iter=1000), classes=np.unique(split.y))

    def stack() -> list[Any]:
        return list(recipe.fit_stack(records, on, seeds=range(MODELS)))

    def alone(**parameters: Any) -> list[Any]:
        made = LogisticRegression(max_iter=1000, **parameters)
        return [made.fit(split.x[row], split.y[row]) and made.coef_.copy() for row in on]

    cores = os.cpu_count() or 1
    ways = {}
    for threads in sorted({1, cores}):
        ways[f"stack, threads: {threads}"] = (stack, threads)
        for solver in ("lbfgs", "newton-cholesky"):
            ways[f"{solver}, threads: {threads}"] = ((lambda s=solver: alone(solver=s)), threads)
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(given.pairs):
        for name, (work, threads) in ways.items():
            with threadpool_limits(threads):
                began = time.perf_counter()
                work()
                times[name].append(time.perf_counter() - began)
                print(name, f"{times[name][-1]:.2f}", flush=True)
    exact = alone(solver="newton-cholesky", tol=1e-8)
    coefficients = [model.stack.coefficients[k][:, 0] for k, model in enumerate(stack())]
    best = {
        way: min(median(held) for name, held in times.items() if name.startswith(way))
        for way in ("stack", "lbfgs", "newton-cholesky")
    }
    kept = {
        "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "cores": cores,
        "models": MODELS,
        "records": int(on[0].sum()),
        "columns": split.x.shape[1],
        "seconds": {name: [round(t, 3) for t in held] for name, held in times.items()},
        "median": {name: round(median(held), 3) for name, held in times.items()},
        "ratio_of_best": {way: round(best[way] / best["stack"], 2) for way in ("lbfgs", "newton-cholesky")},
        "largest_difference_of_coefficients": float(
            max(np.abs(a - b[0]).max() for a, b in zip(coefficients, exact, strict=True))
        ),
    }
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(kept, indent=1))


if __name__ == "__main__":
    main()
