"""Bounds epsilon by opake-auditing's one-run audit from canaries' scores and coins, inside its own environment.

It guesses about every canary, by the threshold that is right most often, and inverts the law of the order statistics
(arXiv:2509.08704), for Gaussian noise or for (epsilon, delta) alone.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from opake.auditing import canary_scores, one_run
from opake.auditing.types import CoinFlip

GRID = 2_000
"""Points of its integration: a fifth of its default, for the same bound to five digits where both were run."""


def bounds(scores: np.ndarray, included: np.ndarray, *, delta: float, level: float) -> dict[str, float]:
    """scores (m,) rise with training on the canary; included (m,) bool."""
    canaries = np.arange(len(scores))
    coins = CoinFlip(
        num_canaries=len(scores),
        canary_indices=canaries,
        _in_mask=included,
        in_indices=canaries[included],
        out_indices=canaries[~included],
    )
    found = one_run(canary_scores(scores, canary_indices=canaries), coin_flip=coins)
    asked = {"delta": delta, "significance": 1.0 - level}
    return {
        "gdp": float(found.gdp(grid_size=GRID).epsilon_at(**asked)),
        "eps-delta": float(found.eps_delta().epsilon_at(**asked)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--canaries", type=Path, required=True, help="npz: scores, included")
    parser.add_argument("--out", type=Path, required=True, help="json: epsilon by method")
    parser.add_argument("--delta", type=float, required=True)
    parser.add_argument("--level", type=float, default=0.95)
    given = parser.parse_args()
    with np.load(given.canaries, allow_pickle=False) as held:
        found = bounds(held["scores"], held["included"], delta=given.delta, level=given.level)
    given.out.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
