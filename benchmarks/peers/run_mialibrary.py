"""Scores signals by mialibrary's LiRA and RMIA, inside its own environment.

mialibrary trains nothing: it is handed the log-odds of the true label by the target and by the reference models, the
same that our attacks read, and each model in turn is its target. The scores of the first, the real one, are kept. Its
four settings of LiRA and its two of RMIA are all scored. RMIA's population is all the audited records: it has the finest
steps there, and steps are all that a population decides.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from mialibrary.lira.compute_score import compute_lira_score
from mialibrary.rmia.compute_score import compute_score_rmia
from mialibrary.rmia.rmia import sigmoid


def scores(log_odds: np.ndarray, trained_on: np.ndarray) -> dict[str, np.ndarray]:
    """log_odds, trained_on: (models, n), the target first. Returns (n,) for each attack and setting."""
    found = {}
    for centre in ("mean", "median"):
        for spread in ("local", "global"):
            setting = {"fix_variance": spread == "global", "use_median": centre == "median"}
            found[f"lira-{centre}-{spread}"] = compute_lira_score(log_odds[:, :, None], trained_on, **setting)[0]
    probability = sigmoid(log_odds)
    for mode in ("online", "offline"):
        # No number of models: told one, it would leave out the last of an odd number.
        found[f"rmia-{mode}"] = compute_score_rmia(probability, probability, trained_on, offline=mode == "offline")[0]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--signals", type=Path, required=True, help="npz: log_odds and trained_on, target first")
    parser.add_argument("--out", type=Path, required=True, help="npz: the scores of the target, by attack")
    given = parser.parse_args()
    with np.load(given.signals, allow_pickle=False) as signals:
        np.savez_compressed(given.out, **scores(signals["log_odds"], signals["trained_on"]))


if __name__ == "__main__":
    main()
