"""What the filters of prompts stop of what asks for somebody's data or for endless repetition, and of what does neither.

`python benchmarks/guard_prompts.py` writes benchmarks/results/guard_prompts.json: shares with 95 % intervals, for the prompts that were
in view while the rules were written and for those kept aside (made_prompts.py).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from made_prompts import CLEAN, REPETITIONS, REQUESTS, halves
from vidocq.core.files import write_atomic
from vidocq.core.guarding import Surface
from vidocq.filters.guard import Guard
from vidocq.filters.repetition import Repetition
from vidocq.filters.requests import Requests
from vidocq.measure.intervals import clopper_pearson

HERE = Path(__file__).resolve().parent
SEED = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "results" / "guard_prompts.json")
    parser.add_argument("--show", action="store_true", help="What went wrong among the prompts in view.")
    given = parser.parse_args()
    filters = {"requests": Guard([Requests()]), "repetition": Guard([Repetition()])}
    both = Guard([Requests(), Repetition()])
    found: dict[str, object] = {}
    for name, prompts, guard in (
        ("requests", REQUESTS, filters["requests"]),
        ("repetition", REPETITIONS, filters["repetition"]),
        ("clean", CLEAN, both),
    ):
        for part, some in zip(("in_view", "aside"), halves(prompts, seed=SEED), strict=True):
            stopped = [guard.check(prompt, Surface.PROMPT).blocked is not None for prompt in some]
            found[f"{name}_{part}"] = clopper_pearson(sum(stopped), len(some)).to_dict()
            if given.show and part == "in_view":
                _show(name, some, stopped)
    write_atomic(given.out, (json.dumps(found, indent=1, sort_keys=True) + "\n").encode())
    for name, figures in found.items():
        print(name, figures)


def _show(name: str, prompts: Sequence[str], stopped: Sequence[bool]) -> None:
    for prompt, was_stopped in zip(prompts, stopped, strict=True):
        if was_stopped == (name == "clean"):
            print(f"{name}: {prompt[:120]!r}")


if __name__ == "__main__":
    main()
