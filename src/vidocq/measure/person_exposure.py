"""How far models trained on a person are surer of him than models that were not: for everyone, with errors controlled.

Reference models come in blocks; within a block chance alone decides who is in which model. What is compared is the
difference, within each block, between the models that had a person and those that had not. Its p comes from permuting
the persons within each block, whatever the noise (see `measure.within_blocks`).

We first tested each person by a t statistic over blocks. It asks for eight blocks, which shares far from one half do
not make of 64 models, and for gaps that are nearly normal, which those of trees and nearest neighbours are not.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import false_discovery_control, rankdata

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import SampleTooSmall
from vidocq.measure.exposure import common_variance
from vidocq.measure.shrinkage import prior_strength, prior_variance, shrink
from vidocq.measure.within_blocks import Block, blocks_of, p_by_permuting, ways
from vidocq.measure.worlds import FLOOR, LEAST, NOISE, Sums

FEWEST_WAYS = 200.0
"""In which a person could have been spread over the models: eight pairs give 256, and no p under one over that."""
ROTATIONS = 5


@dataclass(frozen=True, eq=False)
class PersonExposure:
    """All (p,), in the order of the persons.

    shift    mean difference, in standard deviations of the person's signal between models alike in having him or not.
    p        of a sum of differences this large if training on him changed nothing, one-sided.
    q        after Benjamini and Hochberg: among those at or under q, a share q at most is expected to be there by chance.
    blocks   of models that the figures rest on.
    """

    shift: FloatArray
    p: FloatArray
    q: FloatArray
    blocks: int

    def exposed(self, *, rate: float = 0.05) -> BoolArray:
        """(p,) persons whose exposure is shown, with a false discovery rate of at most `rate`."""
        return np.asarray(self.q <= rate)


@dataclass(frozen=True)
class Stability:
    """Do two halves of the reference models order the persons alike? Means over rotating halves.

    rank_correlation  Spearman's, of the shifts.   top_overlap  of the most exposed twentieth, intersection over union;
    by_chance         the same overlap of two random twentieths.
    """

    rank_correlation: float
    top_overlap: float
    by_chance: float


def standardised(signal: FloatArray, trained_on: BoolArray, person: IntArray, persons: int) -> FloatArray:
    """(k, persons) one number per model and person: the sum of his records' signals, each in its own deviations.

    signal, trained_on  (k, n).   person  (n,).
    A record's deviation is taken among the models that had it and among those that had not, each about their own mean,
    then drawn towards what is usual (`measure.shrinkage`) and kept above a floor: a record that all models without it
    answer alike, and all models with it alike and otherwise, is the most exposed there is.
    Raises SampleTooSmall where no record has two models on one side.
    """
    centred = signal - signal.mean(axis=0)
    variance, degrees = common_variance(Sums.of(centred, trained_on), Sums.of(centred, ~trained_on))
    floor = FLOOR * float(np.var(signal)) + LEAST
    variance = np.where(variance > NOISE * floor, variance, 0.0)
    strength = prior_strength(variance, degrees)
    usual = max(prior_variance(variance, degrees, strength=strength), floor)
    deviation = np.sqrt(np.maximum(shrink(variance, degrees, pooled=usual, strength=strength), floor))
    scaled = centred / deviation
    summed = np.empty((len(signal), persons))
    for k, row in enumerate(scaled):
        summed[k] = np.bincount(person, weights=row, minlength=persons)
    return summed / np.sqrt(np.bincount(person, minlength=persons))


def person_exposure(signal: FloatArray, had: BoolArray, block: IntArray) -> PersonExposure:
    """signal, had (k, p); block (k,). Raises SampleTooSmall where a person could be spread in too few ways."""
    blocks = _usable(had, block)
    p = p_by_permuting(signal, blocks)
    return PersonExposure(_shift(signal, blocks), p, np.asarray(false_discovery_control(p)), len(blocks))


def mean_gap(signal: FloatArray, had: BoolArray, block: IntArray) -> FloatArray:
    """(p,) the same difference in the signal's own unit. signal (k, p), such as the mean over a person's records."""
    return _shift(signal, blocks_of(had, block))


def gaps_by_block(signal: FloatArray, had: BoolArray, block: IntArray) -> FloatArray:
    """(b, p) each person's difference in each block: independent draws. NaN where a block says nothing of him."""
    return np.array([np.where(found.told, found.own(signal), np.nan) for found in blocks_of(had, block)])


def halves(signal: FloatArray, had: BoolArray, block: IntArray, *, rng: np.random.Generator) -> FloatArray:
    """(ROTATIONS, 2, p) shifts by one random half of the blocks, and by the other."""
    blocks = _usable(had, block)
    found = []
    for _ in range(ROTATIONS):
        order = rng.permutation(len(blocks))
        parts = order[: len(blocks) // 2], order[len(blocks) // 2 :]
        found.append([_shift(signal, [blocks[i] for i in part]) for part in parts])
    return np.array(found)


def stability(found: FloatArray) -> Stability:
    """found (rotations, 2, p) as `halves` gives it."""
    size = max(1, found.shape[2] // 20)
    correlations, overlaps = [], []
    for pair in found:
        ranks = [rankdata(half) for half in pair]
        correlations.append(
            float(np.corrcoef(ranks[0], ranks[1])[0, 1]) if np.std(ranks[0]) * np.std(ranks[1]) > 0 else 0.0
        )
        tops = [set(np.argsort(-half, kind="stable")[:size].tolist()) for half in pair]
        overlaps.append(len(tops[0] & tops[1]) / len(tops[0] | tops[1]))
    share = size / found.shape[2]
    return Stability(float(np.mean(correlations)), float(np.mean(overlaps)), share / (2 - share))


def _usable(had: BoolArray, block: IntArray) -> list[Block]:
    blocks = blocks_of(had, block)
    if len(blocks) < 2 or ways(blocks) < FEWEST_WAYS:
        raise SampleTooSmall(
            f"{len(blocks)} blocks of reference models are too few to tell persons apart",
            where="measure.person_exposure",
            fix="train more reference models",
            fr=f"{len(blocks)} blocs de modèles de référence ne suffisent pas à distinguer les personnes.",
        )
    return blocks


def _shift(signal: FloatArray, blocks: list[Block]) -> FloatArray:
    total, told = np.zeros(signal.shape[1]), np.zeros(signal.shape[1])
    for block in blocks:
        total += block.own(signal)
        told += block.told
    return np.asarray(total / np.maximum(told, 1))
