"""A network audited by Vidocq and by sacroml, in turn, and by Vidocq with 512 reference models for the most exposed.

`python benchmarks/network_audit.py` writes benchmarks/results/network-audit.json; each call adds its runs to those kept
there (`--part` chooses which, `--afresh` forgets the old ones). The network and its records are those of
torch_stack.py. Vidocq's time is that of the whole of `vidocq.audit`, suite standard, two workers, in a process of its
own; sacroml's is that of its whole attack, in its own environment, and its reference models train by the same recipe,
either from the DataLoader that sacroml makes, or from its tensors. Memory is that of all processes of a run; so are
Vidocq's seconds of processor, imports included, where sacroml's are those of its attack alone.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch

import vidocq
from network import mlp
from vidocq.core.files import write_atomic
from vidocq.targets.networks.recipe import TorchRecipe

from audited import places
from environments import WORK, environment
from peers.handover import Recipe, Split, read_attempt, read_split, write_split
from rates import auc, tpr_at_fpr
from torch_stack import RECORDS, SEED, TRAINING, halves, occupations
from watched import run_watched

HERE = Path(__file__).resolve().parent
FOLDER = WORK / "network"
SPLIT, TARGET = FOLDER / "split.npz", FOLDER / "target.npz"
REFERENCES, FEW, MANY, FPR, WORKERS = 64, 128, 512, 0.01, 2
SAME_MODEL = 1e-5  # probabilities of one network, summed in float32 or float64
WAYS = ("tensors", "loader")
ALONE = ("seconds", "processor_seconds", "peak_mib", "signals_mib", "b_worst")


def recipe_of(split: Split) -> TorchRecipe:
    return TorchRecipe(mlp, TRAINING, np.unique(split.y))


def make_target() -> None:
    """The split and the trained network, where both tools find them."""
    records = occupations()
    split = Split(
        name="occupations",
        x=records.features,
        y=records.labels,
        is_member=halves(1, RECORDS, seed=SEED)[0],
        recipe=Recipe(estimator="network", random_state=SEED),
    )
    write_split(split, SPLIT)
    model = recipe_of(split).fit(records.take(split.is_member), seed=SEED)
    np.savez(TARGET, **{name: value.numpy() for name, value in model.module.state_dict().items()})


def target_network(split: Split) -> torch.nn.Module:
    module = mlp(split.x.shape[1], len(np.unique(split.y)))
    with np.load(TARGET, allow_pickle=False) as kept:
        module.load_state_dict({name: torch.as_tensor(kept[name]) for name in kept.files})
    return module.eval()


def once(references: int) -> None:
    """Vidocq's audit, in a process of its own; prints what it found as JSON."""
    split = read_split(SPLIT)
    network, recipe = target_network(split), recipe_of(split)
    began = time.perf_counter()
    result = vidocq.audit(
        network,
        members=(split.x[split.is_member], split.y[split.is_member]),
        non_members=(split.x[~split.is_member], split.y[~split.is_member]),
        recipe=recipe,
        split="randomised",
        declared_by="benchmark",
        suite="standard",
        references=references,
        workers=WORKERS,
        seed=SEED,
    )
    seconds = time.perf_counter() - began
    is_member = split.is_member[places(split, result)]
    told = {name: figures(result.scores(name), is_member) for name in ("loss", "lira-offline", "lira")}
    signals = result.performed.signals
    held = (signals.reference_confidence, signals.reference_loss, signals.reference_correct, signals.trained_on)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "stages": result.performed.seconds,
                "attacks": told,
                "b_worst": result.to_dict()["verdicts"][0]["b_worst"],
                "signals_mib": sum(array.nbytes for array in held) / 2**20,
            }
        )
    )


def figures(scores: np.ndarray, is_member: np.ndarray) -> dict[str, float]:
    return {"auc": auc(scores, is_member), "tpr": tpr_at_fpr(scores, is_member, fpr=FPR)}


def ours(references: int) -> dict[str, Any]:
    run = run_watched([sys.executable, __file__, "--once", str(references)])
    told = json.loads(run.printed.splitlines()[-1])
    return {
        "references": references,
        **told,
        "processor_seconds": run.processor_seconds,
        "peak_mib": run.peak_mib,
    }


