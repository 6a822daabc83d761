"""The two figures of the bench, computed once and in the same way for every tool, ties against the attack."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from peers.handover import BoolArray, FloatArray


def auc(scores: FloatArray, is_member: BoolArray) -> float:
    """Chance that a member's score exceeds a non-member's, a tie counting one half.

    scores (n,) finite, is_member (n,) with both groups present; raises ValueError otherwise.
    """
    _require_two_groups(scores, is_member)
    members = int(is_member.sum())
    others = len(is_member) - members
    ranks = rankdata(scores)[is_member].sum()
    return float((ranks - members * (members + 1) / 2) / (members * others))


def tpr_at_fpr(scores: FloatArray, is_member: BoolArray, *, fpr: float) -> float:
    """Share of members above the lowest threshold that wrongly accuses at most `fpr` of the non-members.

    Records of equal score are accused together or not at all: nothing is interpolated inside a tie.
    Raises ValueError below 1 / fpr non-members: the rate cannot be read from them.
    """
    _require_two_groups(scores, is_member)
    others = np.sort(scores[~is_member])
    allowed = int(np.floor(fpr * len(others) + 1e-9))
    if allowed < 1:
        raise ValueError(f"a false positive rate of {fpr} cannot be read on {len(others)} non-members")
    threshold = others[-1 - allowed]  # accusing strictly above it leaves at most `allowed` non-members accused
    return float(np.mean(scores[is_member] > threshold))


def _require_two_groups(scores: FloatArray, is_member: BoolArray) -> None:
    if scores.shape != is_member.shape or not np.isfinite(scores).all():
        raise ValueError("scores must be finite, one for each record")
    if is_member.all() or not is_member.any():
        raise ValueError("members and non-members must both be present")
