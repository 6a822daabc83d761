"""Does the trace of a training point at the persons whom LiRA finds most exposed in that very model?

A multi-layer perceptron on Adult; its losses are logged after each epoch by vidocq.LossTrace; 64 reference models
trained by the same loop give LiRA's scores. Among the members: which share of LiRA's most exposed 5 % is in the 5 %
with the widest traces? Chance finds 5 % of them. `python benchmarks/loss_trace.py` prints and writes
benchmarks/results/loss_trace.json.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import vidocq
from vidocq.audit.suite import SUITES
from vidocq.core.files import write_atomic
from vidocq.core.records import Records
from vidocq.measure.auc import auc
from vidocq.targets.sklearn import SklearnModel

from adult import adult_encoded

RESULTS = Path(__file__).resolve().parent / "results" / "loss_trace.json"
SIDE = 2000
EPOCHS = 30
REFERENCES = 64
TOP = 0.05


@dataclass(frozen=True)
class Loop:
    """The training loop, for the target and the references alike."""

    epochs: int = EPOCHS

    def fit(self, records: Records, *, seed: int) -> SklearnModel:
        return SklearnModel(self.train(records.features, records.labels, seed=seed))

    def train(self, x: Any, y: Any, *, seed: int, trace: vidocq.LossTrace | None = None) -> Any:
        from sklearn.neural_network import MLPClassifier

        model = MLPClassifier((64,), learning_rate_init=0.005, random_state=seed)
        for _ in range(self.epochs):
            model.partial_fit(x, y, classes=[0, 1])
            if trace is not None:
                trace.ask(model)
        return model

    def describe(self) -> dict[str, Any]:
        return {"loop": "mlp 64, Adam 0.005", "epochs": self.epochs}


def shared(first: NDArray[np.float64], second: NDArray[np.float64], *, top: float = TOP) -> float:
    """Which share of the top of `first` is in the top of `second`; ties by place."""
    size = round(top * len(first))
    return float(np.isin(np.argsort(-first)[:size], np.argsort(-second)[:size]).mean())


def measured(seed: int) -> dict[str, Any]:
    x, y = adult_encoded()
    rows = np.random.default_rng([seed, 5]).choice(len(y), size=2 * SIDE, replace=False)
    x, y = x[rows], y[rows]
    trace = vidocq.LossTrace(x, y)
    model = Loop().train(x[:SIDE], y[:SIDE], seed=900_001 + seed, trace=trace)
    found = vidocq.audit(
        model,
        members=(x[:SIDE], y[:SIDE]),
        non_members=(x[SIDE:], y[SIDE:]),
        recipe=Loop(),
        references=REFERENCES,
        suite="standard",
        trace=trace,
        split="randomised",
        declared_by="benchmark",
        workers=1,
        seed=seed,
    )
    member = found.is_member
    scores = {name: found.scores(name) for name in ("lira", "loss-trace", "loss")}
    inside = {name: values[member] for name, values in scores.items()}
    content = found.to_dict()
    # The audit takes out whoever stands on both sides: a trace follows its record.
    losses = found.performed.signals.target_trace
    assert losses is not None
    width = np.subtract(*np.quantile(losses, [0.75, 0.25], axis=1))
    rose = losses[:, 0] < losses[:, -1]
    return {
        "seed": seed,
        "members": int(member.sum()),
        "accuracy": [round(float(model.score(x[side], y[side])), 3) for side in (slice(0, SIDE), slice(SIDE, None))],
        "auc": {name: round(auc(values, member).value, 3) for name, values in scores.items()},
        "auc_without_sign": round(auc(width, member).value, 3),
        "top_shared_with_lira": {
            "loss-trace": shared(inside["lira"], inside["loss-trace"]),
            "loss, lowest": shared(inside["lira"], inside["loss"]),
            "loss, highest": shared(inside["lira"], -inside["loss"]),
        },
        "top_shared_without_sign": shared(inside["lira"], width[member]),
        "loss_rose": {
            "members": round(float(rose[member].mean()), 3),
            "others": round(float(rose[~member].mean()), 3),
        },
        "control": next((c for c in content["controls"]["positive"] if c["id"] == "loss-trace"), None),
        "not_measured": [a for a in content["not_measured"] if a["id"] == "loss-trace"],
    }


def main() -> None:
    started = time.perf_counter()
    warnings.filterwarnings("ignore")
    suite = SUITES["standard"]
    if "loss-trace" not in suite.attacks:
        SUITES["standard"] = replace(suite, attacks=(*suite.attacks, "loss-trace"))
    targets = []
    for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
        targets.append(measured(seed))
        print(targets[-1], flush=True)
    seconds = round(time.perf_counter() - started, 1)
    content = {
        "side": SIDE,
        "epochs": EPOCHS,
        "references": REFERENCES,
        "top": TOP,
        "targets": targets,
        "seconds": seconds,
    }
    write_atomic(RESULTS, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())


if __name__ == "__main__":
    main()
