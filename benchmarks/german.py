"""German credit (Statlog): 1,000 persons, half of them trained on by a default forest; attributes one-hot."""

from __future__ import annotations

import csv

import numpy as np
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from data import data_file
from peers.handover import Recipe, Split

RARE = 950_001  # first random state of the targets, apart from those that tools give their reference models


def splits(n_targets: int = 5, *, seed: int) -> list[Split]:
    """One draw of members for each target, over all the records."""
    with data_file("german_credit", "german.csv").open(encoding="utf-8", newline="") as lines:
        _, *rows = [row for row in csv.reader(lines) if row]
    columns = list(zip(*rows, strict=True))
    *attributes, label = columns
    numeric = [_is_number(column) for column in attributes]
    numbers = np.array([c for c, n in zip(attributes, numeric, strict=True) if n], dtype=float).T
    words = np.array([c for c, n in zip(attributes, numeric, strict=True) if not n], dtype=np.str_).T
    encoder = OneHotEncoder(sparse_output=False, drop="if_binary")
    x = np.hstack([StandardScaler().fit_transform(numbers), encoder.fit_transform(words)])
    y = np.unique(np.array(label), return_inverse=True)[1].astype(np.int64)
    made = []
    for target in range(n_targets):
        rng = np.random.default_rng([seed, n_targets, target])
        is_member = np.zeros(len(y), dtype=bool)
        is_member[rng.choice(len(y), size=len(y) // 2, replace=False)] = True
        recipe = Recipe(estimator="RandomForestClassifier", random_state=RARE + target)
        made.append(Split(name=f"german-{target}", x=x, y=y, is_member=is_member, recipe=recipe))
    return made


def _is_number(column: tuple[str, ...]) -> bool:
    return all(cell.lstrip("-").replace(".", "", 1).isdigit() for cell in column)
