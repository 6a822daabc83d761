"""Our one-run bounds beside opake-auditing's, on the same canaries, coins and trainings as one_run.py.

`python benchmarks/one_run_peers.py` writes benchmarks/results/one-run-peers.json: the epsilon that each shows, as a share
of the exact one, on five trainings at each epsilon. Ours guess about as many canaries as were planned before; opake-auditing
guesses about all of them, by a threshold that it chooses after the fact.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.attacks.one_run import OneRun
from vidocq.core.files import write_atomic
from vidocq.core.version import VERSION
from vidocq.measure.guesses import plan_guesses
from vidocq.measure.one_run_bounds import bound_named
from vidocq.measure.trade_off import gaussian_mu

from environments import HERE, environment
from one_run import DELTA, OWN_FEATURE, STEPS, WANTED, train
from paired import paired_difference

EPSILONS, CANARIES, LEVEL, SEED = (2.0, 4.0, 8.0), 10_000, 0.95, 20261125
HELD = (("f-dp-gaussian", "opake gdp"), ("f-dp", "opake eps-delta"), ("steinke", "opake eps-delta"))


def ours(scores: np.ndarray, included: np.ndarray, *, epsilon: float, rng: np.random.Generator) -> dict[str, float]:
    found = {}
    for bound in WANTED:
        number = plan_guesses(CANARIES, epsilon=epsilon, delta=DELTA, bound=bound).number
        guesses = OneRun().guess(scores, number=number, rng=rng)
        correct = int((guesses == np.where(included, 1, -1))[guesses != 0].sum())
        found[bound] = float(bound_named(bound)(CANARIES, number, correct, delta=DELTA, level=LEVEL))
    return found


def theirs(scores: np.ndarray, included: np.ndarray) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "canaries.npz", Path(folder) / "bounds.json"
        np.savez(given, scores=scores, included=included)
        runner = HERE / "peers" / "run_opake.py"
        asked = ["--canaries", given, "--out", out, "--delta", DELTA, "--level", LEVEL]
        subprocess.run([str(environment("opake")), str(runner), *map(str, asked)], check=True, capture_output=True)
        found: dict[str, float] = json.loads(out.read_text(encoding="utf-8"))
    return {f"opake {name}": value for name, value in found.items()}


def shares(epsilon: float, seed: int) -> dict[str, float]:
    """Of the exact epsilon, by bound: 1 would be all of it, and more than 1 would be wrong."""
    rng = np.random.default_rng([SEED, seed, round(1000 * epsilon)])
    included = rng.random(CANARIES) < 0.5
    scores = OWN_FEATURE * train(included, noise=math.sqrt(STEPS) / gaussian_mu(epsilon, DELTA), rng=rng).own
    shown = ours(scores, included, epsilon=epsilon, rng=rng) | theirs(scores, included)
    return {name: value / epsilon for name, value in shown.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--targets", type=int, default=5)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "one-run-peers.json")
    given = parser.parse_args()
    kept: dict[str, Any] = {
        "version": VERSION,
        "delta": DELTA,
        "level": LEVEL,
        "canaries": CANARIES,
        "seed": SEED,
        "epsilons": {},
    }
    for epsilon in EPSILONS:
        targets = [shares(epsilon, seed) for seed in range(given.targets)]
        pairs = {}
        for one, two in HELD:
            rng = np.random.default_rng(SEED)
            values = [[target[name] for target in targets] for name in (one, two)]
            pairs[f"{one} - {two}"] = asdict(paired_difference(*values, rng=rng))
        kept["epsilons"][f"{epsilon:g}"] = {"targets": targets, "pairs": pairs}
        write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
        print(epsilon, json.dumps(targets), json.dumps(pairs), flush=True)


if __name__ == "__main__":
    main()
