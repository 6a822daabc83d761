"""What passes between the bench and a tool: a split going in, an attempt coming back, both without pickle.

Read by the bench and, inside each peer's own environment, by its runner: numpy only, scikit-learn where a target is
fitted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
from dataclasses import asdict, dataclass, field
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

ESTIMATORS = {
    "RandomForestClassifier": "sklearn.ensemble",
    "ExtraTreesClassifier": "sklearn.ensemble",
}
COMMON_PACKAGES = ("scikit-learn", "numpy", "scipy", "joblib")


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How the target model is trained. One recipe and one scikit-learn give one model, in every environment."""

    estimator: str
    random_state: int
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Split:
    """The audited records. `x` (n, d), `y` (n,) from 0 to classes - 1, `is_member` (n,): True if trained on."""

    name: str
    x: FloatArray
    y: IntArray
    is_member: BoolArray
    recipe: Recipe


@dataclass(frozen=True, kw_only=True)
class AttackResult:
    """One attack's answer. `scores` (n,) rise with membership; they mean nothing where `evaluated` (n,) is False.

    `seconds` are stages of wall time whose sum is what a user waits for this attack alone, its target model trained.
    """

    scores: FloatArray
    evaluated: BoolArray
    seconds: dict[str, float]
    setting: dict[str, Any] = field(default_factory=dict)
    own_report: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """All that a tool returned for a split. `target_proba` (n, classes) shows which model it attacked."""

    tool: str
    versions: dict[str, str]
    threads: int
    target_proba: FloatArray
    attacks: dict[str, AttackResult]
    peak_memory_mb: float = 0.0


def write_split(split: Split, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    recipe = np.array(json.dumps(asdict(split.recipe)))
    name = np.array(split.name)
    np.savez_compressed(path, x=split.x, y=split.y, is_member=split.is_member, recipe=recipe, name=name)


def read_split(path: Path) -> Split:
    with np.load(path, allow_pickle=False) as stored:
        return Split(
            name=str(stored["name"]),
            x=stored["x"],
            y=stored["y"],
            is_member=stored["is_member"],
            recipe=Recipe(**json.loads(str(stored["recipe"]))),
        )


def fit_target(split: Split, *, threads: int) -> Any:
    """The target model, fitted on the members in the order of the split; `threads` changes its speed only."""
    if split.recipe.estimator not in ESTIMATORS:
        raise ValueError(f"unknown estimator {split.recipe.estimator!r}; known: {sorted(ESTIMATORS)}")
    family = getattr(import_module(ESTIMATORS[split.recipe.estimator]), split.recipe.estimator)
    model = family(random_state=split.recipe.random_state, n_jobs=threads, **split.recipe.params)
    return model.fit(split.x[split.is_member], split.y[split.is_member])


def write_attempt(attempt: Attempt, path: Path) -> None:
    """Arrays to `path` (.npz), everything else to its .json twin."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[Any]] = {"target_proba": attempt.target_proba}
    described: dict[str, Any] = {}
    for name, result in attempt.attacks.items():
        arrays[f"{name}.scores"] = result.scores
        arrays[f"{name}.evaluated"] = result.evaluated
        described[name] = {
            "seconds": result.seconds,
            "setting": result.setting,
            "own_report": result.own_report,
        }
    np.savez_compressed(path, **arrays)
    text = {
        "tool": attempt.tool,
        "versions": attempt.versions,
        "threads": attempt.threads,
        "peak_memory_mb": attempt.peak_memory_mb,
        "attacks": described,
    }
    path.with_suffix(".json").write_text(json.dumps(text, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_attempt(path: Path) -> Attempt:
    text = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    with np.load(path, allow_pickle=False) as arrays:
        attacks = {
            name: AttackResult(scores=arrays[f"{name}.scores"], evaluated=arrays[f"{name}.evaluated"], **described)
            for name, described in text.pop("attacks").items()
        }
        return Attempt(target_proba=arrays["target_proba"], attacks=attacks, **text)


def versions(*packages: str) -> dict[str, str]:
    found = {"python": python_version()}
    for package in (*packages, *COMMON_PACKAGES):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "absent"
    return found


def peak_memory_mb() -> float:
    """Largest resident size of this process so far, in MiB (Linux counts it in KiB)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def runner_arguments(description: str | None) -> argparse.ArgumentParser:
    """The arguments that every runner accepts."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--split", type=Path, required=True, help="split handed over by the bench (.npz)")
    parser.add_argument("--out", type=Path, required=True, help="where the attempt goes (.npz and its .json twin)")
    parser.add_argument("--references", type=int, default=64, help="reference models, where the attack trains some")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    return parser
