"""Runs Vidocq's public audit on one split, as a user would: reference models trained, every attack, every control."""

from __future__ import annotations

import numpy as np

from audited import audited, places
from peers.handover import (
    AttackResult,
    Attempt,
    Split,
    peak_memory_mb,
    read_split,
    runner_arguments,
    versions,
    write_attempt,
)


def attack(split: Split, *, references: int, threads: int, seed: int) -> Attempt:
    """`seconds` of each attack are those of the whole audit: nothing is left out of what a user waits for."""
    model, result = audited(split, references=references, threads=threads, seed=seed)
    place = places(split, result)
    evaluated = np.zeros(len(split.y), dtype=bool)
    evaluated[place] = True
    seconds = {name: spent for name, spent in result.performed.seconds.items() if name != "total"}
    attacks = {}
    for name in ("loss", "lira-offline", "lira"):
        scores = np.zeros(len(split.y))
        scores[place] = result.scores(name)
        attacks[name] = AttackResult(
            scores=scores, evaluated=evaluated, seconds=seconds, setting={"references": references}, own_report={}
        )
    return Attempt(
        tool="vidocq",
        versions=versions("vidocq"),
        threads=threads,
        target_proba=model.predict_proba(split.x),
        attacks=attacks,
        peak_memory_mb=peak_memory_mb(),
    )


def main() -> None:
    given = runner_arguments(__doc__).parse_args()
    attempt = attack(read_split(given.split), references=given.references, threads=given.threads, seed=given.seed)
    write_attempt(attempt, given.out)


if __name__ == "__main__":
    main()
