"""What one training run with canaries proves about epsilon, from the number of right guesses alone.

Each of m canaries was put into training or not by a fair coin; r coins are guessed, v rightly. If the training is
(epsilon, 0)-private, whatever was guessed before, the posterior odds of the next coin lie within exp(epsilon) of even:
each guess is right with probability at most q = e^epsilon / (1 + e^epsilon), and v is at most Binomial(r, q) in
distribution. With delta, the coins whose odds go beyond cost at most F extra right guesses, of mean 2 m delta at most.
For any such F, P(Binomial + F >= v) <= P(Binomial >= v) + sum over i of P(F = i) (P(Binomial >= v - i) -
P(Binomial >= v)), and as the mean of F is bounded this is at most

    P(Binomial >= v) + 2 m delta * max over i >= 1 of (P(Binomial >= v - i) - P(Binomial >= v)) / i.

Source  Steinke, Nasr and Jagielski (2023), arXiv:2305.08846, theorem 5.2.
"""

import math
from collections.abc import Callable

import numpy as np
from scipy import stats

from vidocq.core.errors import ConfigurationError, SampleTooSmall
from vidocq.measure.demands import require_counts, require_share

STEPS = 50


def p_value(canaries: int, guesses: int, correct: int, *, epsilon: float, delta: float = 0.0) -> float:
    """The largest probability of `correct` right guesses or more under any (epsilon, delta)-private training.

    canaries, guesses, correct  0 <= correct <= guesses <= canaries; the number of guesses was fixed beforehand.
    epsilon >= 0; delta         in [0, 1).
    Raises                      SampleTooSmall without a guess, ConfigurationError on what is impossible.
    """
    require_guesses(canaries, guesses, correct, where=_WHERE)
    if not (epsilon >= 0.0 and 0.0 <= delta < 1.0):
        raise ConfigurationError(
            "epsilon is negative, or delta lies outside of [0, 1)",
            where=_WHERE,
            fix="give epsilon >= 0, delta in [0, 1)",
        )
    right = 1.0 / (1.0 + math.exp(-epsilon))
    chance = float(stats.binom.sf(correct - 1, guesses, right))
    if delta == 0.0 or correct == 0:
        return min(chance, 1.0)
    within = np.arange(1, correct + 1)
    gained = np.cumsum(stats.binom.pmf(correct - within, guesses, right)) / within
    return min(chance + 2.0 * canaries * delta * float(gained.max()), 1.0)


def epsilon_lower(canaries: int, guesses: int, correct: int, *, delta: float = 0.0, level: float = 0.95) -> float:
    """The training is not (epsilon, delta)-private for any epsilon below this, with confidence `level`.

    Returns  in nats, >= 0; 0 means that nothing was shown. 100 of 100 right at delta 0 and 95 % give 3.49.
    Raises   SampleTooSmall without a guess, ConfigurationError on impossible counts, delta or level.
    """
    require_share(level, name="level", where=_WHERE)
    error = 1.0 - level
    return largest_refuted(lambda epsilon: p_value(canaries, guesses, correct, epsilon=epsilon, delta=delta) < error)


def ceiling(canaries: int, guesses: int, *, delta: float = 0.0, level: float = 0.95) -> float:
    """The most that so many guesses could show, were all of them right."""
    return epsilon_lower(canaries, guesses, guesses, delta=delta, level=level)


def largest_refuted(refuted: Callable[[float], bool], *, limit: float = 100.0) -> float:
    """The largest value in [0, limit] up to which `refuted` holds, from below; 0 if it does not hold at 0.

    refuted  true up to some value and false beyond: what is refuted for a parameter is so for every smaller one.
    """
    if not refuted(0.0):
        return 0.0
    low, high = 0.0, 1.0
    while high < limit and refuted(high):
        low, high = high, min(2.0 * high, limit)
    for _ in range(STEPS):
        middle = (low + high) / 2.0
        if refuted(middle):
            low = middle
        else:
            high = middle
    return low


def require_guesses(canaries: int, guesses: int, correct: int, *, where: str) -> None:
    """Raises SampleTooSmall without a guess, ConfigurationError unless 0 <= correct <= guesses <= canaries."""
    if guesses < 1:
        raise SampleTooSmall("no coin was guessed", where=where, fix="make at least one guess")
    require_counts(guesses, canaries, where=where)
    require_counts(correct, guesses, where=where)


_WHERE = "measure.one_run"
