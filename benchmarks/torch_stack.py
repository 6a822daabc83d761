"""64 reference networks and their target trained together, held against loops that train one after the other.

`python benchmarks/torch_stack.py` writes benchmarks/results/torch-stack.json. UCI Adult, predicting the occupation (14
classes, records without one left out) from the other columns, one-hot, standardised numbers: 10,000 records, each model
on 5,000, MLP of 128 hidden units, batches of 64, Adam at 2e-3, 30 epochs. In turn, as pairs: stacks in two processes of
one thread, a loop over preloaded tensors in one process of two threads, a loop with a DataLoader, the tensor loop in two
processes. The loops time `--sample` models of the 65 and are scaled up; the stack trains all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from network import mlp
from vidocq.attacks.lira import Lira
from vidocq.core.files import write_atomic
from vidocq.core.records import Records
from vidocq.core.signals import Signals
from vidocq.targets.networks.model import TorchModel
from vidocq.targets.networks.recipe import TorchRecipe
from vidocq.targets.networks.training import Training
from vidocq.targets.observe import observe

import adult
from rates import auc, tpr_at_fpr

HERE = Path(__file__).resolve().parent
SEED, MODELS, RECORDS, TARGETS = 20261122, 65, 10_000, 16
TRAINING = Training(learning_rate=2e-3, epochs=30, batch_size=64)


def occupations() -> Records:
    table = adult.adult_raw()
    known = np.flatnonzero(table.columns["occupation"] != "?")
    rows = np.random.default_rng(SEED).choice(known, size=RECORDS, replace=False)
    numbers = StandardScaler().fit_transform(np.column_stack([table.columns[n][rows] for n in adult.NUMERIC]))
    words = np.column_stack([table.columns[n][rows] for n in adult.CATEGORICAL if n != "occupation"])
    indicators = OneHotEncoder(sparse_output=False, drop="if_binary").fit_transform(words)
    x = np.hstack([numbers, indicators])
    labels = np.unique(table.columns["occupation"][rows], return_inverse=True)[1]
    return Records(x, labels.astype(np.int64), tuple(f"x{j}" for j in range(x.shape[1])))


def halves(models: int, n: int, *, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    on = np.zeros((models, n), dtype=bool)
    for row in on:
        row[rng.choice(n, size=n // 2, replace=False)] = True
    return on


def stacked(given: tuple[Records, np.ndarray, list[int], int]) -> list[Any]:
    records, on, seeds, size = given
    made = TorchRecipe(mlp, TRAINING, np.unique(records.labels))
    models: list[Any] = []
    for first in range(0, len(seeds), size):
        part = slice(first, first + size)
        models += [m.module.state_dict() for m in made.fit_stack(records, on[part], seeds=seeds[part])]
    return [{name: value.numpy() for name, value in state.items()} for state in models]


def tensors(given: tuple[Records, np.ndarray, list[int], int]) -> None:
    """The loop that a careful user writes: tensors made once, a permutation an epoch, fused Adam."""
    records, on, seeds, threads = given
    torch.set_num_threads(threads)
    x, y = torch.as_tensor(records.features.astype(np.float32)), torch.as_tensor(records.labels)
    for row, seed in zip(on, seeds, strict=True):
        torch.manual_seed(seed)
        own = torch.as_tensor(np.flatnonzero(row))
        model = mlp(x.shape[1], 14)
        optimiser = torch.optim.Adam(model.parameters(), lr=2e-3, fused=True)
        xs, ys = x[own], y[own]
        for _ in range(30):
            order = torch.randperm(len(own))
            for places in order.split(64):
                optimiser.zero_grad(set_to_none=True)
                torch.nn.functional.cross_entropy(model(xs[places]), ys[places]).backward()
                optimiser.step()


def loader(given: tuple[Records, np.ndarray, list[int], int]) -> None:
    """As in torch's tutorials."""
    records, on, seeds, threads = given
    torch.set_num_threads(threads)
    x, y = torch.as_tensor(records.features.astype(np.float32)), torch.as_tensor(records.labels)
    for row, seed in zip(on, seeds, strict=True):
        torch.manual_seed(seed)
        own = torch.as_tensor(np.flatnonzero(row))
        model = mlp(x.shape[1], 14)
        optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
        batches = torch.utils.data.DataLoader(
            torch.utils.data.TensorDataset(x[own], y[own]), batch_size=64, shuffle=True
        )
        for _ in range(30):
            for xs, ys in batches:
                optimiser.zero_grad()
                torch.nn.functional.cross_entropy(model(xs), ys).backward()
                optimiser.step()


