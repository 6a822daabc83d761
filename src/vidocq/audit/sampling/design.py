"""Which reference model trains on which person."""

from dataclasses import dataclass

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


LARGEST_BLOCK = 10


def draw_design(persons: int, references: int, *, share: float, rng: np.random.Generator) -> Design:
    """persons p, references k, share of the persons in each model."""
    window = round(share * persons)
    size = _block_size(persons, window)
    trained_on = np.zeros((references, persons), dtype=bool)
    order = np.arange(persons)
    for k in range(references):
        if k % size == 0:
            order = rng.permutation(persons)
        start = (k % size) * persons // size
        trained_on[k, order[(start + np.arange(window)) % persons]] = True
    return Design(trained_on, np.arange(references, dtype=np.int64) // size)


def _block_size(persons: int, window: int) -> int:
    """The smallest of those whose windows spread most evenly, among those that leave everyone out of some model."""
    share = window / persons
    sizes = [size for size in range(2, LARGEST_BLOCK + 1) if persons - window >= -(-persons // size)]
    return min(sizes, key=lambda size: (round(abs(share - round(share * size) / size), 9), size))
