"""What numbers can show: the risk an audit would detect, and the bounds it would print if nothing leaked.

An excess r plants a leak of known size: a share r of the members is always accused, the others as often as
anybody, so that TPR = alpha + r (1 - alpha).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean

import numpy as np
from scipy import special

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.measure import hypergeometric
from vidocq.measure.demands import require_share, require_some
from vidocq.measure.intervals import lower_bound, upper_bound

# Sizes that the planner tries.
_DECADE = (100, 120, 150, 180, 220, 270, 330, 390, 470, 560, 680, 820)
PERSONS: tuple[int, ...] = (*(size * times for times in (1, 10, 100, 1000) for size in _DECADE), 1_000_000)
REFERENCES = (16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192)


def detectable_risk(members: int, non_members: int, *, alpha: float, error: float, power: float = 0.9) -> float:
    """The smallest excess r that Fisher's one-sided test would see with probability `power`.

    alpha    the false positive rate, in (0, 1).   error  of the test, in (0, 0.5).
    Returns  r in (0, 1], to 1e-6 and rounded up; summed over all likely counts, nothing is simulated.
    Raises   SampleTooSmall if even r = 1 would be missed too often.
    """
    where = "measure.power.detectable_risk"
    for name, value in (("alpha", alpha), ("error", error), ("power", power)):
        require_share(value, name=name, where=where)
    if error >= 0.5:
        raise ConfigurationError(f"error is {error:g}", where=where, fix="give an error below 0.5")
    require_some(members, what="members", where=where)
    require_some(non_members, what="non-members", where=where)
    fp = _likely(non_members, alpha)
    chance = _law(fp, non_members, alpha)
    least = _least_significant(fp, members, non_members, error)
    reachable = least <= members

    def seen(excess: float) -> float:
        tpr = alpha + excess * (1.0 - alpha)
        detected = special.betainc(np.maximum(least, 1), np.maximum(members - least + 1, 1), tpr)
        return float(np.sum(chance[reachable] * detected[reachable]))

    if seen(1.0) < power:
        raise SampleTooSmall(
            f"{members} members and {non_members} non-members show no leak at all with probability {power:g}",
            where=where,
            fix="give more persons, or ask for a higher rate",
        )
    low, high = 0.0, 1.0
    while high - low > 1e-6:
        middle = (low + high) / 2.0
        low, high = (low, middle) if seen(middle) >= power else (middle, high)
    return high


def null_average_bound(
    members: int,
    non_members: int,
    *,
    rates: tuple[float, ...],
    attacks: int,
    error: float,
    draws: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Simulated B_avg when nothing leaks: the largest U over independent attacks and rates (verdict rule, line 5).

    rates    false positive rates, each in (0, 1).   error  as `risk_bounds` takes it.
    Returns  (draws,) in [-1, 1].
    """
    _require_null(rates, error, members, non_members, where="measure.power.null_average_bound")
    shape = (draws, attacks)
    bounds = [
        _drawn_bound(members, non_members, tpr=alpha, fpr=alpha, error=error, shape=shape, rng=rng) for alpha in rates
    ]
    return np.asarray(np.max(bounds, axis=(0, 2)))


def null_worst_bound(
    persons: int,
    n_in: int,
    n_out: int,
    *,
    alpha: float,
    error: float,
    draws: int,
    rng: np.random.Generator,
    excess: float = 0.0,
) -> FloatArray:
    """Simulated B_worst when every person of the panel is exposed by `excess`: the largest U (line 6).

    n_in, n_out  models that had a person and that did not: a quarter of the K references each, half B split evenly.
    Returns      (draws,) in [-1, 1].
    """
    _require_null((alpha,), error, n_in, n_out, where="measure.power.null_worst_bound")
    tpr = alpha + excess * (1.0 - alpha)
    bounds = _drawn_bound(n_in, n_out, tpr=tpr, fpr=alpha, error=error, shape=(draws, persons), rng=rng)
    return np.asarray(bounds.max(axis=1))


