"""Why two LiRA of the same name differ: from sacroml's formula to ours, one step at a time, on the same models.

Breast cancer, 20 splits, default forest, 100 reference models. Each step is scored on the signals of one and the same
audit; the AUC of the first one says whether the formula is understood (sacroml's own is in peers.json).
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from statistics import fmean

import numpy as np
from scipy.stats import norm

from vidocq.attacks.lira import Lira
from vidocq.attacks.lira_offline import LiraOffline
from vidocq.core.files import write_atomic

import cancer
from audited import audited
from peers.handover import Split
from rates import auc

HERE = Path(__file__).resolve().parent
CLIP = float(np.log1p(-1e-16) - np.log(1e-16))
REFERENCES, SEED = 100, 20261122


def own_gaussian(target: np.ndarray, outside: np.ndarray) -> np.ndarray:
    """Distribution function of the target's signal (n,) under each record's own OUT mean and deviation.

    outside  (k, n), NaN where the model was trained on the record.
    """
    mean, deviation = np.nanmean(outside, axis=0), np.nanstd(outside, axis=0) + 1e-16
    return norm.cdf((target - mean) / deviation)


def steps(split: Split, *, workers: int) -> dict[str, float]:
    _, result = audited(split, references=REFERENCES, threads=workers, seed=SEED)
    signals, raw = result.performed.signals, result.performed.references
    is_member, rng = result.performed.population.is_member_record, np.random.default_rng(SEED)
    bound = np.abs(signals.reference_confidence).max()
    clipped_target = np.where(
        np.abs(signals.target_confidence) >= bound,
        np.sign(signals.target_confidence) * CLIP,
        signals.target_confidence,
    )
    clipped = np.clip(raw.confidence, -CLIP, CLIP)
    outside = ~signals.trained_on
    return {
        "own_gaussian": auc(own_gaussian(clipped_target, np.where(outside, clipped, np.nan)), is_member),
        "bounded": auc(
            own_gaussian(signals.target_confidence, np.where(outside, signals.reference_confidence, np.nan)),
            is_member,
        ),
        "shrunk": auc(LiraOffline().score(signals, rng=rng), is_member),
        "both_worlds": auc(Lira().score(signals, rng=rng), is_member),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--splits", type=int, default=20)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "steps.json")
    given = parser.parse_args()
    found = [steps(split, workers=os.cpu_count() or 1) for split in cancer.splits(given.splits)]
    kept = {
        "references": REFERENCES,
        "splits": given.splits,
        "mean_auc": {k: fmean(f[k] for f in found) for k in found[0]},
    }
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(kept, indent=1))


if __name__ == "__main__":
    main()
