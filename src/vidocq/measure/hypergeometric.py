"""The hypergeometric law, for whole arrays at once: what an accusation count looks like when nothing leaks."""

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray

NEGLIGIBLE = 1e-17  # a term below this share of the sum no longer changes it


def mass(k: IntArray, good: IntArray, bad: IntArray, drawn: IntArray) -> FloatArray:
    """P(X = k), X being how many of the good ones are among `drawn` out of good + bad. Arrays that broadcast.

    Source  Loader (2000), "Fast and accurate computation of binomial probabilities": three binomials, no
            difference of large logarithms.
    """
    good, bad, drawn = (np.asarray(each, dtype=np.int64) for each in (good, bad, drawn))
    share = drawn / np.maximum(good + bad, 1)
    from scipy import stats  # noqa: PLC0415 - a second to import, on use

    whole = stats.binom.pmf(drawn, good + bad, share)
    return np.asarray(stats.binom.pmf(k, good, share) * stats.binom.pmf(drawn - k, bad, share) / whole)


def upper_tail(k: IntArray, good: IntArray, bad: IntArray, drawn: IntArray) -> FloatArray:
    """P(X >= k), relative error below 1e-9. Arrays that broadcast.

    Terms are summed away from the mean, each from the one before, until they no longer count.
    """
    k, good, bad, drawn = (np.asarray(each, dtype=np.int64) for each in np.broadcast_arrays(k, good, bad, drawn))
    above = k * (good + bad) > drawn * good
    upwards = _sum_upwards(np.where(above, k, 0), good, bad, drawn, wanted=above)
    # P(X >= k) = 1 - P(Y >= drawn - k + 1), Y = drawn - X counting the bad ones.
    downwards = _sum_upwards(np.where(above, 0, drawn - k + 1), bad, good, drawn, wanted=~above)
    return np.clip(np.where(above, upwards, 1.0 - downwards), 0.0, 1.0)


def _sum_upwards(k: IntArray, good: IntArray, bad: IntArray, drawn: IntArray, *, wanted: BoolArray) -> FloatArray:
    term = np.where(wanted, mass(k, good, bad, drawn), 0.0)
    total = term.copy()
    while np.any(term > NEGLIGIBLE * total):
        term = term * ((good - k) / (k + 1.0)) * ((drawn - k) / np.maximum(bad - drawn + k + 1.0, 1.0))
        total = total + term
        k = k + 1
    return total
