"""Comparisons of two tools on the same targets: what differs from target to target cancels out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.stats import t as student

from peers.handover import FloatArray


@dataclass(frozen=True, kw_only=True)
class PairedDifference:
    """Mean of first minus second over targets. `t` supposes near-normal differences; the bootstrap does not, but
    with as few as five targets it is too narrow: read `t` first."""

    mean: float
    t_interval: tuple[float, float]
    bootstrap_interval: tuple[float, float]
    level: float
    n: int


@dataclass(frozen=True, kw_only=True)
class PairedTimes:
    """Seconds of two tools run in turn. `ratio` is the median over pairs of first / second: below 1, first is faster.

    `ratio_interval` is Student's on the logarithms, for the geometric mean of the ratios.
    """

    first_median: float
    second_median: float
    ratio: float
    ratio_interval: tuple[float, float]
    ratio_range: tuple[float, float]
    level: float
    n: int


def paired_difference(
    first: Sequence[float], second: Sequence[float], *, rng: Generator, level: float = 0.95, draws: int = 10_000
) -> PairedDifference:
    """first, second: (n,) one value for each target, n at least 2. Raises ValueError otherwise."""
    gaps = np.subtract(*_pairs(first, second))
    means = gaps[rng.integers(len(gaps), size=(draws, len(gaps)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return PairedDifference(
        mean=float(gaps.mean()),
        t_interval=_t_interval(gaps, level=level),
        bootstrap_interval=(float(low), float(high)),
        level=level,
        n=len(gaps),
    )


def paired_times(first: Sequence[float], second: Sequence[float], *, level: float = 0.95) -> PairedTimes:
    """first, second: (n,) seconds above 0, pair by pair, n at least 2. Raises ValueError otherwise."""
    one, two = _pairs(first, second)
    if not ((one > 0) & (two > 0)).all():
        raise ValueError("a time of zero or less is no measurement")
    ratios = one / two
    low, high = _t_interval(np.log(ratios), level=level)
    return PairedTimes(
        first_median=float(np.median(one)),
        second_median=float(np.median(two)),
        ratio=float(np.median(ratios)),
        ratio_interval=(float(np.exp(low)), float(np.exp(high))),
        ratio_range=(float(ratios.min()), float(ratios.max())),
        level=level,
        n=len(ratios),
    )


def _pairs(first: Sequence[float], second: Sequence[float]) -> tuple[FloatArray, FloatArray]:
    one, two = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.shape != two.shape or one.ndim != 1 or len(one) < 2:
        raise ValueError("a paired comparison needs two lists of the same length, of two values or more")
    return one, two


def _t_interval(values: FloatArray, *, level: float) -> tuple[float, float]:
    half = float(student.ppf((1 + level) / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)))
    return float(values.mean()) - half, float(values.mean()) + half
