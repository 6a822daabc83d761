"""Two worlds per record: reference models trained on it, and those that were not.

The Gaussian model of LiRA (Carlini et al. 2022, arXiv:2112.03570), with each record's variance shrunk towards
the variance pooled over all records and Student predictive densities, after BaVarIA (arXiv:2603.11799). The
strength of the shrinkage is estimated from the records themselves (see `measure.shrinkage`); that choice is
ours, as is the floor under the variance.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.special import gammaln, log_ndtr, stdtr

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.measure.shrinkage import prior_strength, prior_variance, shrink

FLOOR = 1e-6
"""Smallest variance allowed, as a share of the variance of the signal over everything."""
LEAST = 1e-24
"""And in itself, where all models agree to the last bit: the square of a distance in such units is still a number."""
NOISE = 1e-12
"""Below this share of the floor a variance is a zero that was rounded, and tells nothing of how variances spread."""
NEARLY_NORMAL = 1e6
UNDERFLOW = 1e-290


@dataclass(frozen=True, eq=False)
class World:
    """What reference models of one world say of each record: a Student density, all shapes (n,)."""

    mean: FloatArray
    scale: FloatArray
    degrees: FloatArray

    def log_density(self, values: FloatArray) -> FloatArray:
        """Log of the predictive density at `values`, shape (..., n), in nats."""
        z = (values - self.mean) / self.scale
        half = 0.5 * (self.degrees + 1.0)
        constant = gammaln(half) - gammaln(0.5 * self.degrees) - 0.5 * np.log(np.pi * self.degrees)
        density: FloatArray = constant - np.log(self.scale) - half * np.log1p(z * z / self.degrees)
        return density

    def surprise_above(self, values: FloatArray) -> FloatArray:
        """-log P(signal >= value) in this world, in nats, shape (..., n): large when the value is surprisingly high."""
        z = (values - self.mean) / self.scale
        tail = np.asarray(stdtr(self.degrees, -z))
        degrees = np.broadcast_to(self.degrees, z.shape)
        with np.errstate(divide="ignore"):
            surprise: FloatArray = -np.log(tail)
        normal = degrees >= NEARLY_NORMAL
        surprise[normal] = -log_ndtr(-z[normal])
        far = (tail < UNDERFLOW) & ~normal
        if far.any():  # the first term of the tail's expansion
            d, x = degrees[far], z[far]
            half = 0.5 * (d + 1.0)
            log_pdf = gammaln(half) - gammaln(0.5 * d) - 0.5 * np.log(np.pi * d) - half * np.log1p(x * x / d)
            surprise[far] = -(log_pdf + np.log(x / d + 1.0 / x))
        return surprise


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums over the reference models of one world; one model can be taken out at no cost. Shapes (n,)."""

    count: FloatArray
    total: FloatArray
    squares: FloatArray

    @classmethod
    def of(cls, signal: FloatArray, present: BoolArray) -> Self:
        """signal (k, n), already centred per record; present (k, n)."""
        kept = np.where(present, signal, 0.0)
        return cls(present.sum(axis=0).astype(float), kept.sum(axis=0), np.einsum("kn,kn->n", kept, kept))

    def without(self, signal: FloatArray, present: BoolArray) -> "Sums":
        """The same sums had one reference model, (n,) and (n,), not been there."""
        kept = np.where(present, signal, 0.0)
        return Sums(self.count - present, self.total - kept, self.squares - kept * kept)

    def plus(self, other: "Sums") -> "Sums":
        """Sums over the models of both."""
        return Sums(self.count + other.count, self.total + other.total, self.squares + other.squares)

    def spread(self) -> tuple[FloatArray, FloatArray]:
        """(n,) variances and their degrees of freedom."""
        degrees = np.maximum(self.count - 1.0, 0.0)
        mean = self.total / np.maximum(self.count, 1.0)
        squares = np.maximum(self.squares - self.count * mean * mean, 0.0)
        return squares / np.maximum(degrees, 1.0), degrees


@dataclass(frozen=True)
class Prior:
    """What variances are shrunk towards: `variance`, as if seen `strength` times; never below `floor`."""

    variance: float
    strength: float
    floor: float

    @classmethod
    def of(cls, sums: Sums, *, floor: float) -> Self:
        variances, degrees = sums.spread()
        variances = np.where(variances > NOISE * floor, variances, 0.0)
        strength = prior_strength(variances, degrees)
        return cls(max(prior_variance(variances, degrees, strength=strength), floor), strength, floor)

    def world(self, sums: Sums) -> World:
        """The predictive density of each record."""
        count = np.maximum(sums.count, 1.0)
        variances, degrees = sums.spread()
        shrunk = np.maximum(shrink(variances, degrees, pooled=self.variance, strength=self.strength), self.floor)
        posterior = np.minimum(degrees + min(self.strength, NEARLY_NORMAL), NEARLY_NORMAL)
        return World(sums.total / count, np.sqrt(shrunk * (1.0 + 1.0 / count)), np.maximum(posterior, 1.0))


@dataclass(frozen=True, eq=False)
class TwoWorlds:
    """Sums of both worlds over the same reference models, centred per record for exact arithmetic.

    The priors are those of all the models, also where one is left out: one voice among dozens does not move them.
    """

    centre: FloatArray
    inside: Sums
    outside: Sums
    prior_inside: Prior
    prior_outside: Prior

    @classmethod
    def of(cls, signal: FloatArray, trained_on: BoolArray, out_of_bag: FloatArray | None = None) -> Self:
        """signal (k, n) finite; trained_on (k, n); out_of_bag (k, n), NaN where silent: more voices of the outside."""
        centre = signal.mean(axis=0)
        centred = signal - centre
        floor = FLOOR * float(np.var(signal)) + LEAST
        inside, outside = Sums.of(centred, trained_on), Sums.of(centred, ~trained_on)
        if out_of_bag is not None:
            outside = outside.plus(Sums.of(out_of_bag - centre, np.isfinite(out_of_bag)))
        prior_outside = Prior.of(outside, floor=floor)
        # Whoever only asks what is surprising needs no variance of the inside world, and may have none.
        prior_inside = Prior.of(inside, floor=floor) if (inside.count >= 2.0).any() else prior_outside
        return cls(centre, inside, outside, prior_inside, prior_outside)

    def without(self, signal: FloatArray, trained_on: BoolArray, out_of_bag: FloatArray | None = None) -> "TwoWorlds":
        """Both worlds had one of the reference models, signal, trained_on and out_of_bag (n,), not been there."""
        centred = signal - self.centre
        outside = self.outside.without(centred, ~trained_on)
        if out_of_bag is not None:
            outside = outside.without(out_of_bag - self.centre, np.isfinite(out_of_bag))
        return replace(self, inside=self.inside.without(centred, trained_on), outside=outside)

    def log_ratio(self, values: FloatArray) -> FloatArray:
        """log p(value | trained on it) - log p(value | not), in nats, shape (..., n)."""
        centred = values - self.centre
        inside, outside = self.prior_inside.world(self.inside), self.prior_outside.world(self.outside)
        return inside.log_density(centred) - outside.log_density(centred)

    def surprise(self, values: FloatArray) -> FloatArray:
        """How surprisingly high the values are for models that never saw the record, in nats, (..., n)."""
        return self.prior_outside.world(self.outside).surprise_above(values - self.centre)
