"""Out-of-bag trees as more voices of models that never saw a record: what they add to attacks with few references.

`python benchmarks/out_of_bag.py` writes benchmarks/results/oob.json. Targets and references are scikit-learn's default
forests on 5,000 records of UCI Adult. Of each reference forest, the trees whose bootstrap left a record out speak
as an outsider of it, beside the references that were not trained on it at all. Both ways attack the same targets with the
same forests; where several draws of so few references are at hand, their mean counts once for a target.
`--votes FOLDER` keeps what the forests said, and takes it from there.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import sklearn
from sklearn.ensemble import RandomForestClassifier

from vidocq.attacks.lira import Lira
from vidocq.attacks.lira_offline import LiraOffline
from vidocq.audit.references.collect import References, assemble
from vidocq.audit.sampling.design import draw_design
from vidocq.core.files import write_atomic
from vidocq.targets.observe import from_probabilities
from vidocq.targets.observed import Observed
from vidocq.targets.out_of_bag import out_of_bag_votes

import adult
from paired import paired_difference
from rates import auc, tpr_at_fpr

HERE = Path(__file__).resolve().parent
SEED, MOST, DRAWS = 20261125, 64, 4
COUNTS = (4, 8, 16, 24, 32, 64)
ATTACKS = {"lira": Lira(), "lira-offline": LiraOffline()}


def votes(x: Any, y: Any, rows: Any, seed: int) -> tuple[Any, Any]:
    """(n,) share of trees for the true class: of all trees, and of those that never saw the record, NaN elsewhere."""
    forest = RandomForestClassifier(random_state=seed, n_jobs=1).fit(x[rows], y[rows])
    told = out_of_bag_votes(forest, x[rows])
    unseen = np.full(len(y), np.nan)
    unseen[rows] = told[np.arange(len(rows)), y[rows]]
    return forest.predict_proba(x)[np.arange(len(y)), y], unseen


def gathered(place: int, split: Any, folder: Path | None) -> dict[str, Any]:
    """full, oob (1 + MOST, n) of the target and the references; on (MOST, n)."""
    kept = None if folder is None else folder / f"oob{place}.npz"
    if kept is not None and kept.is_file():
        with np.load(kept) as held:
            return {name: held[name] for name in ("full", "oob", "on")}
    on = draw_design(len(split.y), MOST, share=0.5, rng=np.random.default_rng([7, place])).trained_on
    rows = [np.flatnonzero(split.is_member), *(np.flatnonzero(row) for row in on)]
    told = joblib.Parallel(n_jobs=2)(
        joblib.delayed(votes)(split.x, split.y, own, 1000 * place + i) for i, own in enumerate(rows)
    )
    found = {"full": np.stack([t[0] for t in told]), "oob": np.stack([t[1] for t in told]), "on": on}
    if kept is not None:
        np.savez(kept, **found)
    return found


def seen_of(p: Any) -> Observed:
    """Signals from (n,) probabilities of the true class, which stands first; NaN kept."""
    known = np.nan_to_num(np.asarray(p, dtype=float), nan=0.5)
    seen = from_probabilities(np.column_stack([known, 1.0 - known]), np.zeros(len(known), dtype=np.int64))
    silent = np.isnan(p)
    phi, loss = (np.where(silent, np.nan, told) for told in (seen.confidence, seen.loss))
    return Observed(phi, loss, seen.correct)


def figures(held: dict[str, Any], rows: slice, is_member: Any, *, bag: bool) -> dict[str, tuple[float, float]]:
    """AUC and TPR at 1 % of each attack that has voices enough."""
    on = held["on"][rows]
    seen = [seen_of(p) for p in held["full"][1:][rows]]
    out = np.stack([seen_of(p).confidence for p in held["oob"][1:][rows]])
    references = References(
        np.stack([s.confidence for s in seen]),
        np.stack([s.loss for s in seen]),
        np.stack([s.correct for s in seen]),
        on,
        np.arange(len(on)) // 2,
        out_of_bag=out if bag else None,
    )
    signals = assemble(seen_of(held["full"][0]), references)
    scores = {name: attack.score(signals, rng=np.random.default_rng(0)) for name, attack in ATTACKS.items()}
    return {name: (auc(s, is_member), tpr_at_fpr(s, is_member, fpr=0.01)) for name, s in scores.items()}


def compared(without: Any, with_them: Any, rng: np.random.Generator) -> dict[str, Any]:
    """without, with_them (targets, 2)."""
    told = {}
    for i, name in enumerate(("auc", "tpr_at_1_percent")):
        gap = paired_difference(with_them[:, i].tolist(), without[:, i].tolist(), rng=rng)
        told[name] = {
            "without": round(float(without[:, i].mean()), 4),
            "with": round(float(with_them[:, i].mean()), 4),
            "difference": round(gap.mean, 4),
            "interval": [round(bound, 4) for bound in gap.t_interval],
        }
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--targets", type=int, default=5)
    parser.add_argument("--votes", type=Path)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "oob.json")
    given = parser.parse_args()
    kept: dict[int, dict[str, dict[bool, list[Any]]]] = {
        count: {name: {False: [], True: []} for name in ATTACKS} for count in COUNTS
    }
    for place, split in enumerate(adult.splits(given.targets, seed=SEED)):
        held = gathered(place, split, given.votes)
        for count in COUNTS:
            draws = [slice(count * i, count * (i + 1)) for i in range(min(DRAWS, MOST // count))]
            for bag in (False, True):
                told = [figures(held, rows, split.is_member, bag=bag) for rows in draws]
                for name in ATTACKS:
                    kept[count][name][bag].append(np.mean([t[name] for t in told], axis=0))
        print(place, flush=True)
    rng = np.random.default_rng(SEED)
    content = {
        "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "targets": given.targets,
        "records": 5000,
        "trees": 100,
        "references": {
            str(count): {
                name: compared(np.stack(ways[False]), np.stack(ways[True]), rng) for name, ways in kept[count].items()
            }
            for count in COUNTS
        },
    }
    write_atomic(given.out, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())
    for count in COUNTS:
        for name, told in content["references"][str(count)].items():
            print(count, name, {figure: (t["difference"], t["interval"]) for figure, t in told.items()})


if __name__ == "__main__":
    main()
