"""How persons are spread over the reference models of each block, and what another person's place would have given.

Reference models come in blocks; within a block chance alone decides who stands where. If training on a person changes
nothing for him, his figures would have come with any other person's place in the block just as well: permuting the
persons, block by block, gives the law of whatever is computed, with no word on the shape of the noise. What it leaves
out is that the person who takes his place moves too: one among all those a model is trained on.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import norm

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.measure.saddlepoint import upper_tails

LIKELY = 1.5
"""Standard deviations under which the normal law is near enough: nobody is named there."""
BINS = 1024
BINS_A_BLOCK = 16
MANY = 32
"""Blocks from which the saddlepoint is nearer to the truth than a grid that can be afforded."""


@dataclass(frozen=True, eq=False)
class Block:
    """r models, and the c places that persons have in it.

    rows       (r,) the models.
    contrasts  (c, r) of each place: the mean of the models it is in minus that of the others; 0 where it is on one
               side only, and says nothing.
    weights    (c,) share of the persons who have it.   place (p,) of each person.   told (p,) whether it says anything.
    """

    rows: IntArray
    contrasts: FloatArray
    weights: FloatArray
    place: IntArray
    told: BoolArray

    def own(self, signal: FloatArray) -> FloatArray:
        """(p,) each person's gap between models that had him and models that had not. signal (k, p)."""
        gaps = self.contrasts @ signal[self.rows]
        return np.asarray(np.take_along_axis(gaps, self.place[None], axis=0)[0])


def blocks_of(had: BoolArray, block: IntArray) -> list[Block]:
    """had (k, p), block (k,). Without blocks in which everybody is on one side, such as a pair that lost a model."""
    found = []
    for number in np.unique(block):
        rows = np.flatnonzero(block == number)
        inside = had[rows]
        code = (1 << np.arange(len(rows), dtype=np.int64)) @ inside
        _, first, place, count = np.unique(code, return_index=True, return_inverse=True, return_counts=True)
        member = inside[:, first].T  # (c, r)
        n_in = member.sum(axis=1, keepdims=True)
        n_out = len(rows) - n_in
        sided = (n_in > 0) & (n_out > 0)
        contrasts = np.where(member, 1.0 / np.maximum(n_in, 1), -1.0 / np.maximum(n_out, 1)) * sided
        if sided.any():
            weights = count / count.sum()
            found.append(Block(rows, contrasts, weights, place.astype(np.int64), sided[:, 0][place]))
    return found


def ways(blocks: list[Block]) -> float:
    """In how many equally likely ways a person could have been spread; no p is under one over this."""
    return float(np.exp(-sum(np.log(block.weights.max()) for block in blocks)))


def p_by_permuting(signal: FloatArray, blocks: list[Block]) -> FloatArray:
    """(p,) P(sum of the gaps >= the person's own) had he been given, in each block, the place of a person at random.

    signal   (k, p) finite.
    Returns  in (0, 1]. With fewer than `MANY` blocks the law is exact but for rounding to a grid, at least a thousandth
             of its range, with as many steps to spare as rounding adds up to; else it is the saddlepoint's, within a few
             per cent. By the normal law where that stays under `LIKELY` deviations.
    """
    persons = signal.shape[1]
    total, mean, variance = np.zeros(persons), np.zeros(persons), np.zeros(persons)
    for block in blocks:
        gaps = block.contrasts @ signal[block.rows]
        total += np.take_along_axis(gaps, block.place[None], axis=0)[0]
        usual = block.weights @ gaps
        mean += usual
        variance += block.weights @ np.square(gaps - usual)
    z = np.where(variance > 0, (total - mean) / np.sqrt(np.where(variance > 0, variance, 1.0)), -np.inf)
    p = np.asarray(norm.sf(z))
    unlikely = np.flatnonzero(z >= LIKELY)
    if len(unlikely):
        tails = _tails if len(blocks) < MANY else _tails_of_many
        p[unlikely] = tails(signal[:, unlikely], [_of(block, unlikely) for block in blocks])
    return p


def _of(block: Block, persons: IntArray) -> Block:
    return replace(block, place=block.place[persons], told=block.told[persons])


def _tails(signal: FloatArray, blocks: list[Block]) -> FloatArray:
    """The same p (p,), from the law of the sum on a grid of each person's own."""
    gaps = [block.contrasts @ signal[block.rows] for block in blocks]
    step = sum(np.ptp(gap, axis=0) for gap in gaps) / max(BINS, BINS_A_BLOCK * len(blocks))
    steps = [np.rint((gap - gap.min(axis=0)) / step).astype(np.int64) for gap in gaps]
    own = [np.take_along_axis(s, block.place[None], axis=0)[0] for s, block in zip(steps, blocks, strict=True)]
    enough = np.maximum(np.sum(own, axis=0) - int(np.ceil(np.sqrt(len(blocks)))), 0)
    weights = [block.weights.tolist() for block in blocks]
    return np.array(
        [_tail([s[:, i].tolist() for s in steps], weights, int(needed)) for i, needed in enumerate(enough)]
    )


def _tails_of_many(signal: FloatArray, blocks: list[Block]) -> FloatArray:
    """The same p (p,), by the saddlepoint."""
    seen = sum(block.own(signal) for block in blocks)
    gaps = [block.contrasts @ signal[block.rows] for block in blocks]
    return upper_tails(gaps, [block.weights for block in blocks], np.asarray(seen))


def _tail(steps: list[list[int]], weights: list[list[float]], enough: int) -> float:
    """P(sum >= enough), one step drawn from each block. What can no longer reach it is dropped on the way."""
    left = sum(max(block) for block in steps)
    law, least = np.ones(1), 0
    for block, shares in zip(steps, weights, strict=True):
        longer = np.zeros(len(law) + max(block))
        for further, share in zip(block, shares, strict=True):
            longer[further : further + len(law)] += share * law
        left -= max(block)
        lost = max(enough - left - least, 0)
        law, least = longer[lost:], least + lost
    return min(float(law[max(enough - least, 0) :].sum()), 1.0)
