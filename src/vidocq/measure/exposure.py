"""How exposed is each person, by reference models that had him and others that did not - without fooling oneself.

Whoever picks the most exposed of thousands also picks the luckiest noise. So the effect of training on a person is
shrunk towards what is usual before anything rests on it (James-Stein with limited translation, Efron and Morris
1972: no effect is moved further than the largest noise expected among so many), and each person is scored by his
own quantile among models that never saw him (Jalko et al. 2025, arXiv:2605.25819, on pooled scores).
"""

from dataclasses import dataclass

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.measure.shrinkage import prior_strength, prior_variance, shrink
from vidocq.measure.worlds import FLOOR, LEAST, NEARLY_NORMAL, Prior, Sums, World


@dataclass(frozen=True, eq=False)
class Exposure:
    """What some reference models say of each person, shapes (p,).

    effect   mean signal with the person minus without, in standard deviations, shrunk.
    outside  density of the signal of models that never saw the person.
    """

    effect: FloatArray
    outside: World


def exposure(inside: Sums, outside: Sums, prior: Prior) -> Exposure:
    """Both sums centred alike. One variance serves both worlds: training moves the signal, mostly, not its spread."""
    mean_in, mean_out = inside.total / inside.count, outside.total / outside.count
    variance, degrees = common_variance(inside, outside)
    sd = np.sqrt(np.maximum(shrink(variance, degrees, pooled=prior.variance, strength=prior.strength), prior.floor))
    effect = _shrunk((mean_in - mean_out) / sd, 1.0 / inside.count + 1.0 / outside.count)
    models = inside.count + outside.count
    overall = (inside.total + outside.total) / models
    expected = overall - effect * sd * inside.count / models
    posterior = np.minimum(degrees + min(prior.strength, NEARLY_NORMAL), NEARLY_NORMAL)
    return Exposure(effect, World(expected, sd * np.sqrt(1.0 + 1.0 / models), posterior))


def common_variance(inside: Sums, outside: Sums) -> tuple[FloatArray, FloatArray]:
    """(n,) variances within both worlds, each about its own mean, and their degrees of freedom."""
    (v_in, d_in), (v_out, d_out) = inside.spread(), outside.spread()
    degrees = d_in + d_out
    return (v_in * d_in + v_out * d_out) / np.maximum(degrees, 1.0), degrees


def leave_one_out(signal: FloatArray, trained_on: BoolArray) -> tuple[Exposure, FloatArray]:
    """The exposure by all models, and the (k, p) surprise of each model judged by the others, in nats.

    signal      (k, p) finite, one number per model and person.   trained_on  (k, p).
    """
    centred = signal - centres(signal)
    inside, outside = Sums.of(centred, trained_on), Sums.of(centred, ~trained_on)
    variance, degrees = common_variance(inside, outside)
    floor = FLOOR * float(np.var(signal)) + LEAST
    strength = prior_strength(variance, degrees)
    prior = Prior(max(prior_variance(variance, degrees, strength=strength), floor), strength, floor)
    surprises = np.stack(
        [
            exposure(inside.without(row, had), outside.without(row, ~had), prior).outside.surprise_above(row)
            for row, had in zip(centred, trained_on, strict=True)
        ]
    )
    return exposure(inside, outside, prior), surprises


def surprise(found: Exposure, signal: FloatArray, *, centre: FloatArray, persons: IntArray) -> FloatArray:
    """(k, c) how surprisingly high the signals of other models are for some persons, in nats.

    signal (k, p); centre (p,) as `centres` gives it for the models the exposure was found with.
    """
    w = found.outside
    return World(w.mean[persons], w.scale[persons], w.degrees[persons]).surprise_above(
        signal[:, persons] - centre[persons]
    )


def centres(signal: FloatArray) -> FloatArray:
    """(p,) what `leave_one_out` subtracts before it sums, for exact arithmetic."""
    return np.asarray(signal.mean(axis=0))


def _shrunk(effect: FloatArray, noise: FloatArray) -> FloatArray:
    """Effects (p,) pulled towards their mean as far as their spread is noise, and never by more than noise explains."""
    usual = float(effect.mean())
    real = max(float(np.var(effect)) - float(noise.mean()), 0.0)
    pull = (effect - usual) * noise / (noise + real)
    limit = np.sqrt(2.0 * np.log(max(len(effect), 2)) * noise)
    return effect - np.clip(pull, -limit, limit)
