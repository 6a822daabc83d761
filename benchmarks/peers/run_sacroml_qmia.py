"""Runs sacroml's QMIA on one split, inside sacroml's own environment.

sacroml fits its regressor on the non-members that it then evaluates. Here it is given those that --fit marks, as ours
is, and its margin is read on all records: the bench counts both on records that neither has seen.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
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
from sacroml.attacks import utils
from sacroml.attacks.qmia_attack import QMIAAttack
from sacroml.attacks.target import Target

ALPHAS = (0.01, 0.1)


def main() -> None:
    parser = runner_arguments(__doc__)
    parser.add_argument("--fit", type=Path, required=True, help="npy, (n,) bool: non-members to learn from")
    given = parser.parse_args()
    split, fit = read_split(given.split), np.load(given.fit, allow_pickle=False)
    model = fit_target(split, threads=given.threads)
    proba = model.predict_proba(split.x)
    attacks = {}
    given.out.parent.mkdir(parents=True, exist_ok=True)
    for alpha in ALPHAS:
        with tempfile.TemporaryDirectory(dir=given.out.parent) as folder:
            target = Target(
                model=model,
                dataset_name=split.name,
                X_train=split.x[split.is_member],
                y_train=split.y[split.is_member],
                X_test=split.x[fit],
                y_test=split.y[fit],
            )
            began = perf_counter()
            attack = QMIAAttack(output_dir=folder, write_report=False, alpha=alpha, random_state=given.seed % 2**31)
            attack.attack(target)
            thresholds = attack.quantile_model.predict(np.column_stack((split.x, split.y)))
            margin = utils.qmia_hinge_score(proba, split.y) - thresholds
            seconds = perf_counter() - began
        attacks[f"qmia-{alpha:g}"] = AttackResult(
            scores=np.asarray(margin, dtype=np.float64),
            evaluated=~fit,
            seconds={"all": seconds},
            setting={"alpha": alpha},
            own_report={},
        )
    write_attempt(
        Attempt(
            tool="sacroml",
            versions=versions("sacroml"),
            threads=given.threads,
            target_proba=proba,
            attacks=attacks,
            peak_memory_mb=peak_memory_mb(),
        ),
        given.out,
    )


if __name__ == "__main__":
    main()
