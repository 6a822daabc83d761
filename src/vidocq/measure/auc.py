"""Area under the ROC curve: how often a member outscores a non-member."""

import math

import numpy as np
from scipy import optimize, special

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.estimate import Estimate
from vidocq.measure.demands import require_groups, require_share
from vidocq.measure.difference import difference


def auc(scores: FloatArray, is_member: BoolArray, *, level: float = 0.95) -> Estimate:
    """Probability that a member scores above a non-member, ties counted as one half.

    scores     (n,) finite.  is_member  (n,) bool, at least two of each.  level  in (0, 1).
    Returns    Estimate in [0, 1]; `n` counts all records. The interval goes from the lower to the higher end
               of two: DeLong's variance on the logit scale, and Newcombe's score interval. The first falls short
               of its level near 1 and vanishes where the groups separate or all scores tie; the second does
               neither. Together they cover too much rather than too little, most of all with many ties.
    Raises     SampleTooSmall below two of each; SignalError on scores that are not finite.
    Source     DeLong et al. (1988), Biometrics 44; Sun and Xu (2014), IEEE Signal Processing Letters 21 (by ranks);
               Pepe (2003) for the logit; Newcombe (2006), Statistics in Medicine 25:559, method 5.
    """
    require_share(level, name="level", where="measure.auc.auc")
    require_groups(scores, is_member, at_least=2, where="measure.auc.auc")
    below, above = placements(scores, is_member)
    m, n = below.size, above.size
    area = float(np.clip(np.mean(below), 0.0, 1.0))
    variance = float(np.var(below, ddof=1) / m + np.var(above, ddof=1) / n)
    quantile = float(special.ndtri((1.0 + level) / 2.0))
    low, high = _score_interval(area, m, n, quantile)
    if 0.0 < area < 1.0:
        reach = quantile * math.sqrt(variance) / (area * (1.0 - area))
        centre = float(special.logit(area))
        low = min(low, float(special.expit(centre - reach)))
        high = max(high, float(special.expit(centre + reach)))
    return Estimate(area, min(low, area), max(high, area), level, m + n)


def cross_validated_auc(scores: FloatArray, is_member: BoolArray, *, level: float = 0.95) -> Estimate:
    """The same, where each score comes from a model that was trained on the others and their sides.

    Two records that are alike draw each other to their own side, so that scores lean on each other: where nothing tells
    the groups apart, the area is a quadratic form of the sides, whose variance is up to twice that of independent scores.
    The interval is widened by the square root of two.
    """
    require_share(level, name="level", where="measure.auc.cross_validated_auc")
    quantile = math.sqrt(2.0) * float(special.ndtri((1.0 + level) / 2.0))
    wide = auc(scores, is_member, level=1.0 - 2.0 * float(special.ndtr(-quantile)))
    return Estimate(wide.value, wide.low, wide.high, level, wide.n)


def placements(scores: FloatArray, is_member: BoolArray) -> tuple[FloatArray, FloatArray]:
    """(m,) share of the non-members below each member, and (n,) share of the members above each non-member.

    Ties count as one half. The mean of either is the area under the curve.
    Source  Sun and Xu (2014), by ranks.
    """
    from scipy import stats  # noqa: PLC0415 - a second to import, on use

    inside, outside = scores[is_member], scores[~is_member]
    m, n = inside.size, outside.size
    rank = stats.rankdata(np.concatenate([inside, outside]))
    return (rank[:m] - stats.rankdata(inside)) / n, 1.0 - (rank[m:] - stats.rankdata(outside)) / m


def auc_difference(first: FloatArray, second: FloatArray, is_member: BoolArray, *, level: float = 0.95) -> Estimate:
    """Area of `second` minus area of `first`, two scores of the same persons.

    first, second, is_member  (n,) as in `auc`.
    Returns  Estimate in [-1, 1]; `n` counts the persons. From the interval of each area and the correlation that
             DeLong's covariance gives them, so that it does not vanish where both groups separate.
    Raises   as `auc`.
    Source   DeLong et al. (1988); Zou and Donner (2008).
    """
    areas = auc(first, is_member, level=level), auc(second, is_member, level=level)
    each = [placements(scores, is_member) for scores in (first, second)]
    sides = [np.cov(one, other, ddof=1) / one.size for one, other in zip(*each, strict=True)]
    covariance = sides[0] + sides[1]
    spread = math.sqrt(float(covariance[0, 0] * covariance[1, 1]))
    correlation = float(np.clip(covariance[0, 1] / spread, -1.0, 1.0)) if spread > 0 else 0.0
    found = difference(areas[1], areas[0], correlation=correlation)
    return Estimate(found.value, max(found.low, -1.0), min(found.high, 1.0), level, is_member.size)


def _score_interval(area: float, m: int, n: int, quantile: float) -> tuple[float, float]:
    """All areas t whose own standard error, and not that of the estimate, makes `area` plausible."""
    half = (m + n) / 2.0

    def reach(t: float) -> float:
        return quantile * math.sqrt(
            t * (1.0 - t) * (2.0 * half - 1.0 - (3.0 * half - 3.0) / ((2.0 - t) * (1.0 + t))) / (m * n)
        )

    nearly = 1e-12  # at 0 and 1 themselves the standard error is 0, which is a root of no interest
    low, high = 0.0, 1.0
    if area > nearly:
        low = optimize.brentq(lambda t: area - t - reach(t), 0.0, min(area, 1.0 - nearly))
    if area < 1.0 - nearly:
        high = optimize.brentq(lambda t: t - area - reach(t), max(area, nearly), 1.0)
    return float(low), float(high)