def sacroml(how: str) -> dict[str, Any]:
    split, out = read_split(SPLIT), FOLDER / "sacroml.npz"
    given = {
        "--split": SPLIT,
        "--out": out,
        "--parameters": TARGET,
        "--references": REFERENCES,
        "--threads": 1,  # the network is so small that a second one costs more than it brings
        "--how": how,
        "--rate": TRAINING.learning_rate,
        "--epochs": TRAINING.epochs,
        "--batch": TRAINING.batch_size,
    }
    asked = [str(word) for pair in given.items() for word in pair]
    runner = HERE / "peers" / "run_sacroml_network.py"
    run = run_watched([str(environment("sacroml")), str(runner), *asked])
    attempt = read_attempt(out)
    with torch.no_grad():
        answers = torch.softmax(target_network(split)(torch.as_tensor(split.x).float()), dim=1).numpy()
    if np.abs(answers - attempt.target_proba).max() > SAME_MODEL:
        raise SystemExit("the two tools attacked different networks")
    first = next(iter(attempt.attacks.values()))
    return {
        "how": how,
        "seconds": sum(first.seconds.values()),
        "stages": first.seconds,
        "attacks": {name: figures(one.scores, split.is_member) for name, one in attempt.attacks.items()},
        "version": attempt.versions["sacroml"],
        "torch": attempt.versions["torch"],
        "processor_seconds": first.setting["processor_seconds"],
        "peak_mib": run.peak_mib,
    }


def pair(how: str, *, ours_first: bool) -> dict[str, Any]:
    turns = [("vidocq", lambda: ours(REFERENCES)), ("sacroml", lambda: sacroml(how))]
    return {"how": how, **{name: run() for name, run in (turns if ours_first else turns[::-1])}}


def best(attacks: dict[str, Any]) -> str:
    """The strongest by TPR, then AUC, chosen on this very target: a choice that can only favour the tool."""
    return max(attacks, key=lambda name: (attacks[name]["tpr"], attacks[name]["auc"]))


def ratio(pairs: list[dict[str, Any]], what: str) -> float:
    return median(p["sacroml"][what] / p["vidocq"][what] for p in pairs)


def summary(kept: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for how in WAYS:
        held = [p for p in kept["pairs"] if p["how"] == how]
        if held:
            told[how] = {
                "pairs": len(held),
                **{tool: median(p[tool]["seconds"] for p in held) for tool in ("vidocq", "sacroml")},
                **{f"ratio of {what}": ratio(held, what) for what in ("seconds", "processor_seconds")},
                "attacks": {
                    tool: {"id": (name := best(attacks := held[0][tool]["attacks"])), **attacks[name]}
                    for tool in ("vidocq", "sacroml")
                },
            }
    for references in (FEW, MANY):
        runs = [run for run in kept["alone"] if run["references"] == references]
        if runs:
            told[str(references)] = {
                "runs": len(runs),
                **{key: median(run[key] for run in runs) for key in ALONE},
            }
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--once", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--part", choices=(*WAYS, str(FEW), str(MANY)), action="append")
    parser.add_argument("--runs", type=int, default=3, help="of each part")
    parser.add_argument("--afresh", action="store_true")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "network-audit.json")
    given = parser.parse_args()
    if given.once:
        once(given.once)
        return
    make_target()
    kept: dict[str, Any] = {"pairs": [], "alone": []}
    if given.out.exists() and not given.afresh:
        kept = json.loads(given.out.read_text(encoding="utf-8"))
    for part in given.part or (*WAYS, str(FEW), str(MANY)):
        for _ in range(given.runs):
            if part in WAYS:
                kept["pairs"].append(pair(part, ours_first=len(kept["pairs"]) % 2 == 0))
            else:
                kept["alone"].append(ours(int(part)))
            kept |= {
                "records": RECORDS,
                "columns": read_split(SPLIT).x.shape[1],
                "references": REFERENCES,
                "cores": os.cpu_count(),
                "load_average": os.getloadavg()[0],
                "versions": {"torch": torch.__version__, "numpy": np.__version__},
                "summary": summary(kept),
            }
            write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
            print(part, json.dumps(kept["summary"].get(part)), flush=True)


if __name__ == "__main__":
    main()
