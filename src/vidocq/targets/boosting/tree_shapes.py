"""Trees written in a file, checked before anyone walks them: a forged one could send a reader outside its arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray


def is_tree(left: NDArray[np.int64], right: NDArray[np.int64], splits: BoolArray) -> bool:
    """Whether children make one finite tree of every node that can be reached from node 0.

    left, right  (m,) place of each node's children; read where `splits` (m,) is true.
    Returns      true if the children are nodes, none of them is node 0, and none has two parents: then no path returns
                 to where it was.
    """
    if not len(left) == len(right) == len(splits) > 0:
        return False
    children = np.concatenate([left[splits], right[splits]])
    inside = (children > 0) & (children < len(left))
    return bool(inside.all() and len(np.unique(children)) == len(children))


def whole_numbers(values: Any) -> NDArray[np.int64]:
    """(m,) int64 of a list of whole numbers, or of their text. Raises ValueError for anything else."""
    found = np.asarray([int(value) for value in values], dtype=np.int64)
    return found


def finite_numbers(values: Any) -> NDArray[np.float64]:
    """(m,) float64 of a list of numbers, or of their text. Raises ValueError for anything else, infinities included."""
    found = np.asarray([float(value) for value in values], dtype=np.float64)
    if not np.isfinite(found).all():
        raise ValueError("a number is not finite")
    return found