def average_rate(
    tolerance: float,
    members: int,
    non_members: int,
    *,
    rates: tuple[float, ...],
    attacks: int,
    error: float,
    spread: float = 1.0,
) -> float:
    """Probability that B_avg <= tolerance when nothing leaks and the attacks are independent; exact.

    spread  >= 1: on the target, all attacks together accuse alpha / spread, alpha or alpha * spread of the persons,
            one chance in three each. Where a model has few parameters, persons move together and rates do so.
    """
    _require_null(rates, error, members, non_members, where="measure.power.average_rate")

    def odds(factor: float) -> float:
        seen = [min(alpha * factor, max(alpha, 0.5)) for alpha in rates]
        each = [_below(tolerance, members, non_members, tpr=alpha, fpr=alpha, error=error) for alpha in seen]
        return math.pow(math.prod(each), attacks)

    return odds(1.0) if spread == 1.0 else fmean(odds(factor) for factor in (1 / spread, 1.0, spread))


@dataclass(frozen=True, eq=False)
class Outsiders:
    """One test as models that never saw the persons show it: rates (s,) accused by each of s models, and the persons
    that the test is counted on. Where a model has few parameters, its rates lie far from the one asked for."""

    rates: FloatArray
    members: int
    non_members: int


def average_rate_seen(tolerance: float, tests: Sequence[Outsiders], *, error: float) -> float:
    """Probability that B_avg <= tolerance when nothing leaks: the mean over the models of the product over the tests.

    The tests of one model are taken for independent given its rates, which are rounded to 1/500.
    """
    require_some(len(tests), what="tests", where="measure.power.average_rate_seen")

    @cache
    def below(rate: float, members: int, non_members: int) -> float:
        return _below(tolerance, members, non_members, tpr=rate, fpr=rate, error=error)

    odds = np.ones(len(tests[0].rates))
    for test in tests:
        rates = np.clip(np.round(test.rates * 500) / 500, 1 / 500, 1 - 1 / 500)
        odds *= [below(float(rate), test.members, test.non_members) for rate in rates]
    return float(odds.mean())


def worst_rate(
    tolerance: float, persons: int, n_in: int, n_out: int, *, alpha: float, error: float, excess: float = 0.0
) -> float:
    """Probability that B_worst <= tolerance when every person of the panel is exposed by `excess`; exact."""
    _require_null((alpha,), error, n_in, n_out, where="measure.power.worst_rate")
    each = _below(tolerance, n_in, n_out, tpr=alpha + excess * (1.0 - alpha), fpr=alpha, error=error)
    return math.pow(each, persons)


def no_leak_rate(
    *,
    tau_average: float,
    members: int,
    non_members: int,
    rates: tuple[float, ...],
    attacks: int,
    tau_worst: float,
    persons: int,
    n_in: int,
    n_out: int,
    alpha: float,
    error: float,
    excess: float = 0.0,
) -> float:
    """Probability that both bounds stay within their tolerances, when the target leaks nothing.

    rates, attacks  of the tests on the target.   persons, n_in, n_out, alpha  of the panel.
    excess          by which the recipe itself exposes each person of the panel.
    Returns         in [0, 1]; the target and the references are independent, the other gates are taken to pass.
    """
    average = average_rate(tau_average, members, non_members, rates=rates, attacks=attacks, error=error)
    worst = worst_rate(tau_worst, persons, n_in, n_out, alpha=alpha, error=error, excess=excess)
    return average * worst


def persons_needed(
    tau_average: float, *, rates: tuple[float, ...], attacks: int, error: float, rate: float, spread: float = 1.0
) -> int:
    """Fewest persons a side, among `PERSONS`, for B_avg <= tau_average with probability `rate` if nothing leaks.

    spread  as in `average_rate`.

    Raises  SampleTooSmall if a million are not enough.
    """
    require_share(rate, name="rate", where="measure.power.persons_needed")
    for n in PERSONS:
        if average_rate(tau_average, n, n, rates=rates, attacks=attacks, error=error, spread=spread) >= rate:
            return n
    raise SampleTooSmall(
        f"{PERSONS[-1]} persons a side do not keep the average bound under {tau_average:g}",
        where="measure.power.persons_needed",
        fix="raise the tolerance, or accept a lower probability of concluding",
    )


