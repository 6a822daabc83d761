"""A figure never travels without its uncertainty."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Estimate:
    """A value with its confidence interval.

    value, low, high  same unit, low <= high; the value lies inside unless the interval is one-sided by nature.
    level             coverage of the interval, in (0, 1).
    n                 how many observations it rests on.
    """

    value: float
    low: float
    high: float
    level: float
    n: int

    def to_dict(self) -> dict[str, float | int]:
        return asdict(self)
