"""Label-only attacks and readings of the model's file beside other tools', on the same five targets as attacks.py.

`python benchmarks/more_peers.py` writes benchmarks/results/more-peers.json. The toolbox's search for the boundary takes
seconds a record: it is given a draw of members and outsiders, and both tools are counted on that same draw. sacroml's
structural attack raises flags about a model and says nothing of outsiders: its flags stand beside our figures, on the
five forests and on forests that cannot tell single records apart (leaves of a hundred records or more).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.core.files import write_atomic

import adult
import german
from audited import audited, places
from environments import environment
from paired import paired_difference
from peers.handover import Recipe, Split, read_attempt, write_split
from rates import auc, tpr_at_fpr

HERE = Path(__file__).resolve().parent
SEED, REFERENCES, DRAWN = 20261122, 64, 100
OURS, PATHS, PEER = "label-only, noise", "label-only, paths", "art label-only-boundary"


def drawn_rows(split: Split) -> np.ndarray:
    """(n,) bool: `DRAWN` records of each side."""
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


def of_the_toolbox(split: Split, folder: Path) -> dict[str, Any]:
    rows, out = drawn_rows(split), folder / f"{split.name}-art.npz"
    marked = folder / f"{split.name}-rows.npy"
    np.save(marked, rows, allow_pickle=False)
    run_peer("run_art_labels.py", "art", split, out, "--rows", marked)
    result = read_attempt(out).attacks["label-only-boundary"]
    return {"scores": result.scores, "seconds": result.seconds["all"], "setting": result.setting}


def label_only(split: Split, toolbox: dict[str, Any], *, workers: int) -> dict[str, Any]:
    rows = drawn_rows(split)
    scores = {PEER: toolbox["scores"]}
    seconds = {PEER: toolbox["seconds"]}
    for name, search in ((OURS, "noise"), (PATHS, "paths")):
        _, result = audited(
            split, references=REFERENCES, threads=workers, seed=SEED, outputs="labels", label_search=search
        )
        placed = np.full(len(split.y), -np.inf)
        placed[places(split, result)] = result.scores("label-only")
        scores[name], seconds[name] = placed, result.performed.seconds["total"]
    counted = rows & np.isfinite(scores[OURS])
    return {
        "attacks": {
            name: {
                "auc": auc(s[counted], split.is_member[counted]),
                "tpr": tpr_at_fpr(s[counted], split.is_member[counted], fpr=0.01),
            }
            for name, s in scores.items()
        },
        "counted": [int((counted & split.is_member).sum()), int((counted & ~split.is_member).sum())],
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "setting": toolbox["setting"],
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
    for name in (OURS, PATHS):
        for figure in ("auc", "tpr"):
            values = [[t["attacks"][which][figure] for t in targets] for which in (name, PEER)]
            rng = np.random.default_rng(SEED)
            found[f"{name} - {PEER}: {figure}"] = asdict(paired_difference(*values, rng=rng))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--targets", type=int, default=5)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "more-peers.json")
    parser.add_argument(
        "--suite", choices=("german", "adult"), help="one of them alone; the other's figures are kept"
    )
    given = parser.parse_args()
    workers = os.cpu_count() or 1
    kept: dict[str, Any] = {"references": REFERENCES, "seed": SEED, "drawn": DRAWN, "suites": {}}
    if given.suite and given.out.exists():
        kept["suites"] = json.loads(given.out.read_text(encoding="utf-8"))["suites"]
    for suite, module in (("german", german), ("adult", adult)):
        if given.suite not in (None, suite):
            continue
        splits = module.splits(given.targets, seed=SEED)
        with tempfile.TemporaryDirectory() as made, ThreadPoolExecutor(workers) as pool:
            folder = Path(made)
            toolbox = list(pool.map(partial(of_the_toolbox, folder=folder), splits))
            labels = [label_only(s, t, workers=workers) for s, t in zip(splits, toolbox, strict=True)]
            kept["suites"][suite] = {
                "label_only": {"targets": labels, "pairs": pairs(labels)},
                "structure": [structure(s, folder, workers=workers) for s in (*splits, coarse(splits[0]))],
            }
        write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
        print(suite, json.dumps(kept["suites"][suite]["label_only"]["pairs"]))


if __name__ == "__main__":
    main()
