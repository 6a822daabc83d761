"""P(sum >= what was seen) of independent draws, one from each of many short lists, by the saddlepoint.

Lugannani and Rice (1980), Advances in Applied Probability 12, 475-490; for permutations Robinson (1982), JRSS B 44,
91-101. Against the exact law of 32 pairs the p is off by a few per cent where it is over 1e-6, and by less with more.
"""

from collections.abc import Sequence

import numpy as np
from scipy.stats import norm

from vidocq.core.arrays import FloatArray

MOST_STEPS = 60
CLOSE = 1e-9
"""In standard deviations: the saddlepoint's equation is solved, or the sum is the largest there is, to this."""


def upper_tails(values: Sequence[FloatArray], weights: Sequence[FloatArray], seen: FloatArray) -> FloatArray:
    """(p,) P(sum >= seen), for p sums at once; seen over the mean.

    values   of each list (c, p), c of its own.   weights (c,) chances in it, of sum 1.
    Returns  in (0, 1], and no less than the chance of the largest sum.
    """
    middles = [w @ v for v, w in zip(values, weights, strict=True)]
    sd = np.sqrt(sum(w @ np.square(v - m) for v, w, m in zip(values, weights, middles, strict=True)))
    lists = [((v - m) / sd, w[:, None]) for v, w, m in zip(values, weights, middles, strict=True)]
    x = (seen - sum(middles)) / sd
    tops = [v.max(axis=0) for v, _ in lists]
    largest = np.exp(
        sum(np.log((w * (v >= top - CLOSE)).sum(axis=0)) for (v, w), top in zip(lists, tops, strict=True))
    )
    within = x < sum(tops) - CLOSE * len(lists)

    tilt, (under, over) = x.copy(), (np.zeros_like(x), np.full_like(x, np.inf))
    for _ in range(MOST_STEPS):
        generating, mean, variance = _tilted(lists, tilt)
        off = mean - x
        if (np.abs(off) < CLOSE)[within].all():
            break
        under, over = np.where(off <= 0, tilt, under), np.where(off > 0, tilt, over)
        newton = tilt - off / np.maximum(variance, np.finfo(float).tiny)
        halved = np.where(np.isfinite(over), (under + over) / 2, 2 * tilt)
        tilt = np.where(within, np.where((newton > under) & (newton < over), newton, halved), tilt)
    w = np.sqrt(np.maximum(2 * (tilt * x - generating), np.finfo(float).tiny))
    u = tilt * np.sqrt(np.maximum(variance, np.finfo(float).tiny))
    p = norm.sf(w) + norm.pdf(w) * (1 / u - 1 / w)
    return np.asarray(np.clip(np.where(within, p, largest), largest, 1.0))


def _tilted(
    lists: Sequence[tuple[FloatArray, FloatArray]], tilt: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Logarithm of the moment generating function of the sum at `tilt`, and its first two derivatives, (p,) each."""
    generating, mean, variance = np.zeros_like(tilt), np.zeros_like(tilt), np.zeros_like(tilt)
    for v, w in lists:
        top = v.max(axis=0)
        share = w * np.exp(tilt * (v - top))
        total = share.sum(axis=0)
        share /= total
        middle = (share * v).sum(axis=0)
        generating += tilt * top + np.log(total)
        mean += middle
        variance += (share * np.square(v)).sum(axis=0) - np.square(middle)
    return generating, mean, variance
