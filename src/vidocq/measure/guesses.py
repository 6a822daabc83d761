"""How many coins to guess: chosen before the model is seen, from what the training is expected to leak."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from vidocq.core.errors import ConfigurationError
from vidocq.measure.demands import require_share
from vidocq.measure.one_run_bounds import bound_named
from vidocq.measure.trade_off import gaussian_mu

CANDIDATES = 30
EXPECTED_IN = 0.9


@dataclass(frozen=True)
class Guesses:
    """How many of the m coins are guessed, and what that is expected to show.

    number       even: half of them among the highest scores, half among the lowest.
    share_right  of the guesses, expected.
    epsilon_low  that the bound shows, or more, nine times in ten.
    """

    number: int
    share_right: float
    epsilon_low: float


def plan_guesses(canaries: int, *, epsilon: float, delta: float, bound: str, level: float = 0.95) -> Guesses:
    """The number of guesses that is expected to show most, if each score is a Gaussian mechanism's with this epsilon.

    canaries  at least 2.   epsilon > 0 expected of the training, at delta in (0, 1).   bound  see `bound_named`.
    A wrong expectation costs strength, never validity: the number is fixed before anything is seen.
    """
    where = "measure.guesses.plan_guesses"
    require_share(delta, name="delta", where=where)
    if canaries < 2 or not (math.isfinite(epsilon) and epsilon > 0.0):
        raise ConfigurationError(
            "guesses are planned for two canaries or more, and a finite epsilon above 0",
            where=where,
            fix="give more canaries, or the epsilon that is expected of the training",
        )
    shown, mu = bound_named(bound), gaussian_mu(epsilon, delta)
    numbers = {2 * max(1, round(n / 2)) for n in np.geomspace(2, canaries - canaries % 2, CANDIDATES)}
    plans = []
    for number in sorted(numbers):
        share = share_right(mu, number / canaries)
        counted_on = int(stats.binom.ppf(1.0 - EXPECTED_IN, number, share))
        plans.append(Guesses(number, share, shown(canaries, number, counted_on, delta=delta, level=level)))
    return max(plans, key=lambda plan: plan.epsilon_low)


def share_right(mu: float, guessed: float) -> float:
    """Share of right guesses when a share `guessed` of the scores, the most extreme on both sides, is guessed.

    Scores are N(mu, 1) with the canary and N(0, 1) without it, evenly mixed. guessed in (0, 1].
    """
    low, high = mu / 2.0, mu + 40.0
    for _ in range(80):
        middle = (low + high) / 2.0
        above = 0.5 * (stats.norm.sf(middle) + stats.norm.sf(middle - mu))
        low, high = (middle, high) if above > guessed / 2.0 else (low, middle)
    with_it, without = stats.norm.sf(low - mu), stats.norm.sf(low)
    return float(with_it / (with_it + without))
