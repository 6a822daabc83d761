"""Runs adversarial-robustness-toolbox's label-only boundary attack on some records of a split, in its own environment.

The toolbox decides by a threshold on the distance that HopSkipJump finds, 0 where the label is wrong already. The
distance itself is kept here, so that the bench reads AUC and TPR from it; --rows marks the records it is found for.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import numpy as np
from art.attacks.evasion import HopSkipJump
from art.estimators.classification.scikitlearn import SklearnClassifier
from handover import (
    AttackResult,
    Attempt,
    fit_target,
    peak_memory_mb,
    read_split,
    runner_arguments,
    versions,
    write_attempt,
)

SETTING = {"norm": 2, "max_iter": 5, "max_eval": 200, "init_eval": 20, "init_size": 50}


def main() -> None:
    parser = runner_arguments(__doc__)
    parser.add_argument("--rows", type=Path, required=True, help="npy, (n,) bool: records to attack")
    given = parser.parse_args()
    split, rows = read_split(given.split), np.load(given.rows, allow_pickle=False)
    model = fit_target(split, threads=1)
    model.n_jobs = 1
    low, high = split.x.min(axis=0), split.x.max(axis=0)
    high = np.where(high > low, high, low + 1.0)  # it refuses columns of one value
    classifier = SklearnClassifier(model=model, clip_values=(low.astype(np.float32), high.astype(np.float32)))
    answer, asked = classifier.predict, [0]

    def counted(x: np.ndarray, *rest: object, **options: object) -> np.ndarray:
        asked[0] += len(x)
        return np.asarray(answer(x, *rest, **options))

    classifier.predict = counted
    np.random.seed(given.seed % 2**31)  # noqa: NPY002 (it draws from numpy's global generator)
    x = split.x[rows].astype(np.float32)
    truth = np.eye(len(np.unique(split.y)))[split.y[rows]]
    began = perf_counter()
    changed = HopSkipJump(classifier=classifier, targeted=False, verbose=False, **SETTING).generate(x=x, y=truth)
    distance = np.linalg.norm((changed - x).reshape(len(x), -1), axis=1)
    distance[model.predict(x) != split.y[rows]] = 0.0
    seconds = perf_counter() - began
    scores = np.zeros(len(split.y))
    scores[rows] = distance
    write_attempt(
        Attempt(
            tool="art",
            versions=versions("adversarial-robustness-toolbox"),
            threads=1,
            target_proba=model.predict_proba(split.x),
            attacks={
                "label-only-boundary": AttackResult(
                    scores=scores,
                    evaluated=rows,
                    seconds={"all": seconds},
                    setting={**SETTING, "queries_per_record": asked[0] / int(rows.sum())},
                )
            },
            peak_memory_mb=peak_memory_mb(),
        ),
        given.out,
    )


if __name__ == "__main__":
    main()
