"""From scores to accusations: thresholds, curves, rates. Ties are never accused."""

import math
from dataclasses import dataclass

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import SampleTooSmall
from vidocq.core.estimate import Estimate
from vidocq.measure.demands import require_finite, require_groups, require_share, require_some
from vidocq.measure.intervals import clopper_pearson


@dataclass(frozen=True, eq=False)
class Roc:
    """Every (FPR, TPR) that a threshold can reach, from (0, 0) to (1, 1), all three of shape (d + 1,).

    fpr, tpr   shares strictly above the threshold; neither ever decreases.
    threshold  the d distinct scores, decreasing, then minus infinity.
    """

    fpr: FloatArray
    tpr: FloatArray
    threshold: FloatArray


def roc_curve(scores: FloatArray, is_member: BoolArray) -> Roc:
    """The whole curve; tied scores make one single point.

    scores  (n,) finite.   is_member  (n,) bool, both groups present.
    Raises  SignalError on scores that are not finite, SampleTooSmall if a group is missing.
    """
    require_groups(scores, is_member, where="measure.roc.roc_curve")
    values, place = np.unique(scores, return_inverse=True)
    fp = _strictly_above(place[~is_member], values.size)
    tp = _strictly_above(place[is_member], values.size)
    return Roc(
        fpr=fp[::-1] / np.count_nonzero(~is_member),
        tpr=tp[::-1] / np.count_nonzero(is_member),
        threshold=np.append(values[::-1], -np.inf),
    )


def accuse(scores: FloatArray, *, threshold: float) -> BoolArray:
    """Who is accused: scores strictly above the threshold. Same shape as `scores`."""
    return np.greater(scores, threshold)


def threshold_at(outsider_scores: FloatArray, *, fpr: float) -> float:
    """The smallest of the scores given that accuses a share of at most `fpr` of them.

    outsider_scores  (n,) finite, of non-members. Below 1 / fpr of them nobody is accused: see `describes`.
    Raises           SampleTooSmall without any score, SignalError on scores that are not finite.
    """
    where = "measure.roc.threshold_at"
    require_share(fpr, name="fpr", where=where)
    require_some(outsider_scores.size, what="non-members", where=where)
    require_finite(outsider_scores, where=where)
    values, place = np.unique(outsider_scores, return_inverse=True)
    above = _strictly_above(place, values.size)[1:]
    return float(values[above / outsider_scores.size <= fpr][0])


def fresh_threshold_at(outsider_scores: FloatArray, *, fpr: float) -> float:
    """The smallest of the scores given that accuses one more outsider, drawn like them, with probability at most `fpr`.

    A threshold with j of n scores above it accuses a fresh one with probability (j + 1) / (n + 1), ties apart: of few
    scores, `threshold_at` would accuse too many. Arguments and errors are the same.
    """
    n = outsider_scores.size
    allowed = math.floor(fpr * (n + 1) * (1 + 1e-12)) - 1
    loosest = threshold_at(outsider_scores, fpr=fpr)
    if allowed < 0:
        return float(outsider_scores.max())
    ordered = np.sort(outsider_scores)[::-1]
    return max(loosest, float(ordered[allowed])) if allowed < n else loosest


def tpr_at_fpr(scores: FloatArray, is_member: BoolArray, *, fpr: float, level: float = 0.95) -> Estimate:
    """Share of members recognised when at most `fpr` of the non-members are wrongly accused.

    scores     (n,) finite; higher means more member-like. Ties at the threshold are not accused.
    is_member  (n,) bool, both groups present.
    fpr        in (0, 1).  level  in (0, 1), of the Clopper-Pearson interval.
    Returns    Estimate of a rate in [0, 1]; `n` counts the members. Descriptive: the threshold is read from
               the same non-members, and the interval does not pay for that.
    Raises     SampleTooSmall below 1 / fpr non-members: that rate cannot be read from them.
    Source     Carlini et al. (2022), arXiv:2112.03570.
    """
    where = "measure.roc.tpr_at_fpr"
    require_share(fpr, name="fpr", where=where)
    require_groups(scores, is_member, where=where)
    outsiders = scores[~is_member]
    if not describes(fpr, outsiders.size):
        raise SampleTooSmall(
            f"a false positive rate of {fpr:g} cannot be read on {outsiders.size} non-members",
            where=where,
            fix=f"give at least {_least(1.0, fpr)} non-members, or ask for fpr >= {1.0 / outsiders.size:.3g}",
        )
    accused = accuse(scores[is_member], threshold=threshold_at(outsiders, fpr=fpr))
    return clopper_pearson(int(np.count_nonzero(accused)), accused.size, level=level)


def roc_points(roc: Roc, n_non_members: int, *, limit: int = 200) -> list[tuple[float, float]]:
    """A few (FPR, TPR) of the curve, for a figure with logarithmic axes.

    n_non_members  behind the curve; FPR below 1 / n_non_members cannot be read and is left out.
    limit          at most this many points. Each is on the curve, at the highest TPR of its FPR; the last is (1, 1).
    Raises         SampleTooSmall if n_non_members is 0.
    """
    require_some(n_non_members, what="non-members", where="measure.roc.roc_points")
    wanted = np.geomspace(1.0 / n_non_members, 1.0, max(limit, 2))
    wanted[[0, -1]] = 1.0 / n_non_members, 1.0
    last = np.searchsorted(roc.fpr, wanted, side="right") - 1
    kept = np.unique(last[roc.fpr[last] >= 1.0 / n_non_members])
    return [(float(x), float(y)) for x, y in zip(roc.fpr[kept], roc.tpr[kept], strict=True)]


def largest_gap(scores: FloatArray, is_member: BoolArray) -> float:
    """The largest TPR - FPR over all thresholds, in [0, 1]. Descriptive: chosen after the fact, it is biased upwards.

    Raises  as `roc_curve`.
    """
    roc = roc_curve(scores, is_member)
    return float(np.max(roc.tpr - roc.fpr))


def describes(alpha: float, non_members: int) -> bool:
    """Whether so many non-members are enough to read a false positive rate of alpha: 1 / alpha."""
    return non_members >= _least(1.0, alpha)


def certifies(alpha: float, non_members: int) -> bool:
    """Whether so many non-members can show that the false positive rate is at most alpha: 3.7 / alpha.

    With none of n accused, the two-sided 95 % upper bound is 1 - 0.025^(1/n), about 3.69 / n.
    """
    return non_members >= _least(3.7, alpha)


def _least(events: float, alpha: float) -> int:
    """How many non-members make `events` accusations at rate alpha; 1 / 0.1 is ten in spite of rounding."""
    return math.ceil(events / alpha - 1e-9)


def _strictly_above(place: IntArray, values: int) -> IntArray:
    """(values + 1,) how many lie above minus infinity, then above each value in increasing order."""
    counts = np.bincount(place, minlength=values)
    return np.append(np.cumsum(counts[::-1])[::-1], 0).astype(np.int64)
