"""Every membership attack of the thorough suite on one and the same targets: UCI Adult and German credit, forests.

`python benchmarks/attacks.py` writes benchmarks/results/attacks.json: AUC and TPR at 1 % on the persons each attack is
counted on, target by target; RMIA again with four of the reference models; sacroml's QMIA, which learns from the same
outsiders as ours and is counted on the same others; and mialibrary's LiRA and RMIA on the same signals as ours. QMIA trains
no reference model: on German credit it is held against sacroml's on twenty targets besides.
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
from vidocq.core.signals import Signals

import adult
import german
from audited import audited, places
from environments import environment
from label_scores import keep_label_scores
from paired import paired_difference
from peers.handover import Split, read_attempt, write_split
from rates import auc, tpr_at_fpr

HERE = Path(__file__).resolve().parent
SEED, REFERENCES, FEW, MANY = 20261122, 64, 4, 20


def peer_qmia(split: Split, known: np.ndarray, *, folder: Path) -> dict[str, np.ndarray]:
    """sacroml's margins for each of its two settings, (n,)."""
    given, fit, out = folder / "split.npz", folder / "fit.npy", folder / "attempt.npz"
    write_split(split, given)
    np.save(fit, known, allow_pickle=False)
    runner = HERE / "peers" / "run_sacroml_qmia.py"
    asked = ["--split", given, "--out", out, "--references", 0, "--threads", 1, "--seed", SEED, "--fit", fit]
    subprocess.run([str(environment("sacroml")), str(runner), *map(str, asked)], check=True, capture_output=True)
    return {name: result.scores for name, result in read_attempt(out).attacks.items()}


def peer_on_signals(signals: Signals, is_member: np.ndarray, *, folder: Path) -> dict[str, np.ndarray]:
    """mialibrary's scores for each of its settings, (n,). The log-odds are finite: those of 1 are bounded as for ours.

    A score that is no number counts as the lowest.
    """
    given, out = folder / "signals.npz", folder / "scores.npz"
    np.savez_compressed(
        given,
        log_odds=np.vstack([signals.target_confidence, signals.reference_confidence]),
        trained_on=np.vstack([is_member, signals.trained_on]),
    )
    runner = HERE / "peers" / "run_mialibrary.py"
    command = [str(environment("mialibrary")), str(runner), "--signals", str(given), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    with np.load(out, allow_pickle=False) as scores:
        return {name: np.nan_to_num(scores[name], nan=float(np.nanmin(scores[name]))) for name in scores.files}


def held_against_sacroml(split: Split, result: Any, reading: Any) -> dict[str, dict[str, float]]:
    """Ours and sacroml's QMIA, on the persons that neither learned from."""
    place, is_member = places(split, result), result.performed.population.is_member[reading.counted]
    known = np.zeros(len(split.y), dtype=bool)
    known[place[reading.known]] = True
    found = {"qmia": rates(reading.target[reading.counted], is_member)}
    with tempfile.TemporaryDirectory() as folder:
        for name, margins in peer_qmia(split, known, folder=Path(folder)).items():
            found[f"sacroml {name}"] = rates(margins[place[reading.counted]], is_member)
    return found


def qmia_alone(split: Split, *, workers: int) -> dict[str, Any]:
    """No reference model is trained."""
    _, result = audited(split, references=0, threads=workers, seed=SEED, suite="thorough")
    (reading,) = (r for r in result.performed.examination.readings if r.attack.card.id == "qmia")
    return {"attacks": held_against_sacroml(split, result, reading)}


def beside_mialibrary(performed: Any) -> dict[str, dict[str, float]]:
    """RMIA with few references, and mialibrary's attacks on the same signals as ours."""
    is_member = performed.population.is_member_record
    few = performed.signals.only(np.arange(FEW))
    found = {"rmia, 4 references": rates(Rmia().score(few, rng=np.random.default_rng(SEED)), is_member)}
    with tempfile.TemporaryDirectory() as folder:
        for name, scores in peer_on_signals(performed.signals, is_member, folder=Path(folder)).items():
            found[f"mialibrary {name}"] = rates(scores, is_member)
        for name, scores in peer_on_signals(few, is_member, folder=Path(folder)).items():
            if name.startswith("rmia"):
                found[f"mialibrary {name}, 4 references"] = rates(scores, is_member)
    return found


def measured(split: Split, *, workers: int) -> dict[str, Any]:
    _, result = audited(split, references=REFERENCES, threads=workers, seed=SEED, suite="thorough")
    keep_label_scores(split, result, search="noise", references=REFERENCES, seed=SEED)
    performed = result.performed
    found = {}
    for reading in performed.examination.readings:
        scores, is_member = reading.target[reading.counted], performed.population.is_member[reading.counted]
        found[reading.attack.card.id] = rates(scores, is_member)
        if reading.attack.card.id == "qmia":
            found |= held_against_sacroml(split, result, reading)
    found |= beside_mialibrary(performed)
    seconds = {name: round(value, 2) for name, value in performed.seconds.items()}
    caught = {c.attack: c.caught for c in performed.examination.positive}
    return {"attacks": found, "seconds": seconds, "controls": caught}


def means(targets: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    return {
        name: {figure: float(np.mean([t["attacks"][name][figure] for t in targets])) for figure in ("auc", "tpr")}
        for name in targets[0]["attacks"]
        if all(name in t["attacks"] for t in targets)
    }


QMIA_ALONE = "german-qmia"
PARTS = {"german": german.splits, "adult": adult.splits}
MORE = {QMIA_ALONE: (german.splits, MANY)}
HELD = (
    ("qmia", "sacroml qmia-0.01"),
    ("qmia", "sacroml qmia-0.1"),
    *(
        ("lira", f"mialibrary lira-{centre}-{spread}")
        for centre in ("mean", "median")
        for spread in ("local", "global")
    ),
    *(
        (f"rmia{few}", f"mialibrary rmia-{mode}{few}")
        for few in ("", ", 4 references")
        for mode in ("online", "offline")
    ),
    ("rmia, 4 references", "loss"),
    ("label-only", "label-gap"),
)


def pairs(targets: list[dict[str, Any]]) -> dict[str, Any]:
    """Each attack against its baseline or its peer, target by target."""
    found = {}
    for one, two in HELD:
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
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", choices=(*PARTS, QMIA_ALONE), help="one part alone; what is stored of others stays")
    parser.add_argument("--resume", action="store_true", help="keep the targets that this version has measured")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "attacks.json")
    given = parser.parse_args()
    version = SUITES["thorough"].version
    kept: dict[str, Any] = {"references": REFERENCES, "seed": SEED, "suites": {}}
    if given.out.exists() and (given.only or given.resume):
        kept |= json.loads(given.out.read_text(encoding="utf-8"))
    for part, (splits, number) in {**{n: (s, given.targets) for n, s in PARTS.items()}, **MORE}.items():
        if given.only not in (None, part):
            continue
        before = kept["suites"].get(part, {})
        same = given.resume and before.get("suite_version") == version
        targets = before["targets"] if same else []
        for split in splits(number, seed=SEED)[len(targets) :]:
            measure = qmia_alone if part == QMIA_ALONE else measured
            targets.append(measure(split, workers=given.workers))
            kept["suites"][part] = {
                "mean": means(targets),
                "pairs": pairs(targets),
                "targets": targets,
                "suite_version": version,
            }
            write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
        print(part, json.dumps(kept["suites"][part]["mean"]), json.dumps(kept["suites"][part]["pairs"]))


if __name__ == "__main__":
    main()
