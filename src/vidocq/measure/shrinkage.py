"""Variances seen through few reference models, drawn towards what most records show.

The model: the true variance of a record is s0^2 nu0 / chi2(nu0), its sample variance s^2 on d degrees of freedom
follows s0^2 F(d, nu0), and what remains to believe after seeing it is (nu0 s0^2 + d s^2) / (nu0 + d).
"""

import math

import numpy as np
from scipy import special

from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.errors import SampleTooSmall
from vidocq.measure.demands import require_finite

WEAKEST, STRONGEST = 1e-2, 1e6
ROUNDING = 1e-12  # below this share of the pooled variance, a sample variance is a zero that was rounded


def pooled_variance(variances: FloatArray, degrees: IntArray | FloatArray) -> float:
    """Mean of the variances, each weighted by its degrees of freedom.

    variances  (n,) finite, >= 0; ignored where degrees is 0.   degrees  (n,) >= 0.
    Raises     SampleTooSmall if no record has a degree of freedom.
    """
    where = "measure.shrinkage.pooled_variance"
    require_finite(np.where(degrees > 0, variances, 0.0), where=where)
    total = float(np.sum(degrees))
    if total <= 0.0:
        raise SampleTooSmall(
            "no record has a variance of its own", where=where, fix="give at least two reference models that speak"
        )
    return float(np.sum(np.where(degrees > 0, variances, 0.0) * degrees)) / total


def prior_strength(variances: FloatArray, degrees: IntArray | FloatArray) -> float:
    """How many degrees of freedom the other records are worth: nu0.

    variances  (n,) finite, >= 0; ignored where degrees is 0.   degrees  (n,) >= 0.
    Returns    in [0.01, 1e6], or inf where the variances spread no more than chance makes them, or fewer than two
               records tell: then every record has the same variance. Zeros (a forest answers the same twice) say
               nothing about the spread of the others and are left out.
    Raises     SampleTooSmall if no record has a degree of freedom.
    Source     Smyth (2004), SAGMB 3(1), section 6.2: moments of log s^2. Against the maximum of the likelihood over
               (nu0, s0^2), on simulated records: as good from 3 degrees of freedom on, and closed; on 1 degree it is
               noisier below a few thousand records.
    """
    logs, degrees = _usable(variances, degrees)
    if logs.size < 2:
        return math.inf
    centred = logs - special.digamma(degrees / 2.0) + np.log(degrees / 2.0)
    excess = float(np.var(centred, ddof=1) - np.mean(special.polygamma(1, degrees / 2.0)))
    if excess <= 0.0:
        return math.inf
    strength = 2.0 * _trigamma_inverse(excess)
    return max(strength, WEAKEST) if strength <= STRONGEST else math.inf


def prior_variance(variances: FloatArray, degrees: IntArray | FloatArray, *, strength: float) -> float:
    """The centre s0^2 towards which to shrink, given nu0; what `shrink` should be told is `pooled`.

    It is not the pooled variance: the mean of s^2 is s0^2 nu0 / (nu0 - 2), infinite for nu0 <= 2, so that a few
    erratic records would raise all the others. With nu0 infinite the two agree (zeros left out).
    Returns  >= 0; 0 if every variance is.
    Raises   SampleTooSmall if no record has a degree of freedom.
    Source   Smyth (2004), SAGMB 3(1), section 6.2.
    """
    logs, kept = _usable(variances, degrees)
    if logs.size == 0:
        return 0.0
    if math.isinf(strength):
        return pooled_variance(np.exp(logs), kept)
    centred = logs - special.digamma(kept / 2.0) + np.log(kept / 2.0)
    return float(np.exp(np.mean(centred) + special.digamma(strength / 2.0) - np.log(strength / 2.0)))


def shrink(variances: FloatArray, degrees: IntArray | FloatArray, *, pooled: float, strength: float) -> FloatArray:
    """(n,) each variance drawn towards `pooled`: (strength pooled + d s^2) / (strength + d).

    variances  (n,) finite, >= 0; ignored where degrees is 0: there the result is `pooled`.
    strength   > 0, in degrees of freedom; inf gives `pooled` everywhere.
    Returns    0 only where both the variance and `pooled` are: a caller who divides sets the floor.
    Source     conjugate prior of a normal variance; Smyth (2004), equation 4; fixed variance: arXiv:2112.03570.
    """
    if math.isinf(strength):
        return np.full(variances.shape, pooled)
    own = np.where(degrees > 0, variances, 0.0)
    return np.asarray((strength * pooled + degrees * own) / (strength + degrees))


def _usable(variances: FloatArray, degrees: IntArray | FloatArray) -> tuple[FloatArray, FloatArray]:
    """Logarithms of the variances that are not zero, and their degrees of freedom."""
    floor = ROUNDING * pooled_variance(variances, degrees)
    kept = (degrees > 0) & (variances > floor)
    return np.log(variances[kept]), np.asarray(degrees[kept], dtype=np.float64)


def _trigamma_inverse(value: float) -> float:
    """The y with trigamma(y) = value > 0, by Newton's method on 1 / trigamma (Smyth 2004, appendix)."""
    if value > 1e7:
        return 1.0 / math.sqrt(value)
    if value < 1e-6:
        return 1.0 / value
    y = 0.5 + 1.0 / value
    for _ in range(50):
        height = float(special.polygamma(1, y))
        step = height * (1.0 - height / value) / float(special.polygamma(2, y))
        y += step
        if -step < 1e-9 * y:
            break
    return y