def quality(records: Records, on: np.ndarray, states: list[dict[str, np.ndarray]]) -> dict[str, float]:
    """LiRA on each of the first `TARGETS` models in turn, with all the others as its references."""
    made = TorchRecipe(mlp, TRAINING, np.unique(records.labels))
    seen = []
    for state in states:
        module = made.untrained(len(records.columns), seed=0)
        module.load_state_dict({name: torch.as_tensor(value) for name, value in state.items()})
        model = TorchModel(module, made.classes, (len(records.columns),))
        seen.append(observe(model, records, outputs="probabilities"))
    areas, rates = [], []
    for target in range(TARGETS):
        others = np.arange(len(states)) != target
        signals = Signals(
            seen[target].confidence,
            seen[target].loss,
            seen[target].correct,
            np.stack([s.confidence for s, kept in zip(seen, others, strict=True) if kept]),
            np.stack([s.loss for s, kept in zip(seen, others, strict=True) if kept]),
            np.stack([s.correct for s, kept in zip(seen, others, strict=True) if kept]),
            on[others],
        )
        scores = Lira().score(signals, rng=np.random.default_rng(SEED))
        areas.append(auc(scores, on[target]))
        rates.append(tpr_at_fpr(scores, on[target], fpr=0.01))
    return {"targets": TARGETS, "auc": float(np.mean(areas)), "tpr": float(np.mean(rates))}


def timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_processes(pool: ProcessPoolExecutor, function: Any, parts: list[Any]) -> list[Any]:
    return list(pool.map(function, parts))


def parted(records: Records, on: np.ndarray, seeds: list[int], size: int) -> list[Any]:
    """Two parts of whole stacks, as even as they can be."""
    cut = -(-len(seeds) // (2 * size)) * size
    return [(records, on[:cut], seeds[:cut], size), (records, on[cut:], seeds[cut:], size)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--sample", type=int, default=8, help="models that each loop really trains")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "torch-stack.json")
    given = parser.parse_args()
    records = occupations()
    on, seeds = halves(MODELS, RECORDS, seed=SEED), list(range(MODELS))
    recipe = TorchRecipe(mlp, TRAINING, np.unique(records.labels))
    size = min(recipe.stacking(records).size, -(-MODELS // 4))
    few, scale = given.sample, MODELS / given.sample
    times: dict[str, list[float]] = {"stack": [], "tensors": [], "loader": [], "tensors in two processes": []}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        in_processes(pool, stacked, [(records, on[:2], seeds[:2], 2)] * 2)  # torch is loaded, as by a running engine
        for _ in range(given.pairs):
            for name, work, by in (
                ("stack", lambda: in_processes(pool, stacked, parted(records, on, seeds, size)), 1.0),
                ("tensors", lambda: tensors((records, on[:few], seeds[:few], 2)), scale),
                ("loader", lambda: loader((records, on[:few], seeds[:few], 2)), scale),
                (
                    "tensors in two processes",
                    lambda: in_processes(
                        pool,
                        tensors,
                        [(records, on[:few:2], seeds[:few:2], 1), (records, on[1:few:2], seeds[1:few:2], 1)],
                    ),
                    scale,
                ),
            ):
                times[name].append(timed(work) * by)
                print(name, f"{times[name][-1]:.1f}", flush=True)
        parts = in_processes(pool, stacked, parted(records, on, seeds, size))
    kept = {
        "quality": quality(records, on, [state for part in parts for state in part]),
        "machine": {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count()},
        "versions": {"torch": torch.__version__, "numpy": np.__version__},
        "models": MODELS,
        "columns": len(records.columns),
        "stack": size,
        "sample": few,
        "seconds": {name: [round(t, 2) for t in held] for name, held in times.items()},
        "median": {name: round(median(held), 2) for name, held in times.items()},
        "ratio": {
            name: round(median(a / b for a, b in zip(held, times["stack"], strict=True)), 2)
            for name, held in times.items()
            if name != "stack"
        },
    }
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(kept, indent=1))


if __name__ == "__main__":
    main()
