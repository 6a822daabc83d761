"""Runs adversarial-robustness-toolbox's label-only boundary attack on some records of a split, in its own environment.

The toolbox decides by a threshold on the distance that HopSkipJump finds, 0 where the label is wrong already. The
distance itself is kept here, so that the bench reads AUC and TPR from it; --rows marks the records it is found for.
HopSkipJump halves its step until the label changes, and never ends where rounding has put its point on the wrong side of
the boundary: such a record is begun anew. The forest answers tree by tree, without scikit-learn's checks at each call, which would take most of the time: the
answers are the same to the last bit, and the runner stops if they are not.
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
from sklearn.ensemble import RandomForestClassifier

SETTING = {"norm": 2, "max_iter": 50, "max_eval": 10_000, "init_eval": 100, "init_size": 100}
"""HopSkipJump's defaults."""


ENDLESS = 1_000
"""Queries about one point at a time, in a row: its longest search that ends takes a tenth of that."""
BEGINNINGS = 5


class Endless(Exception):
    """The step search will not end."""


def answers(model: RandomForestClassifier, x: np.ndarray) -> np.ndarray:
    """(n, classes) what `model.predict_proba` answers, trees summed in the same order."""
    rows = np.ascontiguousarray(x, dtype=np.float32)
    total = np.zeros((len(rows), len(model.classes_)))
    for tree in model.estimators_:
        total += tree.tree_.predict(rows)
    return total / len(model.estimators_)


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
    proba = model.predict_proba(split.x)
    if not np.array_equal(answers(model, split.x), proba):
        raise SystemExit("the forest's own answers differ from those of its trees taken one by one")
    asked, alone, anew = [0], [0], [0]

    def counted(x: np.ndarray, **options: object) -> np.ndarray:
        asked[0] += len(x)
        alone[0] = alone[0] + 1 if len(x) == 1 else 0
        if alone[0] > ENDLESS:
            raise Endless
        return answers(model, x)

    def changed_label(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """(d,) the nearest point found whose label is another; the record itself where none was found."""
        for _ in range(BEGINNINGS):
            alone[0] = 0
            try:
                return np.asarray(search.generate(x=x[None], y=y[None])[0])
            except Endless:
                anew[0] += 1
        return x

    classifier.predict = counted
    np.random.seed(given.seed % 2**31)  # noqa: NPY002 (it draws from numpy's global generator)
    x = split.x[rows].astype(np.float32)
    truth = np.eye(len(np.unique(split.y)))[split.y[rows]]
    began = perf_counter()
    search = HopSkipJump(classifier=classifier, targeted=False, verbose=False, **SETTING)
    changed = np.stack([changed_label(one, label) for one, label in zip(x, truth, strict=True)])
    distance = np.linalg.norm((changed - x).reshape(len(x), -1), axis=1)
    unmoved = float(np.mean(distance == 0.0))
    distance[model.predict(x) != split.y[rows]] = 0.0
    seconds = perf_counter() - began
    scores = np.zeros(len(split.y))
    scores[rows] = distance
    write_attempt(
        Attempt(
            tool="art",
            versions=versions("adversarial-robustness-toolbox"),
            threads=1,
            target_proba=proba,
            attacks={
                "label-only-boundary": AttackResult(
                    scores=scores,
                    evaluated=rows,
                    seconds={"all": seconds},
                    setting={
                        **SETTING,
                        "queries_per_record": asked[0] / int(rows.sum()),
                        "no_boundary_found": unmoved,
                        "begun_anew": anew[0],
                    },
                )
            },
            peak_memory_mb=peak_memory_mb(),
        ),
        given.out,
    )


if __name__ == "__main__":
    main()
