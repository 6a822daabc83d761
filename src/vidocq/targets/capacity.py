"""How much of its training table a fitted model could hold: free parameters, and leaves with the records in them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import VidocqError
from vidocq.targets.parts import Table, fits, parts_of


@dataclass(frozen=True, eq=False)
class Leaves:
    """Where records fall, over all the trees of a model.

    fewest  (n,) the fewest training records in a leaf that holds the record, over trees.
    pure    (n,) share of trees whose leaf holds training records of one class only; NaN for a regression.
    trees   how many.
    """

    fewest: IntArray
    pure: FloatArray
    trees: int


def leaves_of(model: Any, table: Table) -> Leaves | None:
    """None if there is no tree in the model. The counts are those that the trees keep of their own training."""
    n = int(np.shape(table)[0])
    fewest, pure, trees = np.full(n, np.iinfo(np.int64).max), np.zeros(n), 0
    classes = True
    for part in parts_of(model):
        tree = getattr(part.estimator, "tree_", None)
        if tree is None or not hasattr(tree, "n_node_samples"):
            continue
        try:
            given = part.given(table)
        except VidocqError:
            continue
        if not fits(part, given):
            continue
        leaf = tree.apply(_single(given))
        fewest = np.minimum(fewest, tree.n_node_samples[leaf])
        if hasattr(part.estimator, "classes_"):
            pure += tree.impurity[leaf] <= 1e-12
        else:
            classes = False
        trees += 1
    if not trees:
        return None
    return Leaves(fewest, pure / trees if classes else np.full(n, np.nan), trees)


def _single(table: Table) -> Any:
    """The table in the width in which trees compare."""
    if hasattr(table, "tocsr"):
        return table.tocsr().astype(np.float32)
    return np.ascontiguousarray(table, dtype=np.float32)


def parameters_of(model: Any) -> int | None:
    """Free parameters learnt from the records: coefficients, intercepts, weights; for a tree its thresholds and the
    values of its leaves. None where none of the parts is of a kind that is counted.
    """
    total, counted = 0, False
    for part in parts_of(model):
        estimator = part.estimator
        tree = getattr(estimator, "tree_", None)
        if tree is not None and hasattr(tree, "n_leaves"):
            classes = np.size(getattr(estimator, "classes_", [0, 0]))
            total += int(tree.node_count - tree.n_leaves) + int(tree.n_leaves) * max(int(classes) - 1, 1)
            counted = True
        elif isinstance(getattr(estimator, "coefs_", None), list):  # a multi-layer perceptron
            total += sum(int(np.size(w)) for w in (*estimator.coefs_, *estimator.intercepts_))
            counted = True
        elif _has(estimator, "coef_") and not hasattr(estimator, "support_vectors_"):
            total += int(np.size(estimator.coef_)) + int(np.size(getattr(estimator, "intercept_", ())))
            counted = True
        elif hasattr(estimator, "support_vectors_"):
            total += int(np.size(estimator.dual_coef_)) + int(np.size(estimator.intercept_))
            counted = True
    return total if counted else None


def _has(estimator: Any, name: str) -> bool:
    return isinstance(vars(estimator).get(name), np.ndarray) if hasattr(estimator, "__dict__") else False


def cell_sizes(outputs: FloatArray, group: BoolArray) -> IntArray:
    """(n,) how many records of the same group are given the same outputs, to 6 decimals, the record itself included.

    outputs (n, c); group (n,) bool: members are counted among members, the others among the others.
    """
    cells = np.column_stack([np.round(outputs, 6), group])
    _, place, count = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(count[place.ravel()], dtype=np.int64)
