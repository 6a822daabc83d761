"""Runs the black-box membership attacks of adversarial-robustness-toolbox on one split, inside its own environment.

As in its documentation, a learned attack is shown half of the members and half of the non-members, told which is
which, and is evaluated on the other half. The rule-based one (correct means member) learns nothing and is evaluated
on every record. None of them trains a reference model: `--references` is accepted and not used.
"""

from __future__ import annotations

from time import perf_counter

import numpy as np
import torch
from art.attacks.inference.membership_inference import (
    MembershipInferenceBlackBox,
    MembershipInferenceBlackBoxRuleBased,
)
from art.estimators.classification.scikitlearn import SklearnClassifier
from handover import (
    AttackResult,
    Attempt,
    BoolArray,
    Split,
    fit_target,
    peak_memory_mb,
    read_split,
    runner_arguments,
    versions,
    write_attempt,
)

LEARNED = ("rf", "gb", "nn")
ATTACK_TRAIN_RATIO = 0.5


def known_to_the_attacker(split: Split) -> BoolArray:
    """The first half of each group, as in the documentation; the order of a split says nothing about its records."""
    known = np.zeros(len(split.y), dtype=bool)
    for group in (split.is_member, ~split.is_member):
        rows = np.flatnonzero(group)
        known[rows[: int(len(rows) * ATTACK_TRAIN_RATIO)]] = True
    return known


def attack(split: Split, *, threads: int, seed: int) -> Attempt:
    model = fit_target(split, threads=threads)
    torch.set_num_threads(threads)
    classifier = SklearnClassifier(model=model)
    known = known_to_the_attacker(split)
    member, other = known & split.is_member, known & ~split.is_member

    attacks: dict[str, AttackResult] = {}
    for kind in LEARNED:
        np.random.seed(seed)  # noqa: NPY002 (its attack models draw from numpy's global generator)
        torch.manual_seed(seed)
        began = perf_counter()
        learned = MembershipInferenceBlackBox(classifier, attack_model_type=kind)
        learned.fit(split.x[member], split.y[member], split.x[other], split.y[other])
        fitted = perf_counter()
        scores = np.zeros(len(split.y))
        scores[~known] = np.ravel(learned.infer(split.x[~known], split.y[~known], probabilities=True))
        attacks[f"black-box-{kind}"] = AttackResult(
            scores=scores,
            evaluated=~known,
            seconds={"train": fitted - began, "score": perf_counter() - fitted},
            setting={"attack_model_type": kind, "input_type": "prediction", "attack_train_ratio": ATTACK_TRAIN_RATIO},
        )

    began = perf_counter()
    correct = MembershipInferenceBlackBoxRuleBased(classifier).infer(split.x, split.y)
    attacks["rule-based"] = AttackResult(
        scores=np.asarray(correct, dtype=np.float64),
        evaluated=np.ones(len(split.y), dtype=bool),
        seconds={"score": perf_counter() - began},
    )
    return Attempt(
        tool="art",
        versions=versions("adversarial-robustness-toolbox", "torch"),
        threads=threads,
        target_proba=model.predict_proba(split.x),
        attacks=attacks,
        peak_memory_mb=peak_memory_mb(),
    )


def main() -> None:
    given = runner_arguments(__doc__).parse_args()
    write_attempt(attack(read_split(given.split), threads=given.threads, seed=given.seed), given.out)


if __name__ == "__main__":
    main()
