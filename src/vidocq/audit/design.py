"""Which reference model trains on which person."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from vidocq.core.arrays import BoolArray, IntArray


@dataclass(frozen=True, eq=False)
class Design:
    """Membership of persons in reference models.

    trained_on  (k, p) bool.
    block       (k,) index of the block each model belongs to.

    Models come in blocks. Within a block the persons are shuffled anew and each model takes the next window of
    them, so that every model has the same number of persons, every person is in the same share of each block
    (to one model), and in every block some model never saw him. With a share of one half, a block is a model
    and its complement.
    """

    trained_on: BoolArray
    block: IntArray

    @property
    def half_a(self) -> BoolArray:
        """(k,) models that choose the panel; the others are its targets. Blocks are kept whole."""
        return np.asarray(self.block % 2 == 0)


def draw_design(persons: int, references: int, *, share: float, rng: np.random.Generator) -> Design:
    """persons p, references k, share of the persons in each model."""
    size = max(2, Fraction(share).limit_denominator(10).denominator)
    window = round(share * persons)
    trained_on = np.zeros((references, persons), dtype=bool)
    order = np.arange(persons)
    for k in range(references):
        if k % size == 0:
            order = rng.permutation(persons)
        start = (k % size) * persons // size
        trained_on[k, order[(start + np.arange(window)) % persons]] = True
    return Design(trained_on, np.arange(references, dtype=np.int64) // size)
