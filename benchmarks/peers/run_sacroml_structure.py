"""Runs sacroml's structural attack on one split, inside its own environment: flags about the model, none about outsiders.

Its figures about single records are of training records only; the bench notes how many of them are flagged.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from time import perf_counter

import numpy as np
from handover import fit_target, read_split, runner_arguments, versions
from sacroml.attacks.structural_attack import StructuralAttack
from sacroml.attacks.target import Target


def main() -> None:
    given = runner_arguments(__doc__).parse_args()
    split = read_split(given.split)
    model = fit_target(split, threads=1)
    target = Target(
        model=model,
        dataset_name=split.name,
        X_train=split.x[split.is_member],
        y_train=split.y[split.is_member],
        X_test=split.x[~split.is_member],
        y_test=split.y[~split.is_member],
    )
    given.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.out.parent) as folder:
        attack = StructuralAttack(output_dir=folder, write_report=False, report_individual=True)
        began = perf_counter()
        attack.attack(target)
        seconds = perf_counter() - began
    said = {name: value for name, value in asdict(attack.results).items() if isinstance(value, bool | np.bool_)}
    small = np.asarray(attack.record_level_results.k_anonymity) < attack.THRESHOLD
    found = {
        "flags": {name: bool(value) for name, value in said.items()},
        "members_in_small_cells": float(small.mean()),
        "threshold": int(attack.THRESHOLD),
        "seconds": seconds,
        "versions": versions("sacroml"),
    }
    given.out.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
