"""A Bayesian reading of epsilon, from all four counts of an attack. Descriptive: it never enters a verdict."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ConfigurationError
from vidocq.measure.demands import require_counts, require_share, require_some

NODES = 300
FAR = 512.0  # nats; exp(512) is finite, and no counts ask for more


@dataclass(frozen=True)
class CredibleInterval:
    """Where a prior and the data place a quantity. Not an `Estimate`: it promises no coverage.

    low, median, high  same unit.   mass  posterior probability inside, equal tails.   n  observations.
    """

    low: float
    median: float
    high: float
    mass: float
    n: int


def credible_epsilon(tp: int, tn: int, fp: int, fn: int, *, delta: float, alpha: float = 0.1) -> CredibleInterval:
    """Credible interval for the epsilon at which an attack with these error rates would be just allowed.

    tp, fn   members accused and spared.   fp, tn  non-members accused and spared.
    delta    in [0, 1).   alpha  posterior probability outside of the interval, in (0, 1).
    Returns  in nats, low >= 0. FPR and FNR are independent a posteriori, each with Jeffreys' prior Beta(1/2, 1/2).
             An attack worse than chance counts as its opposite.
    Raises   SampleTooSmall if a group is empty; ConfigurationError on impossible counts, delta or alpha.
    Source   Zanella-Béguelin et al. (2023), arXiv:2206.05199. Their figure for (487, 1, 512, 0), delta 1e-5,
             alpha 0.1 is [0.145, 6.399], to the 0.01 at which their search stops; here [0.1439, 6.4156].
    """
    where = "measure.joint_beta.credible_epsilon"
    require_share(alpha, name="alpha", where=where)
    require_counts(tp, tp + fn, where=where)
    require_counts(fp, fp + tn, where=where)
    require_some(tp + fn, what="members", where=where)
    require_some(fp + tn, what="non-members", where=where)
    if not 0.0 <= delta < 1.0:
        raise ConfigurationError(f"delta is {delta:g}", where=where, fix="give a delta in [0, 1)")
    weight, fpr, tnr = _posterior(fp + 0.5, tn + 0.5)

    def private(epsilon: float) -> float:
        """Posterior probability that (FPR, FNR) lies inside the region that (epsilon, delta)-privacy allows."""
        times = np.exp(epsilon)
        fnr_low = np.maximum((1.0 - delta - fpr) / times, 1.0 - delta - times * fpr)
        tpr_low = np.maximum((1.0 - delta - tnr) / times, 1.0 - delta - times * tnr)
        spared = special.betainc(fn + 0.5, tp + 0.5, np.clip(fnr_low, 0.0, 1.0))
        caught = special.betainc(tp + 0.5, fn + 0.5, np.clip(tpr_low, 0.0, 1.0))
        return float(np.sum(weight * np.maximum(1.0 - spared - caught, 0.0)))

    def quantile(share: float) -> float:
        if private(0.0) >= share:
            return 0.0
        high = 1.0
        while private(high) < share and high < FAR:
            high *= 2.0
        return float(optimize.brentq(lambda epsilon: private(epsilon) - share, 0.0, high, xtol=1e-7))

    low, median, high = (quantile(share) for share in (alpha / 2.0, 0.5, 1.0 - alpha / 2.0))
    return CredibleInterval(low, median, high, 1.0 - alpha, tp + tn + fp + fn)


def _posterior(a: float, b: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Weights, values x and 1 - x that integrate against Beta(a, b); dense in both tails, where epsilon is made."""
    node, weight = np.polynomial.legendre.leggauss(NODES)
    t = (node + 1.0) / 2.0
    quantile = t**3 * (10.0 - 15.0 * t + 6.0 * t**2)
    rest = quantile[::-1]  # 1 - quantile, exactly: the nodes are symmetric
    x, y = special.betaincinv(a, b, quantile), special.betaincinv(b, a, rest)
    return 15.0 * t**2 * (1.0 - t) ** 2 * weight, x, y
