"""Time and memory of scoring alone: LiRA and RMIA on 25,000, 50,000 and 100,000 records by 64 reference models."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

from vidocq.attacks.lira import Lira
from vidocq.attacks.rmia import Rmia
from vidocq.core.files import write_atomic
from vidocq.core.signals import Signals

HERE = Path(__file__).resolve().parent
SIZES = (25_000, 50_000, 100_000)
MODELS = 64


def signals_of(n: int, rng: np.random.Generator) -> Signals:
    trained_on = np.zeros((MODELS, n), dtype=bool)
    for k in range(0, MODELS, 2):
        trained_on[k] = rng.random(n) < 0.5
        trained_on[k + 1] = ~trained_on[k]
    references = rng.normal(size=(MODELS, n)) + trained_on
    target = rng.normal(size=n)
    return Signals(
        target,
        np.logaddexp(0.0, -target),
        target > 0,
        references,
        np.logaddexp(0.0, -references),
        references > 0,
        trained_on,
    )


def once(n: int) -> None:
    """In a process of its own, so that the peak of memory is that of this size."""
    rng = np.random.default_rng(n)
    signals = signals_of(n, rng)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        for attack in (Lira(), Rmia()):
            attack.score(signals, rng=rng)
        seconds.append(time.perf_counter() - start)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {"seconds": median(seconds), "peak_mib": after / 1024, "above_inputs_mib": (after - before) / 1024}
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", type=int)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "scoring.json")
    given = parser.parse_args()
    if given.once:
        once(given.once)
        return
    found = {}
    for n in SIZES:
        command = [sys.executable, __file__, "--once", str(n)]
        found[str(n)] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(n, found[str(n)])
    kept = {"models": MODELS, "cores": os.cpu_count(), "load_average": os.getloadavg()[0], "sizes": found}
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())


if __name__ == "__main__":
    main()
