"""Every membership attack of the thorough suite on one and the same targets: UCI Adult, a random forest, 64 references.

`python benchmarks/attacks.py` writes benchmarks/results/attacks.json: AUC and TPR at 1 % on the persons each attack is
counted on, target by target, and RMIA again with four of the reference models.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

import numpy as np

import vidocq
from vidocq.attacks.rmia import Rmia
from vidocq.core.files import write_atomic

import adult
from peers.handover import Split, fit_target
from rates import auc, tpr_at_fpr

HERE = Path(__file__).resolve().parent
SEED, REFERENCES, FEW = 20261122, 64, 4


def measured(split: Split, *, workers: int) -> dict[str, Any]:
    model = fit_target(split, threads=workers)
    sides = split.is_member, ~split.is_member
    result: Any = vidocq.audit(
        model,
        members=(split.x[sides[0]], split.y[sides[0]]),
        non_members=(split.x[sides[1]], split.y[sides[1]]),
        split="randomised",
        declared_by="benchmark",
        suite="thorough",
        references=REFERENCES,
        workers=workers,
        seed=SEED,
    )
    performed = result.performed
    found = {}
    for reading in performed.examination.readings:
        scores, is_member = reading.target[reading.counted], performed.population.is_member[reading.counted]
        found[reading.attack.card.id] = rates(scores, is_member)
    few = performed.signals.only(np.arange(FEW))
    scores = Rmia().score(few, rng=np.random.default_rng(SEED))
    found["rmia, 4 references"] = rates(scores, performed.population.is_member_record)
    seconds = {name: round(value, 2) for name, value in performed.seconds.items()}
    caught = {c.attack: c.caught for c in performed.examination.positive}
    return {"attacks": found, "seconds": seconds, "controls": caught}


def rates(scores: np.ndarray, is_member: np.ndarray) -> dict[str, float]:
    return {
        "auc": auc(scores, is_member),
        "tpr": tpr_at_fpr(scores, is_member, fpr=0.01),
        "counted_non_members": int((~is_member).sum()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--targets", type=int, default=5)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "attacks.json")
    given = parser.parse_args()
    targets = [measured(split, workers=os.cpu_count() or 1) for split in adult.splits(given.targets, seed=SEED)]
    names = targets[0]["attacks"]
    mean = {
        name: {figure: float(np.mean([t["attacks"][name][figure] for t in targets])) for figure in ("auc", "tpr")}
        for name in names
    }
    kept = {"references": REFERENCES, "seed": SEED, "mean": mean, "targets": targets}
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(mean, indent=1))


if __name__ == "__main__":
    main()
