"""What sets a person's records apart, by the names of columns and never by a value: rarity, disagreement, repetition.

Every record of a person counts: his figures are means over his records, so that having many makes nobody look odd.
"""

from dataclasses import dataclass

import numpy as np

from vidocq.audit.persons.columns import near_share, space
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import BoolArray, FloatArray, IntArray

NEIGHBOURS = 5
MOST_ANCHORS = 10_000
"""Records among which neighbours are looked for."""
MOST_COLUMNS = 100
"""With more, as in images, a column alone moves no distance, and its name says nothing."""


@dataclass(frozen=True, eq=False)
class Traits:
    """All (p,), in the order of the persons.

    rarest        column of the file in which he is rarest, an index.
    rarity        share of the records near him in that column: the geometric mean over his records.
    disagreement  share of his records' nearest neighbours that bear another label; None where labels are quantities.
    copies        how many times his records stand in the data, themselves included.
    """

    rarest: IntArray
    rarity: FloatArray
    disagreement: FloatArray | None
    copies: FloatArray

    @property
    def disagrees(self) -> BoolArray | None:
        """(p,) most of his nearest neighbours bear another label."""
        return None if self.disagreement is None else np.asarray(self.disagreement > 0.5)

    @property
    def repeated(self) -> BoolArray:
        """(p,) his records stand more than once, at least one in two."""
        return np.asarray(self.copies >= 1.5)


def traits_of(table: FloatArray, population: Population, *, rng: np.random.Generator) -> Traits:
    """table (n, d) the records as numbers, the label last. Draws the records to search where they are very many."""
    rarest, least = np.zeros(population.persons, dtype=np.int64), np.full(population.persons, np.inf)
    for column in range(len(population.records.columns)):
        found = population.pool(np.log(near_share(population.records, column)), "mean")
        rarer = found < least
        rarest[rarer], least[rarer] = column, found[rarer]
    _, place, count = np.unique(np.round(table, 6), axis=0, return_inverse=True, return_counts=True)
    disagreement = None
    if has_classes(population):
        points, _ = space(population.records)
        disagreement = population.pool(_against(points, _codes(population), rng=rng), "mean")
    return Traits(
        rarest, np.exp(least), disagreement, population.pool(count[place.ravel()].astype(np.float64), "mean")
    )


def has_classes(population: Population) -> bool:
    """False for a regression, or labels that are nearly names."""
    return len(np.unique(population.records.labels.astype(str))) <= population.persons // 20


def column_of_disagreement(population: Population, persons: IntArray) -> str | None:
    """The column without which the neighbours of some persons (q,) would agree with them most, by name.

    None where there is no such column, or more than `MOST_COLUMNS`.
    """
    names = population.records.columns
    rows = np.flatnonzero(np.isin(population.person, persons))
    if not len(rows) or not 1 < len(names) <= MOST_COLUMNS:
        return None
    points, owner = space(population.records)
    labels = _codes(population)
    anchors = np.unique(np.concatenate([np.arange(min(len(points), MOST_ANCHORS)), rows]))
    drops = np.zeros(len(names))
    for row in rows:
        apart = np.square(points[anchors] - points[row])
        whole = apart.sum(axis=1)
        whole[anchors == row] = np.inf
        before = _share_against(whole, labels[anchors], labels[row])
        if before <= 0.5:
            continue
        for column in np.unique(owner):
            without = whole - apart[:, owner == column].sum(axis=1)
            drops[column] += before - _share_against(without, labels[anchors], labels[row])
    return names[int(drops.argmax())] if drops.max() > 0 else None


def _share_against(distance: FloatArray, labels: IntArray, own: int) -> float:
    nearest = np.argpartition(distance, NEIGHBOURS)[:NEIGHBOURS]
    return float(np.mean(labels[nearest] != own))


def _codes(population: Population) -> IntArray:
    return np.asarray(np.unique(population.records.labels.astype(str), return_inverse=True)[1], dtype=np.int64)


def _against(points: FloatArray, labels: IntArray, *, rng: np.random.Generator) -> FloatArray:
    """(n,) share of each record's nearest neighbours, itself left out, that bear another label."""
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415 - heavy, on use

    n = len(points)
    anchors = np.arange(n) if n <= MOST_ANCHORS else np.sort(rng.choice(n, size=MOST_ANCHORS, replace=False))
    near = NearestNeighbors(n_neighbors=min(NEIGHBOURS + 1, len(anchors))).fit(points[anchors])
    found = anchors[near.kneighbors(points, return_distance=False)]
    other = found != np.arange(n)[:, None]
    kept = other & (np.cumsum(other, axis=1) <= NEIGHBOURS)
    return np.asarray(((labels[found] != labels[:, None]) & kept).sum(axis=1) / kept.sum(axis=1))
