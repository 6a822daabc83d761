"""Trees of a forest that never saw a record although the forest was trained on it: an outsider's voice for nothing."""

from typing import Any

import numpy as np

from vidocq.core.arrays import FloatArray

FEWEST_TREES = 100
"""A third of them speak about a record; with fewer trees than were measured, their voice would be mostly chance."""


def out_of_bag_votes(forest: Any, table: Any) -> FloatArray | None:
    """(m, c) mean votes, in the order of the forest's classes, by the trees whose bootstrap left each record out.

    table    the m records that the forest was trained on, in that order.
    Returns  NaN in a row whose record every tree saw. None for whatever is not a plain forest of scikit-learn drawn
             with bootstrap, of at least `FEWEST_TREES` trees: a step before it (a scaler) would have seen all records.
    """
    from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier  # noqa: PLC0415 - on use

    if type(forest) not in (RandomForestClassifier, ExtraTreesClassifier):
        return None
    if not forest.bootstrap or forest.warm_start or len(forest.estimators_) < FEWEST_TREES:
        return None
    rows = np.ascontiguousarray(table, dtype=np.float32)  # the width in which trees compare
    total, voices = np.zeros((len(rows), len(forest.classes_))), np.zeros(len(rows))
    for tree, drawn in zip(forest.estimators_, forest.estimators_samples_, strict=True):
        unseen = np.ones(len(rows), dtype=bool)
        unseen[drawn] = False
        total[unseen] += tree.predict_proba(rows[unseen], check_input=False)
        voices += unseen
    with np.errstate(invalid="ignore"):
        return np.asarray(total / voices[:, None])
