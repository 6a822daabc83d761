"""UCI Adult (CC BY 4.0): 48,842 people of the 1994 US census, does the income exceed 50,000 dollars?"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from data import data_file
from peers.handover import FloatArray, IntArray, Recipe, Split

FILES = ("adult.data.gz", "adult.test.gz")
COLUMNS = (
    "age",
    "workclass",
    "fnlwgt",
    "education",
    "education-num",
    "marital-status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "capital-gain",
    "capital-loss",
    "hours-per-week",
    "native-country",
)
NUMERIC = ("age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week")
CATEGORICAL = tuple(name for name in COLUMNS if name not in NUMERIC)
RARE = 900_001  # first random state of the targets: apart from the small ones that tools give their reference models


@dataclass(frozen=True, kw_only=True)
class AdultTable:
    """`columns` (n,) each, numbers or text ('?' is a category); `label` (n,), 1 above 50,000; repeats left out."""

    columns: dict[str, NDArray[np.float64] | NDArray[np.str_]]
    label: IntArray
    duplicates_removed: int


def adult_raw() -> AdultTable:
    """Both files together, each distinct line once: a repeated person could be member and non-member at a time."""
    rows: list[tuple[str, ...]] = []
    for name in FILES:
        with gzip.open(data_file("adult", name), "rt", encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines, skipinitialspace=True):
                if len(row) == len(COLUMNS) + 1:  # the second file opens with a remark
                    rows.append((*row[:-1], row[-1].rstrip(".")))
    distinct = list(dict.fromkeys(rows))
    fields = list(zip(*distinct, strict=True))
    columns: dict[str, NDArray[np.float64] | NDArray[np.str_]] = {}
    for name, values in zip(COLUMNS, fields, strict=False):
        columns[name] = np.array(values, dtype=np.float64 if name in NUMERIC else np.str_)
    label = np.array([value == ">50K" for value in fields[-1]], dtype=np.int64)
    return AdultTable(columns=columns, label=label, duplicates_removed=len(rows) - len(distinct))


def adult_encoded(table: AdultTable | None = None) -> tuple[FloatArray, IntArray]:
    """Standardised numbers, then indicators, one for a column of two values: x (n, 107), y (n,).

    Mean, deviation and categories come from the whole table, members or not: they tell nobody apart.
    """
    table = adult_raw() if table is None else table
    numbers = StandardScaler().fit_transform(np.column_stack([table.columns[name] for name in NUMERIC]))
    encoder = OneHotEncoder(sparse_output=False, drop="if_binary")
    indicators = encoder.fit_transform(np.column_stack([table.columns[name] for name in CATEGORICAL]))
    return np.hstack([numbers, indicators]), table.label


def splits(
    n_targets: int = 5, *, seed: int, members: int = 5_000, non_members: int = 5_000, disjoint: bool = False
) -> list[Split]:
    """One draw of the table for each target: half trained on, half not, a default forest.

    Draws are independent of each other: five times 10,000 do not fit in 48,790. With `disjoint` no record serves
    twice, where there are enough. Raises ValueError where there are not.
    """
    x, y = adult_encoded()
    size = members + non_members
    needed = size * n_targets if disjoint else size
    if needed > len(y):
        raise ValueError(f"{needed} records are needed, there are {len(y)}: ask for fewer or smaller targets")
    shuffled = np.random.default_rng([seed, n_targets]).permutation(len(y))
    made = []
    for target in range(n_targets):
        rng = np.random.default_rng([seed, n_targets, target])
        if disjoint:
            rows = shuffled[target * size : (target + 1) * size]
        else:
            rows = rng.choice(len(y), size=size, replace=False)
        is_member = np.zeros(size, dtype=bool)
        is_member[rng.choice(size, size=members, replace=False)] = True
        recipe = Recipe(estimator="RandomForestClassifier", random_state=RARE + target)
        made.append(Split(name=f"adult-{target}", x=x[rows], y=y[rows], is_member=is_member, recipe=recipe))
    return made
