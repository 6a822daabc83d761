"""Exact bounds on a rate, from a count (Clopper-Pearson)."""

from typing import overload

import numpy as np
from scipy import special

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.estimate import Estimate
from vidocq.measure.demands import require_counts, require_share, require_some


def clopper_pearson(successes: int, n: int, *, level: float = 0.95) -> Estimate:
    """A rate and its exact two-sided interval, (1 - level) / 2 on each side.

    successes, n  counts, 0 <= successes <= n.   level  in (0, 1).
    Returns       Estimate of a rate in [0, 1]; 0 of 100 gives [0, 3.6 %] at 95 %.
    Raises        SampleTooSmall if n is 0; ConfigurationError on impossible counts or level.
    Source        Clopper and Pearson (1934), Biometrika 26(4).
    """
    require_share(level, name="level", where="measure.intervals.clopper_pearson")
    require_some(n, what="observations", where="measure.intervals.clopper_pearson")
    error = (1.0 - level) / 2.0
    low, high = lower_bound(successes, n, error=error), upper_bound(successes, n, error=error)
    return Estimate(float(successes / n), low, high, level, int(n))


@overload
def upper_bound(successes: int, n: int, *, error: float) -> float: ...
@overload
def upper_bound(successes: IntArray, n: IntArray | int, *, error: float) -> FloatArray: ...
def upper_bound(successes: IntArray | int, n: IntArray | int, *, error: float) -> FloatArray | float:
    """One-sided exact upper bound: it falls below the true rate with probability at most `error`.

    successes, n  counts, or arrays that broadcast. Where all succeed, or n is 0, the bound is exactly 1.
    Raises        ConfigurationError on impossible counts, or `error` outside of (0, 1).
    Source        Clopper and Pearson (1934), Biometrika 26(4).
    """
    _require(successes, n, error, where="measure.intervals.upper_bound")
    hits, misses = np.asarray(successes), np.subtract(n, successes)
    bound = np.where(misses == 0, 1.0, special.betainccinv(hits + 1.0, np.maximum(misses, 1.0), error))
    return bound if bound.ndim else float(bound)


@overload
def lower_bound(successes: int, n: int, *, error: float) -> float: ...
@overload
def lower_bound(successes: IntArray, n: IntArray | int, *, error: float) -> FloatArray: ...
def lower_bound(successes: IntArray | int, n: IntArray | int, *, error: float) -> FloatArray | float:
    """One-sided exact lower bound: it exceeds the true rate with probability at most `error`.

    successes, n  counts, or arrays that broadcast. Where none succeeds the bound is exactly 0.
    Raises        ConfigurationError on impossible counts, or `error` outside of (0, 1).
    Source        Clopper and Pearson (1934), Biometrika 26(4).
    """
    _require(successes, n, error, where="measure.intervals.lower_bound")
    hits, misses = np.asarray(successes), np.subtract(n, successes)
    bound = np.where(hits == 0, 0.0, special.betaincinv(np.maximum(hits, 1.0), misses + 1.0, error))
    return bound if bound.ndim else float(bound)


def _require(successes: IntArray | int, n: IntArray | int, error: float, *, where: str) -> None:
    require_share(error, name="error", where=where)
    require_counts(successes, n, where=where)
