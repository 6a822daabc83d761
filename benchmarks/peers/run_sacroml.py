"""Runs sacroml's LiRA on one split, inside sacroml's own environment.

One set of reference models is trained and timed as sacroml does it; its three modes, with the variance per record
or shared, are then scored on that same set, so that the bench can hold the strongest one against Vidocq. The time of
the default setting stands for all six: they do the same work.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
from handover import (
    AttackResult,
    Attempt,
    Split,
    fit_target,
    peak_memory_mb,
    read_split,
    runner_arguments,
    versions,
    write_attempt,
)
from sacroml.attacks import utils
from sacroml.attacks.likelihood_attack import LIRAAttack
from sacroml.attacks.target import Target

MODES = ("offline", "offline-carlini", "online-carlini")
DEFAULT = ("offline", False)  # sacroml's own default: this one goes through its public entry point
SETTINGS = (DEFAULT, *((mode, fixed) for mode in MODES for fixed in (False, True) if (mode, fixed) != DEFAULT))


class TimedLira(LIRAAttack):
    """sacroml's attack, unchanged, that notes when each stage ends and keeps what it passes between them."""

    def __init__(self, **params: Any) -> None:
        super().__init__(**params)
        self.began = perf_counter()
        self.seconds: dict[str, float] = {}
        self.inputs: tuple[Any, ...] = ()
        self.scores: list[list[float]] = []

    def _get_shadow_signals(self, *args: Any, **kwargs: Any) -> Any:
        ready = perf_counter()
        self.seconds["train"] = ready - self.began
        signals = super()._get_shadow_signals(*args, **kwargs)
        self.seconds["signals"] = perf_counter() - ready
        return signals

    def _compute_scores(self, *args: Any, **kwargs: Any) -> Any:
        ready = perf_counter()
        scores, n_normal = super()._compute_scores(*args, **kwargs)
        self.seconds["score"] = perf_counter() - ready
        self.inputs, self.scores = args, scores
        return scores, n_normal


def attack(split: Split, *, references: int, threads: int, folder: Path) -> Attempt:
    model = fit_target(split, threads=threads)
    target = Target(model=model, dataset_name=split.name, **sides(split))
    attacks = attacked(target, split, references=references, folder=folder)
    return Attempt(
        tool="sacroml",
        versions=versions("sacroml"),
        threads=threads,
        target_proba=model.predict_proba(split.x),
        attacks=attacks,
        peak_memory_mb=peak_memory_mb(),
    )


def sides(split: Split) -> dict[str, Any]:
    """Members as what sacroml calls train, the others as its test."""
    member, other = split.is_member, ~split.is_member
    return {
        "X_train": split.x[member],
        "y_train": split.y[member],
        "X_test": split.x[other],
        "y_test": split.y[other],
    }


def attacked(target: Target, split: Split, *, references: int, folder: Path) -> dict[str, AttackResult]:
    """Its six settings on one set of reference models; `folder` is where it keeps them."""
    order = np.concatenate([np.flatnonzero(split.is_member), np.flatnonzero(~split.is_member)])  # members first
    mode, fixed = DEFAULT
    lira = TimedLira(
        output_dir=str(folder), write_report=False, n_shadow_models=references, mode=mode, fix_variance=fixed
    )
    lira.began, used = perf_counter(), process_time()
    report = lira.attack(target)
    used = process_time() - used
    whole = perf_counter() - lira.began
    shared = {"train": lira.seconds["train"], "signals": lira.seconds["signals"]}
    rest = whole - sum(lira.seconds.values())  # its metrics
    own = report["attack_experiment_logger"]["attack_instance_logger"]["instance_0"]
    own_report = {key: float(own[key]) for key in ("AUC", "Advantage", "TPR", "FPR")}
    inputs, score_seconds = lira.inputs, lira.seconds["score"]
    utils.get_p_normal = _skip_normality_test  # most of the scoring time, and no part of a score

    attacks: dict[str, AttackResult] = {}
    for mode, fixed in SETTINGS:
        default = (mode, fixed) == DEFAULT
        if not default:
            lira.mode, lira.fix_variance = mode, fixed
            lira._compute_scores(*inputs)
        scores = np.empty(len(split.y))
        scores[order] = np.asarray(lira.scores)[:, 1]  # the column whose rise sacroml's own metrics read as member
        attacks[f"lira-{mode}{'-fixed' if fixed else ''}"] = AttackResult(
            scores=scores,
            evaluated=np.ones(len(split.y), dtype=bool),
            seconds={**shared, "score": score_seconds, "metrics": rest},
            setting={
                "mode": mode,
                "fix_variance": fixed,
                "n_shadow_models": references,
                "default": default,
                "processor_seconds": used,
            },
            own_report=own_report if default else {},
        )
    return attacks


def _skip_normality_test(samples: Any) -> float:
    return float("nan")


def main() -> None:
    given = runner_arguments(__doc__).parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.out.parent) as folder:  # the reference models are pickled there
        attempt = attack(
            read_split(given.split), references=given.references, threads=given.threads, folder=Path(folder)
        )
    write_attempt(attempt, given.out)


if __name__ == "__main__":
    main()
