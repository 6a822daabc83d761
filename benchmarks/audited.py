"""One split put to Vidocq's public audit, as a user would, and its persons found again in the split."""

from __future__ import annotations

from typing import Any

import numpy as np

import vidocq

from peers.handover import IntArray, Split, fit_target


def audited(
    split: Split, *, references: int, threads: int, seed: int, suite: str = "standard", **access: Any
) -> tuple[Any, Any]:
    """The target model, and the result of the audit; `access` are keywords of `vidocq.audit`."""
    model = fit_target(split, threads=threads)
    result = vidocq.audit(
        model,
        members=(split.x[split.is_member], split.y[split.is_member]),
        non_members=(split.x[~split.is_member], split.y[~split.is_member]),
        split="randomised",
        declared_by="benchmark",
        suite=suite,
        references=references,
        workers=threads,
        seed=seed,
        **access,
    )
    return model, result


def places(split: Split, result: Any) -> IntArray:
    """(p,) the row of the split that each audited person is."""
    population = result.performed.population
    members, others = np.flatnonzero(split.is_member), np.flatnonzero(~split.is_member)
    return np.where(
        population.is_member, members[population.row % len(members)], others[population.row % len(others)]
    )
