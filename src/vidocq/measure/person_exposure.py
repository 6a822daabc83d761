"""How far models trained on a person are surer of him than models that were not: for everyone, with errors controlled.

Reference models come in blocks; within a block chance alone decides who is in which model. The difference, within a
block, between the models that had a person and those that had not is therefore centred on zero if training on him
changes nothing, and blocks are independent draws: a t statistic over blocks tests each person, whatever the model.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import false_discovery_control, rankdata
from scipy.stats import t as student

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import SampleTooSmall

FEWEST_BLOCKS = 8
ROTATIONS = 5


@dataclass(frozen=True, eq=False)
class PersonExposure:
    """All (p,), in the order of the persons.

    shift    mean difference, in standard deviations of the person's signal between models that never had him.
    p        of a shift this large if training on him changed nothing, one-sided.
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
    A record's deviation is taken over the models that never had it; one that never varies counts for nothing.
    """
    outside = ~trained_on
    count = np.maximum(outside.sum(axis=0), 1)
    mean = np.where(outside, signal, 0.0).sum(axis=0) / count
    variance = np.where(outside, np.square(signal - mean), 0.0).sum(axis=0) / np.maximum(count - 1, 1)
    deviation = np.sqrt(variance)
    least = 1e-9 * max(float(np.std(signal)), 1e-300)
    scaled = np.where(deviation > least, (signal - mean) / np.maximum(deviation, least), 0.0)
    summed = np.empty((len(signal), persons))
    for k, row in enumerate(scaled):
        summed[k] = np.bincount(person, weights=row, minlength=persons)
    return summed / np.sqrt(np.bincount(person, minlength=persons))


def person_exposure(signal: FloatArray, had: BoolArray, block: IntArray) -> PersonExposure:
    """signal, had (k, p); block (k,). Raises SampleTooSmall with fewer than `FEWEST_BLOCKS` usable blocks."""
    gaps = block_gaps(signal, had, block)
    shift, p = _tested(gaps)
    return PersonExposure(shift, p, np.asarray(false_discovery_control(p)), len(gaps))


def stability(signal: FloatArray, had: BoolArray, block: IntArray, *, rng: np.random.Generator) -> Stability:
    """Shifts by one random half of the blocks against shifts by the other, `ROTATIONS` times."""
    gaps = block_gaps(signal, had, block)
    size = max(1, gaps.shape[1] // 20)
    correlations, overlaps = [], []
    for _ in range(ROTATIONS):
        order = rng.permutation(len(gaps))
        halves = [_tested(gaps[part])[0] for part in (order[: len(gaps) // 2], order[len(gaps) // 2 :])]
        ranks = [rankdata(half) for half in halves]
        correlations.append(
            float(np.corrcoef(ranks[0], ranks[1])[0, 1]) if np.std(ranks[0]) * np.std(ranks[1]) > 0 else 0.0
        )
        tops = [set(np.argsort(-half, kind="stable")[:size].tolist()) for half in halves]
        overlaps.append(len(tops[0] & tops[1]) / len(tops[0] | tops[1]))
    share = size / gaps.shape[1]
    return Stability(float(np.mean(correlations)), float(np.mean(overlaps)), share / (2 - share))


def block_gaps(signal: FloatArray, had: BoolArray, block: IntArray) -> FloatArray:
    """(b, p) within each block, the mean of the models that had the person minus that of the others."""
    gaps = []
    for number in np.unique(block):
        rows = block == number
        inside = had[rows]
        n_in, n_out = inside.sum(axis=0), (~inside).sum(axis=0)
        if (n_in == 0).any() or (n_out == 0).any():
            continue  # a block that lost a model speaks of some persons on one side only
        values = signal[rows]
        gaps.append((values * inside).sum(axis=0) / n_in - (values * ~inside).sum(axis=0) / n_out)
    if len(gaps) < FEWEST_BLOCKS:
        raise SampleTooSmall(
            f"{len(gaps)} blocks of reference models, and {FEWEST_BLOCKS} are the fewest that tell persons apart",
            where="measure.person_exposure",
            fix="train more reference models",
            fr=f"{len(gaps)} blocs de modèles de référence, et il en faut au moins {FEWEST_BLOCKS} pour distinguer "
            "les personnes.",
        )
    return np.array(gaps)


def _tested(gaps: FloatArray) -> tuple[FloatArray, FloatArray]:
    mean, deviation = gaps.mean(axis=0), gaps.std(axis=0, ddof=1)
    error = deviation / np.sqrt(len(gaps))
    t = np.where(error > 0, mean / np.where(error > 0, error, 1.0), np.where(mean > 0, np.inf, 0.0))
    return mean, np.asarray(student.sf(t, len(gaps) - 1))