def references_needed(
    tau_worst: float, *, persons: int, share: float, alpha: float, error: float, rate: float, excess: float = 0.0
) -> int:
    """Fewest reference models K, among `REFERENCES`, for B_worst <= tau_worst with probability `rate`.

    share   of the references that a person is in; the K / 2 models of half B are split so.
    Raises  SampleTooSmall if 8192 are not enough.
    """
    require_share(rate, name="rate", where="measure.power.references_needed")
    require_share(share, name="share", where="measure.power.references_needed")
    for k in REFERENCES:
        n_in = min(max(round(k / 2 * share), 1), k // 2 - 1)
        if worst_rate(tau_worst, persons, n_in, k // 2 - n_in, alpha=alpha, error=error, excess=excess) >= rate:
            return k
    raise SampleTooSmall(
        f"{REFERENCES[-1]} reference models do not keep the worst bound under {tau_worst:g}",
        where="measure.power.references_needed",
        fix="raise the tolerance, or make the panel smaller",
    )


def _require_null(rates: tuple[float, ...], error: float, n_in: int, n_out: int, *, where: str) -> None:
    if not rates:
        raise ConfigurationError("no rate is given", where=where, fix="give at least one false positive rate")
    for alpha in rates:
        require_share(alpha, name="rate", where=where)
    require_share(error, name="error", where=where)
    require_some(n_in, what="members", where=where)
    require_some(n_out, what="non-members", where=where)


def _likely(n: int, rate: float) -> IntArray:
    """The counts out of n that a rate makes likely; all others together weigh less than 1e-13."""
    mean, deviation = n * rate, np.sqrt(n * rate * (1.0 - rate))
    first = max(0, int(mean - 8.0 * deviation - 20.0))
    last = min(n, int(mean + 8.0 * deviation + 20.0))
    return np.arange(first, last + 1, dtype=np.int64)


def _law(counts: IntArray, n: int, rate: float) -> FloatArray:
    from scipy import stats  # noqa: PLC0415 - a second to import, on use

    return np.asarray(stats.binom.pmf(counts, n, rate))


def _least_significant(fp: IntArray, members: int, non_members: int, error: float) -> IntArray:
    """For each fp, the smallest tp that Fisher's test finds significant; members + 1 if none is.

    The p-value falls as tp grows, so that bisection finds it. With as many accused as expected it is about one half
    (a hypergeometric median is the mean, rounded), never significant.
    """
    low = fp * members // non_members
    high = np.full_like(low, members + 1)
    while np.any(high - low > 1):
        middle = (low + high) // 2
        p = hypergeometric.upper_tail(middle, np.asarray(members), np.asarray(non_members), middle + fp)
        low, high = np.where(p > error, middle, low), np.where(p > error, high, middle)
    return high


def _drawn_bound(
    n_in: int,
    n_out: int,
    *,
    tpr: float,
    fpr: float,
    error: float,
    shape: tuple[int, int],
    rng: np.random.Generator,
) -> FloatArray:
    """U of as many independent counts, the bounds computed once per distinct count."""
    tp, fp = rng.binomial(n_in, tpr, shape), rng.binomial(n_out, fpr, shape)
    hits_in, place_in = np.unique(tp, return_inverse=True)
    hits_out, place_out = np.unique(fp, return_inverse=True)
    high, low = upper_bound(hits_in, n_in, error=error), lower_bound(hits_out, n_out, error=error)
    return high[place_in.reshape(shape)] - low[place_out.reshape(shape)]


def _below(tolerance: float, n_in: int, n_out: int, *, tpr: float, fpr: float, error: float) -> float:
    """Probability that U <= tolerance: for each likely fp, that of the tp whose upper bound still fits."""
    tp, fp = _likely(n_in, tpr), _likely(n_out, fpr)
    room = tolerance + lower_bound(fp, n_out, error=error)
    fitting = np.searchsorted(upper_bound(tp, n_in, error=error), room, side="right")
    reached = np.append(0.0, np.cumsum(_law(tp, n_in, tpr)))
    return float(np.clip(np.sum(_law(fp, n_out, fpr) * reached[fitting]), 0.0, 1.0))
