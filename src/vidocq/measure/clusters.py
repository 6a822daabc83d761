"""Means and shares over records, several of which may be about one person."""

import math

import numpy as np
from scipy import special

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.estimate import Estimate
from vidocq.measure.demands import require_finite, require_share, require_some
from vidocq.measure.intervals import clopper_pearson


def clustered_share(hits: BoolArray, person: IntArray, *, level: float = 0.95) -> Estimate:
    """Share of the records that are hits; its interval counts persons, not records, where these differ.

    hits    (n,) bool.   person  (n,) whom each record is about, any integers.
    Returns Estimate in [0, 1]; `n` counts the persons. Clopper-Pearson with one record each; otherwise the same with
            as many independent records as the spread between persons leaves, never more than there are.
    Raises  SampleTooSmall without records.
    Source  Korn and Graubard (1998), Survey Methodology 24:193.
    """
    require_some(hits.size, what="records", where="measure.clusters.clustered_share")
    require_share(level, name="level", where="measure.clusters.clustered_share")
    persons, index = np.unique(person, return_inverse=True)
    if persons.size == hits.size:
        return clopper_pearson(int(hits.sum()), hits.size, level=level)
    share = float(hits.mean())
    effective = float(persons.size)
    if 0.0 < share < 1.0 and persons.size > 1:
        variance = _variance(hits.astype(float), index, persons.size)
        if variance > 0:
            effective = min(share * (1.0 - share) / variance, float(hits.size))
    right, wrong, error = share * effective, (1.0 - share) * effective, (1.0 - level) / 2.0
    low = float(special.betaincinv(right, wrong + 1.0, error)) if right > 0 else 0.0
    high = float(special.betainccinv(right + 1.0, wrong, error)) if wrong > 0 else 1.0
    return Estimate(share, min(low, share), max(high, share), level, int(persons.size))


def clustered_mean(values: FloatArray, person: IntArray, *, level: float = 0.95) -> Estimate | None:
    """Mean of positive values over records, with an interval on the scale of logarithms: losses are skewed.

    values  (n,) finite, at least 0.   person  (n,).
    Returns Estimate; `n` counts the persons. None below two persons, or where every value is 0: no spread can be told.
    Raises  SignalError on values that are not finite.
    """
    require_finite(values, where="measure.clusters.clustered_mean")
    require_share(level, name="level", where="measure.clusters.clustered_mean")
    persons, index = np.unique(person, return_inverse=True)
    mean = float(values.mean()) if values.size else 0.0
    if persons.size < 2 or mean <= 0.0:
        return None
    spread = math.sqrt(_variance(values, index, persons.size)) / mean
    reach = float(special.stdtrit(persons.size - 1, (1.0 + level) / 2.0)) * spread
    return Estimate(mean, mean * math.exp(-reach), mean * math.exp(min(reach, 700.0)), level, int(persons.size))


def clustered_difference(
    before: IntArray, after: IntArray, count: IntArray, *, level: float = 0.95
) -> Estimate | None:
    """Share of records that are hits the second time, minus that of the first, over the same persons.

    before, after  (p,) hits among each person's records.   count  (p,) records of each person, at least 1.
    Returns Estimate in [-1, 1]; `n` counts the persons. From how far the persons' own changes lie apart (linearised
            ratio, Student's t): where nothing changed for anybody it is 0 with nothing on either side. None below two
            persons.
    Source  Cochran (1977), Sampling Techniques, 3rd edition, chapter 6.
    """
    require_share(level, name="level", where="measure.clusters.clustered_difference")
    persons, records = int(count.size), int(count.sum())
    if persons < 2:
        return None
    change = (after - before).astype(float)
    value = float(change.sum() / records)
    spread = math.sqrt(persons / (persons - 1) * float(np.sum((change - value * count) ** 2))) / records
    reach = float(special.stdtrit(persons - 1, (1.0 + level) / 2.0)) * spread
    return Estimate(value, max(value - reach, -1.0), min(value + reach, 1.0), level, persons)


def _variance(values: FloatArray, index: IntArray, persons: int) -> float:
    """Variance of the mean of all records, when persons are drawn and not records (linearised ratio)."""
    residual = np.bincount(index, weights=values - values.mean(), minlength=persons)
    return float(persons / (persons - 1) * np.sum(residual**2) / values.size**2)
