"""Trade-off curves: how well one record's presence can be told, told for all error rates at once."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Protocol

_STANDARD = NormalDist()


class TradeOff(Protocol):
    """A symmetric trade-off curve f: every test that wrongly accuses at rate x recognises at most 1 - f(x)."""

    def needed(self, reached: float) -> float:
        """The least probability that an event has without the record, if it has probability `reached` with it.

        The inverse of 1 - f: convex and rising on [0, 1], and never above `reached`.
        """
        ...


@dataclass(frozen=True)
class Gaussian:
    """The curve of telling N(mu, 1) from N(0, 1): that of any composition of Gaussian mechanisms.

    Source  Dong, Roth and Su (2019), arXiv:1905.02383.
    """

    mu: float

    def needed(self, reached: float) -> float:
        if reached <= 0.0 or reached >= 1.0:
            return min(max(reached, 0.0), 1.0)
        return _below(_STANDARD.inv_cdf(reached) - self.mu)


@dataclass(frozen=True)
class Approximate:
    """The curve of (epsilon, delta)-differential privacy.

    Source  Wasserman and Zhou (2010), arXiv:0811.2501; Kairouz, Oh and Viswanath (2015), arXiv:1311.0776.
    """

    epsilon: float
    delta: float

    def needed(self, reached: float) -> float:
        accusing = math.exp(-self.epsilon) * (reached - self.delta)
        beyond = math.exp(self.epsilon) * (1.0 - reached) if self.epsilon < 700 else math.inf
        return max(0.0, accusing, 1.0 - self.delta - beyond if reached < 1.0 else 1.0 - self.delta)


def gaussian_delta(mu: float, epsilon: float) -> float:
    """The smallest delta for which mu-Gaussian privacy gives (epsilon, delta)-privacy; exact.

    Source  Balle and Wang (2018), arXiv:1805.06530, theorem 8.
    """
    if mu <= 0.0:
        return 0.0
    tail = _below(-epsilon / mu - mu / 2.0)
    weighed = math.exp(epsilon + math.log(tail)) if tail > 0.0 else 0.0
    return max(0.0, _below(-epsilon / mu + mu / 2.0) - weighed)


def gaussian_epsilon(mu: float, delta: float) -> float:
    """The smallest epsilon for which mu-Gaussian privacy gives (epsilon, delta)-privacy. delta in (0, 1)."""
    if gaussian_delta(mu, 0.0) <= delta:
        return 0.0
    low, high = 0.0, 1.0
    while gaussian_delta(mu, high) > delta:
        low, high = high, 2.0 * high
    return _root(lambda epsilon: gaussian_delta(mu, epsilon) <= delta, low, high)


def gaussian_mu(epsilon: float, delta: float) -> float:
    """The largest mu whose Gaussian privacy gives (epsilon, delta)-privacy. delta in (0, 1)."""
    low, high = 0.0, 1.0
    while gaussian_delta(high, epsilon) <= delta:
        low, high = high, 2.0 * high
    return _root(lambda mu: gaussian_delta(mu, epsilon) > delta, low, high)


def _below(z: float) -> float:
    """The standard normal distribution function, accurate far into the lower tail."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def _root(beyond: Callable[[float], bool], low: float, high: float) -> float:
    """Where `beyond` turns from false at `low` to true at `high`."""
    for _ in range(80):
        middle = (low + high) / 2.0
        if beyond(middle):
            high = middle
        else:
            low = middle
    return (low + high) / 2.0
