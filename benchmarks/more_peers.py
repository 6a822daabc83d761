"""Label-only attacks and readings of the model's file beside other tools', on the same five targets as attacks.py.

`python benchmarks/more_peers.py` writes benchmarks/results/more-peers.json. The toolbox's search for the boundary asks
some 24,000 queries a record: it is given a draw of members and outsiders, and both tools are counted on that same draw.
sacroml's structural attack raises flags about a model and says nothing of outsiders: its flags stand beside our figures, on the
five forests and on forests that cannot tell single records apart (leaves of a hundred records or more).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.audit.suite import SUITES
from vidocq.core.files import write_atomic
from vidocq.core.version import VERSION

import adult
import german
from audited import audited
from environments import environment
from label_scores import label_scores
from paired import paired_difference
from peers.handover import Recipe, Split, read_attempt, write_split
from rates import auc, tpr_at_fpr

HERE = Path(__file__).resolve().parent
SEED, REFERENCES, DRAWN = 20261122, 64, 100
PEER = "art label-only-boundary"
OURS = {
    "label-only, noise": ("noise", REFERENCES),
    "label-only, paths": ("paths", REFERENCES),
    "label-only, noise, no reference": ("noise", 0),
    "label-only, paths, no reference": ("paths", 0),
}
"""How records are changed, and the number of reference models: the toolbox has none."""
LONG = {("adult", "label-only, paths"), ("adult", "label-only, paths, no reference")}
"""Left out: minutes for each target."""


def drawn_rows(split: Split) -> np.ndarray:
    """(n,) bool: as many records of each side as `DRAWN` says."""
    rng = np.random.default_rng([SEED, len(split.y)])
    rows = np.zeros(len(split.y), dtype=bool)
    for side in (split.is_member, ~split.is_member):
        rows[rng.choice(np.flatnonzero(side), size=DRAWN, replace=False)] = True
    return rows


def run_peer(runner: str, peer: str, split: Split, out: Path, *more: str | Path) -> None:
    given = out.with_suffix(".split.npz")
    write_split(split, given)
    asked = ["--split", given, "--out", out, "--references", 0, "--threads", 1, "--seed", SEED, *more]
    command = [str(environment(peer)), str(HERE / "peers" / runner), *map(str, asked)]
    subprocess.run(command, check=True, capture_output=True)


def label_only(split: Split, folder: Path, *, workers: int) -> dict[str, Any]:
    rows, out = drawn_rows(split), folder / f"{split.name}-art.npz"
    marked = folder / f"{split.name}-rows.npy"
    np.save(marked, rows, allow_pickle=False)
    run_peer("run_art_labels.py", "art", split, out, "--rows", marked)
    attempt = read_attempt(out)
    toolbox = attempt.attacks["label-only-boundary"]
    scores = {PEER: toolbox.scores} | {
        name: label_scores(split, search=search, references=references, seed=SEED, workers=workers)
        for name, (search, references) in OURS.items()
        if (split.name.partition("-")[0], name) not in LONG
    }
    counted = rows & np.logical_and.reduce([np.isfinite(s) for s in scores.values()])
    return {
        "name": split.name,
        "attacks": {
            name: {
                "auc": auc(s[counted], split.is_member[counted]),
                "tpr": tpr_at_fpr(s[counted], split.is_member[counted], fpr=0.01),
            }
            for name, s in scores.items()
        },
        "counted": [int((counted & split.is_member).sum()), int((counted & ~split.is_member).sum())],
        "setting": toolbox.setting,
        "versions": attempt.versions,
    }


def structure(split: Split, folder: Path, *, workers: int) -> dict[str, Any]:
    """Both tools on one model. Of ours: each figure of members beside the same figure of outsiders."""
    out = folder / f"{split.name}-structure.json"
    run_peer("run_sacroml_structure.py", "sacroml", split, out)
    _, result = audited(split, references=0, threads=workers, seed=SEED, suite="quick", outputs="weights")
    ours = [
        {
            "quantity": r["quantity"]["en"],
            "members": r["estimate"]["value"] if isinstance(r["estimate"], dict) else r["estimate"],
            "outsiders": r["control"]["value"] if isinstance(r.get("control"), dict) else None,
        }
        for r in result.to_dict()["results"]
    ]
    return {"sacroml": json.loads(out.read_text(encoding="utf-8")), "ours": ours, "verdict": result.verdict}


def coarse(split: Split) -> Split:
    """The same records, a forest whose leaves hold a hundred records or more."""
    gentle = Recipe(
        estimator=split.recipe.estimator,
        random_state=split.recipe.random_state,
        params={"min_samples_leaf": 100, "max_depth": 3, "n_estimators": 10},
    )
    return replace(split, name=f"{split.name}-coarse", recipe=gentle)


def pairs(targets: list[dict[str, Any]]) -> dict[str, Any]:
    found = {}
    for name in OURS:
        for figure in ("auc", "tpr"):
            held = [t["attacks"] for t in targets if name in t["attacks"]]
            if len(held) > 1:
                values = [[attacks[which][figure] for attacks in held] for which in (name, PEER)]
                rng = np.random.default_rng(SEED)
                found[f"{name} - {PEER}: {figure}"] = asdict(paired_difference(*values, rng=rng))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--targets", type=int, default=5)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "more-peers.json")
    parser.add_argument(
        "--suite", choices=("german", "adult"), help="one of them alone; the other's figures are kept"
    )
    parser.add_argument("--resume", action="store_true", help="keep the targets that are stored already")
    given = parser.parse_args()
    asked = {
        "references": REFERENCES,
        "seed": SEED,
        "drawn": DRAWN,
        "version": VERSION,
        "suite_version": SUITES["standard"].version,
    }
    kept: dict[str, Any] = {**asked, "suites": {}}
    if given.out.exists() and (given.suite or given.resume):
        found = json.loads(given.out.read_text(encoding="utf-8"))
        kept["suites"] = found["suites"] if {name: found[name] for name in asked} == asked else {}
    for suite, module in (("german", german), ("adult", adult)):
        if given.suite not in (None, suite):
            continue
        splits = module.splits(given.targets, seed=SEED)
        before = kept["suites"].get(suite) if given.resume else None
        targets, shapes = (before["label_only"]["targets"], before["structure"]) if before else ([], [])
        with tempfile.TemporaryDirectory() as made:
            for split in (*splits, coarse(splits[0]))[len(shapes) :]:
                shapes.append(structure(split, Path(made), workers=given.workers))
            for split in splits[len(targets) :]:
                targets.append(label_only(split, Path(made), workers=given.workers))
                kept["suites"][suite] = {
                    "label_only": {"targets": targets, "pairs": pairs(targets)},
                    "structure": shapes,
                }
                write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
                print(split.name, json.dumps(targets[-1]["attacks"]), flush=True)
        print(suite, json.dumps(kept["suites"][suite]["label_only"]["pairs"]), flush=True)


if __name__ == "__main__":
    main()
