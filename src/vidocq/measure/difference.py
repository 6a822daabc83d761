"""Differences of estimates: of two groups, of two models on the same persons, of two differences."""

import math

from vidocq.core.errors import ConfigurationError
from vidocq.core.estimate import Estimate
from vidocq.measure.demands import require_counts, require_share, require_some
from vidocq.measure.intervals import clopper_pearson

UNKNOWN = -1.0
"""The correlation under which a difference varies most: the one to take where nothing is known of it."""


def difference(first: Estimate, second: Estimate, *, correlation: float = 0.0) -> Estimate:
    """`first` minus `second`, with an interval recovered from theirs.

    first, second  estimates of one level, each inside its own interval.
    correlation    of the two, in [-1, 1]: 0 for different persons, UNKNOWN (-1) for an interval that holds however
                   the two depend on each other; then it goes from the lower end of one minus the upper of the other.
    Returns        an Estimate of the same level; `n` counts the observations of both.
    Raises         ConfigurationError on two levels, or a correlation that is none.
    Source         Zou and Donner (2008), Statistics in Medicine 27:1693 (MOVER); Newcombe (1998), ibid. 17:873.
    """
    if not math.isclose(first.level, second.level) or not -1.0 <= correlation <= 1.0:
        raise ConfigurationError(
            "these two estimates have no difference: two levels, or a correlation outside of [-1, 1]",
            where="measure.difference",
            fix="give both at one level, and a correlation between -1 and 1",
        )
    value = first.value - second.value
    below = _reach(first.value - first.low, second.high - second.value, correlation)
    above = _reach(first.high - first.value, second.value - second.low, correlation)
    return Estimate(value, value - below, value + above, first.level, first.n + second.n)


def paired_difference(gained: int, lost: int, n: int, *, level: float = 0.95) -> Estimate:
    """Share of n persons for whom something became true, minus the share for whom it no longer is.

    gained, lost  persons, out of n, for whom it is true of the second model alone, of the first alone; those for whom
                  both models agree tell nothing of the difference but their number.
    Returns       Estimate in [-1, 1]; 0 and 0 of 100 gives [-3.6 %, 3.6 %], never an empty interval. From the exact
                  intervals of the two shares, whose correlation (negative, for one excludes the other) is estimated.
    Raises        SampleTooSmall without persons; ConfigurationError on impossible counts or level.
    Source        Newcombe (1998), Statistics in Medicine 17:2635, for pairs, on the limits of Clopper and Pearson (1934).
    """
    where = "measure.difference.paired_difference"
    require_share(level, name="level", where=where)
    require_some(n, what="persons", where=where)
    require_counts(gained + lost, n, where=where)
    up, down = clopper_pearson(gained, n, level=level), clopper_pearson(lost, n, level=level)
    spread = (1.0 - up.value) * (1.0 - down.value)
    correlation = -math.sqrt(up.value * down.value / spread) if spread > 0 else -1.0
    found = difference(up, down, correlation=max(correlation, -1.0))
    return Estimate(found.value, max(found.low, -1.0), min(found.high, 1.0), level, n)


def _reach(one: float, other: float, correlation: float) -> float:
    return math.sqrt(max(one**2 - 2.0 * correlation * one * other + other**2, 0.0))
