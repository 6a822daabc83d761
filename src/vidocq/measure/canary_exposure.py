"""Exposure of a planted secret, in bits: how far up it stands among all the secrets that might have stood there.

Exposure is log2(|R|) - log2(rank), the rank being that of the secret among the |R| candidates of its space, likeliest
first. A secret that was never planted has a rank like any other's: 1.44 bits are expected (1 / ln 2), and b bits or more
happen with probability 2^-b. A secret that stands first has log2(|R|) bits, the most there are.

Source  Carlini et al. (2019), "The secret sharer", arXiv:1802.08232, definitions 2 and 5, section 4.3.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.measure.demands import require_finite, require_share
from vidocq.measure.intervals import lower_bound, upper_bound

Method = Literal["rank", "sampled rank", "skew normal"]
EXPECTED_BITS = 1.0 / math.log(2.0)
"""Of a secret that was never planted, in a large space."""
ENOUGH_ABOVE = 10
"""Candidates above the secret from which their share is read off as it is."""
FEWEST = 50
"""Candidates from which a law is fitted."""
_MOST_SKEW = 0.99
"""A skew normal law cannot be more skewed than 0.9953."""


@dataclass(frozen=True)
class Exposure:
    """bits, with an exact interval where candidates were sampled, and what the figure rests on.

    rank          every candidate was scored: exact.
    sampled rank  share of the sampled candidates above it; `low` and `high` are Clopper-Pearson.
    skew normal   too few of the sampled candidates stand above it: its tail probability under a skew normal law fitted to
                  them by moments. A supposition about a tail that nobody saw; `low` is exact all the same, and supposes
                  nothing, `high` is the most there is.
    """

    bits: float
    low: float
    high: float
    method: Method


def exposure(own: float, others: FloatArray, *, space: int, level: float = 0.95) -> Exposure:
    """Exposure of a secret of log-probability `own` among others of its space.

    others  (k,) log-probabilities of all other candidates (k = space - 1), or of some drawn uniformly. Ties stand above.
    space   how many candidates there are, the secret among them.   level  in (0, 1), of the interval.
    Raises  SampleTooSmall if fewer than FEWEST were drawn of a larger space; SignalError on what is not finite.
    """
    where = "measure.canary_exposure"
    require_share(level, name="level", where=where)
    require_finite(np.append(others, own), where=where)
    if space < 2 or len(others) >= space:
        raise ConfigurationError(
            f"{len(others)} other candidates do not fit a space of {space}",
            where=where,
            fix="give the number of candidates, the secret among them",
        )
    above, k = int((others >= own).sum()), len(others)
    if k == space - 1:
        bits = _bits(above / k, space)
        return Exposure(bits, bits, bits, "rank")
    if k < FEWEST:
        raise SampleTooSmall(
            f"{k} candidates do not tell a rank among {space}",
            where=where,
            fix=f"score {FEWEST} candidates or more, or all",
        )
    error = (1.0 - level) / 2.0
    low = _bits(upper_bound(above, k, error=error), space)
    high = _bits(lower_bound(above, k, error=error), space)
    if above >= ENOUGH_ABOVE:
        return Exposure(_bits(above / k, space), low, high, "sampled rank")
    return Exposure(min(max(_bits(_tail(own, others), space), low), high), low, high, "skew normal")


def _bits(share_above: float, space: int) -> float:
    return math.log2(space) - math.log2(1.0 + share_above * (space - 1))


def _tail(own: float, others: FloatArray) -> float:
    """P(X >= own) under the skew normal law of the others' mean, variance and skewness."""
    mean, sd = float(others.mean()), float(others.std())
    if sd == 0.0:
        return float(others[0] >= own)
    skew = float(np.clip(stats.skew(others), -_MOST_SKEW, _MOST_SKEW))
    power = abs(skew) ** (2.0 / 3.0)
    delta = math.copysign(math.sqrt(math.pi / 2.0 * power / (power + ((4.0 - math.pi) / 2.0) ** (2.0 / 3.0))), skew)
    shape = delta / math.sqrt(1.0 - delta**2)
    scale = sd / math.sqrt(1.0 - 2.0 * delta**2 / math.pi)
    return float(stats.skewnorm.sf(own, shape, mean - scale * delta * math.sqrt(2.0 / math.pi), scale))
