"""How much error each look at the same members file may spend."""

import math

from vidocq.core.errors import ConfigurationError

BUDGET = 0.05


def error_of_look(j: int) -> float:
    """Error that the j-th look spends, so that all looks together, however many, spend at most 5 %.

    j        1 for the first look, which spends 3.04 %.
    Returns  0.05 * 6 / (pi^2 j^2): the series 1 / j^2 sums to pi^2 / 6.
    Raises   ConfigurationError if j is below 1.
    """
    if j < 1:
        raise ConfigurationError(
            f"there is no look number {j}", where="measure.looks.error_of_look", fix="count from 1"
        )
    return BUDGET * 6.0 / (math.pi**2 * j**2)
