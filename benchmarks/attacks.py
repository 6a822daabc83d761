"""Every membership attack of the thorough suite on one and the same targets: UCI Adult and German credit, forests.

`python benchmarks/attacks.py` writes benchmarks/results/attacks.json: AUC and TPR at 1 % on the persons each attack is
counted on, target by target; RMIA again with four of the reference models; and sacroml's QMIA, which learns from the
same outsiders as ours and is counted on the same others.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.attacks.rmia import Rmia
from vidocq.audit.suite import SUITES
from vidocq.core.files import write_atomic

import adult
import german
from audited import audited, places
from environments import environment
from paired import paired_difference
from peers.handover import Split, read_attempt, write_split
from rates import auc, tpr_at_fpr

HERE = Path(__file__).resolve().parent
SEED, REFERENCES, FEW = 20261122, 64, 4


def peer_qmia(split: Split, known: np.ndarray, *, folder: Path) -> dict[str, np.ndarray]:
    """sacroml's margins for each of its two settings, (n,)."""
    given, fit, out = folder / "split.npz", folder / "fit.npy", folder / "attempt.npz"
    write_split(split, given)
    np.save(fit, known, allow_pickle=False)
    runner = HERE / "peers" / "run_sacroml_qmia.py"
    asked = ["--split", given, "--out", out, "--references", 0, "--threads", 1, "--seed", SEED, "--fit", fit]
    subprocess.run([str(environment("sacroml")), str(runner), *map(str, asked)], check=True, capture_output=True)
    return {name: result.scores for name, result in read_attempt(out).attacks.items()}


def measured(split: Split, *, workers: int) -> dict[str, Any]:
    _, result = audited(split, references=REFERENCES, threads=workers, seed=SEED, suite="thorough")
    performed = result.performed
    found = {}
    for reading in performed.examination.readings:
        scores, is_member = reading.target[reading.counted], performed.population.is_member[reading.counted]
        found[reading.attack.card.id] = rates(scores, is_member)
        if reading.attack.card.id == "qmia":
            place = places(split, result)
            known = np.zeros(len(split.y), dtype=bool)
            known[place[reading.known]] = True
            with tempfile.TemporaryDirectory() as folder:
                for name, margins in peer_qmia(split, known, folder=Path(folder)).items():
                    found[f"sacroml {name}"] = rates(margins[place[reading.counted]], is_member)
    few = performed.signals.only(np.arange(FEW))
    scores = Rmia().score(few, rng=np.random.default_rng(SEED))
    found["rmia, 4 references"] = rates(scores, performed.population.is_member_record)
    seconds = {name: round(value, 2) for name, value in performed.seconds.items()}
    caught = {c.attack: c.caught for c in performed.examination.positive}
    return {"attacks": found, "seconds": seconds, "controls": caught}


def means(targets: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    return {
        name: {figure: float(np.mean([t["attacks"][name][figure] for t in targets])) for figure in ("auc", "tpr")}
        for name in targets[0]["attacks"]
        if all(name in t["attacks"] for t in targets)
    }


def pairs(targets: list[dict[str, Any]]) -> dict[str, Any]:
    """Each attack against its baseline or its peer, target by target."""
    held = (
        ("qmia", "sacroml qmia-0.01"),
        ("qmia", "sacroml qmia-0.1"),
        ("rmia, 4 references", "loss"),
        ("label-only", "label-gap"),
    )
    found = {}
    for one, two in held:
        for figure in ("auc", "tpr"):
            values = [
                [t["attacks"][name][figure] for t in targets if one in t["attacks"] and two in t["attacks"]]
                for name in (one, two)
            ]
            if len(values[0]) > 1:
                rng = np.random.default_rng(SEED)
                found[f"{one} - {two}: {figure}"] = asdict(paired_difference(*values, rng=rng))
    return found


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
    kept: dict[str, Any] = {"references": REFERENCES, "seed": SEED, "suites": {}}
    for suite, splits in (("german", german.splits), ("adult", adult.splits)):
        targets = [measured(split, workers=os.cpu_count() or 1) for split in splits(given.targets, seed=SEED)]
        kept["suites"][suite] = {
            "mean": means(targets),
            "pairs": pairs(targets),
            "targets": targets,
            "suite_version": SUITES["thorough"].version,
        }
        write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
        print(suite, json.dumps(kept["suites"][suite]["mean"]), json.dumps(kept["suites"][suite]["pairs"]))


if __name__ == "__main__":
    main()
