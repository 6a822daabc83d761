"""The proof of the verdict rule: the public `vidocq.audit`, training included, on targets whose truth is known.

`python benchmarks/simulate.py` runs every scenario and writes benchmarks/results/simulate.json; finished pools are
kept in benchmarks/work/simulate, so that a stopped run goes on. It takes about an hour on two cores.

A pool is 12,000 people of UCI Adult with K reference models. Ten targets are drawn on each pool, members anew for each.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import t as student
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import BaggingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import vidocq
from vidocq.core.files import write_atomic
from vidocq.measure.intervals import clopper_pearson

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("VIDOCQ_DATA", HERE.parent.parent / "shared" / "data")) / "adult"
RESULTS = HERE / "results" / "simulate.json"
WORK = HERE / "work" / "simulate"
TAU_AVERAGE = 0.03
NUMERIC = (0, 2, 4, 10, 11, 12)
BOUNDED = (0, 4, 12)


class Memorising(ClassifierMixin, BaseEstimator):
    """A logistic model that also remembers, whole, a share of the records it was trained on.

    Which records it may remember depends on the record alone, as it does for outliers of a real model.
    """

    def __init__(self, share: float = 0.08, C: float = 0.01) -> None:  # noqa: N803 - scikit-learn's name
        self.share = share
        self.C = C

    def fit(self, x: np.ndarray, y: np.ndarray) -> Memorising:
        self.inner_ = LogisticRegression(C=self.C).fit(x, y)
        self.classes_ = self.inner_.classes_
        self.kept_ = {row.tobytes(): label for row, label in zip(x, y, strict=True) if _draw(row) < self.share}
        return self

    def predict_proba(self, x: np.ndarray) -> np.ndarray:
        p = self.inner_.predict_proba(x)
        for i, row in enumerate(x):
            label = self.kept_.get(row.tobytes())
            if label is not None:
                p[i] = np.where(self.classes_ == label, 0.999, 0.001)
        return p

    def predict(self, x: np.ndarray) -> np.ndarray:
        return self.classes_[self.predict_proba(x).argmax(axis=1)]


def _draw(row: np.ndarray) -> float:
    return int.from_bytes(hashlib.blake2b(row.tobytes(), digest_size=6).digest(), "little") / 2**48


@dataclass(frozen=True)
class Scenario:
    """trains_on_members  False: the target never saw them.

    seed  of the pools. Rule, planner and recipes were last changed on pools of other seeds; these they had never seen.
    """

    name: str
    bounded: bool
    trains_on_members: bool
    persons: int = 6000
    references: int = 256
    tau_worst: float = 0.20
    seed: int = 20261125

    def estimator(self, *, seed: int) -> Any:
        if self.name == "null_leaky":
            return LogisticRegression(max_iter=1000)
        if self.name == "planted":
            return Memorising()
        # Few bounded features, strong penalty, and one record in twenty at random for each model. Without that draw
        # the chance in training would be the chance of who is in the sample: references, halves of one pool of N, would
        # vary with 1/n - 1/N, and a target trained on other people with 1/n + 1/N around them. With n = N/40 the two
        # standard deviations differ by 2.5 %; with the whole half they would by a factor of 1.7.
        base = LogisticRegression(C=0.01)
        return BaggingClassifier(base, n_estimators=1, max_samples=0.05, bootstrap=False, random_state=seed)


SCENARIOS = {
    s.name: s
    for s in (
        # As many persons as `vidocq plan --power` wants for four chances in five.
        Scenario("null_bounded", bounded=True, trains_on_members=False, persons=7500, seed=20261126),
        Scenario("null_leaky", bounded=False, trains_on_members=False),
        Scenario("planted", bounded=False, trains_on_members=True),
        # Shown once: the bounded recipe exposes nobody by more than a quarter of the worst tolerance. With nothing
        # leaking at all the bound comes out near 3.6 % of K = 2048 models, too near the 5 % to be told apart every
        # time (5.7 % on one pool, 3.4 % on another), and near 2.4 % of 4096.
        Scenario(
            "bounded_recipe", bounded=True, trains_on_members=True, persons=7500, references=4096, seed=20261126
        ),
    )
}


def adult() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """All distinct records: bounded features (n, 3) in [0, 1], all features (n, 108) one-hot, label (n,)."""
    if not DATA.is_dir():
        raise SystemExit(f"UCI Adult is needed: put adult.data.gz and adult.test.gz in {DATA}, or set VIDOCQ_DATA")
    rows: dict[tuple[str, ...], None] = {}
    for name in ("adult.data.gz", "adult.test.gz"):
        with gzip.open(DATA / name, "rt") as stream:
            for cells in csv.reader(stream, skipinitialspace=True):
                if len(cells) == 15:
                    rows[tuple(c.rstrip(".") for c in cells)] = None
    table = np.array(list(rows), dtype=object)
    numbers = table[:, NUMERIC].astype(float)
    texts = table[:, [i for i in range(14) if i not in NUMERIC]].astype(str)
    wide = np.hstack(
        [StandardScaler().fit_transform(numbers), OneHotEncoder(sparse_output=False).fit_transform(texts)]
    )
    few = table[:, BOUNDED].astype(float)
    few = (few - few.min(axis=0)) / (few.max(axis=0) - few.min(axis=0))
    return few, wide, (table[:, 14] == ">50K").astype(int)


def run_pool(scenario: Scenario, pool: int, targets: int) -> list[dict[str, Any]]:
    """One pool of references, and `targets` audits on it. Kept on disk once finished."""
    kept = WORK / f"{scenario.name}-{_key(scenario)}-{pool}-{targets}.json"
    if kept.is_file():
        return list(json.loads(kept.read_text()))
    few, wide, y = adult()
    rng = np.random.default_rng([scenario.seed, pool])
    # The bounded features repeat from person to person; a fourth, unused by the model's penalty, tells them apart.
    x = np.column_stack([few, rng.uniform(0, 1, len(few))]) if scenario.bounded else wide
    order = rng.permutation(len(y))
    inside, others = order[: 2 * scenario.persons], order[2 * scenario.persons :]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        signals = Path(folder) / "signals.npz"
        for target in range(targets):
            shuffled = rng.permutation(inside)
            members, outsiders = shuffled[: scenario.persons], shuffled[scenario.persons :]
            trained_on = (
                members if scenario.trains_on_members else rng.choice(others, scenario.persons, replace=False)
            )
            model = scenario.estimator(seed=scenario.seed + 1000 * pool + target).fit(x[trained_on], y[trained_on])
            result = vidocq.audit(
                model,
                members=(x[members], y[members]),
                non_members=(x[outsiders], y[outsiders]),
                split="randomised",
                declared_by="simulation",
                dossier=f"sqlite:///{folder}/dossier-{target}.db",
                references=scenario.references,
                reference_signals=signals if target else None,
                tolerance_average=TAU_AVERAGE,
                tolerance_worst=scenario.tau_worst,
                set_by="simulation",
                seed=scenario.seed + 1000 * pool + target,
                workers=1,
            )
            if target == 0:
                result.save_reference_signals(signals)
            found.append(_told(result.to_dict(), pool))
    write_atomic(kept, json.dumps(found).encode())
    return found


def _key(scenario: Scenario) -> str:
    return hashlib.sha256(json.dumps([asdict(scenario), TAU_AVERAGE, vidocq.__version__]).encode()).hexdigest()[:8]


def _told(audit: dict[str, Any], pool: int) -> dict[str, Any]:
    verdict, gate = audit["verdicts"][0], audit["recipe_gate"]
    return {
        "pool": pool,
        "verdict": verdict["verdict"],
        "b_avg": verdict["b_avg"],
        "b_worst": verdict["b_worst"],
        "reasons": [r["code"] for r in verdict["reasons"]],
        "gate": gate["passed"],
        "z": [gate[k]["z"] for k in ("member", "non_member", "gap")],
        "controls": {c["id"]: c["caught"] for c in audit["controls"]["positive"]},
        "alarms": audit["controls"]["negative"]["alarms"],
        "planned": audit["needed"]["planned_no_leak"],
        "predicted": audit["needed"]["predicted_no_leak"],
        "panel": None if audit["panel"] is None else [audit["panel"]["tpr"]["value"], audit["panel"]["fpr"]["value"]],
        "rates": {
            f"{a['id']}@{r['alpha']}": [r["tpr"]["value"], r["fpr"]["value"], r["risk"]["low"], r["risk"]["high"]]
            for a in audit["attacks"]
            for r in a["rates"]
        },
    }


def clustered(values: np.ndarray, pools: np.ndarray) -> dict[str, float]:
    """Mean of a rate with a 95 % t interval over the means of pools, never narrower than Clopper-Pearson's.

    Where all pools agree the t interval shrinks to a point, which a handful of pools does not warrant.
    """
    means = np.array([values[pools == p].mean() for p in np.unique(pools)])
    exact = clopper_pearson(int(values.sum()), len(values))
    half = 0.0
    if len(means) > 1:
        half = float(student.ppf(0.975, len(means) - 1) * means.std(ddof=1) / np.sqrt(len(means)))
    return {
        "value": float(means.mean()),
        "low": max(0.0, min(exact.low, float(means.mean()) - half)),
        "high": min(1.0, max(exact.high, float(means.mean()) + half)),
        "count": int(values.sum()),
        "n": len(values),
    }


def summarise(runs: list[dict[str, Any]]) -> dict[str, Any]:
    pools = np.array([r["pool"] for r in runs])

    def rate(condition: Any) -> dict[str, float]:
        return clustered(np.array([bool(condition(r)) for r in runs], dtype=float), pools)

    summary: dict[str, Any] = {
        verdict: rate(lambda r, v=verdict: r["verdict"] == v)
        for verdict in ("leak_shown", "no_leak_above_bound", "inconclusive")
    }
    summary["gate_failed"] = rate(lambda r: not r["gate"])
    for name in ("planned", "predicted"):
        known = [r[name] for r in runs if r[name] is not None]
        summary[f"{name}_no_leak"] = float(np.mean(known)) if known else None
    summary["controls_caught"] = {a: rate(lambda r, a=a: r["controls"].get(a)) for a in runs[0]["controls"]}
    summary["most_alarms"] = max(r["alarms"] for r in runs)
    for name in ("b_avg", "b_worst"):
        known = [r[name] for r in runs if r[name] is not None]
        summary[f"median_{name}"] = float(np.median(known)) if known else None
    # Where nothing leaks the true risk is 0: each bound of each test must hold it at its own level.
    summary["bounds_above_zero"] = {k: rate(lambda r, k=k: r["rates"][k][3] >= 0) for k in runs[0]["rates"]}
    summary["bounds_below_zero"] = {k: rate(lambda r, k=k: r["rates"][k][2] <= 0) for k in runs[0]["rates"]}
    summary["mean_fpr"] = {k: float(np.mean([r["rates"][k][1] for r in runs])) for k in runs[0]["rates"]}
    summary["mean_tpr"] = {k: float(np.mean([r["rates"][k][0] for r in runs])) for k in runs[0]["rates"]}
    panels = [r["panel"] for r in runs if r["panel"] is not None]
    summary["panel_tpr_fpr"] = np.mean(panels, axis=0).tolist() if panels else None
    reasons = sorted({code for r in runs for code in r["reasons"]})
    summary["reasons"] = {code: sum(code in r["reasons"] for r in runs) for code in reasons}
    return summary


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", choices=list(SCENARIOS), action="append")
    parser.add_argument("--pools", type=int, default=20)
    parser.add_argument("--targets", type=int, default=10)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    results = json.loads(given.out.read_text()) if given.out.is_file() else {"scenarios": {}}
    for name in given.scenario or SCENARIOS:
        scenario = SCENARIOS[name]
        count, targets = (1, 1) if name == "bounded_recipe" else (given.pools, given.targets)
        with ProcessPoolExecutor(given.processes) as processes:
            pools = [processes.submit(run_pool, scenario, p, targets) for p in range(count)]
            runs = [run for pool in pools for run in pool.result()]
        results["scenarios"][name] = {
            "scenario": asdict(scenario) | {"tau_average": TAU_AVERAGE, "pools": count, "targets": targets},
            "summary": summarise(runs),
        }
        write_atomic(given.out, (json.dumps(results, indent=1, sort_keys=True) + "\n").encode())
        print(json.dumps({name: results["scenarios"][name]["summary"]}, indent=1))


if __name__ == "__main__":
    main()
