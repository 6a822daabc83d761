"""Wisconsin breast cancer, the 569 patients that scikit-learn carries: 70/30 splits and a default forest.

This is the set-up of sacroml's published example (398 members, 171 others; AUC 0.7587, advantage 0.278, from one
split without a seed): not stratified, features as they are. Split i here is scikit-learn's with random state i.
"""

from __future__ import annotations

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

from peers.handover import Recipe, Split

TEST_SHARE = 0.3
RARE = 900_001  # first random state of the targets: apart from the small ones that tools give their reference models


def splits(n_splits: int = 20, *, first_seed: int = 0, stratified: bool = False) -> list[Split]:
    """Records stay in the order of the data set; the mask says who was trained on."""
    x, y = load_breast_cancer(return_X_y=True)
    made = []
    for seed in range(first_seed, first_seed + n_splits):
        rows, _ = train_test_split(
            np.arange(len(y)), test_size=TEST_SHARE, random_state=seed, stratify=y if stratified else None
        )
        is_member = np.zeros(len(y), dtype=bool)
        is_member[rows] = True
        recipe = Recipe(estimator="RandomForestClassifier", random_state=RARE + seed)
        made.append(Split(name=f"cancer-{seed}", x=x, y=y.astype(np.int64), is_member=is_member, recipe=recipe))
    return made
