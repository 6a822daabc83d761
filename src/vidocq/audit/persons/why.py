"""Why some persons are exposed: what their records have that those of persons drawn at random have not.

By the names of features and never by a value. Each cause is held against the same figure on random persons, and its
steadiness against the most exposed by either half of the reference models is not assumed: the causes are those of a
group, and say nothing of one person.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.measure.person_exposure import PersonExposure

LOOKED_AT = 50
FEWEST = 100
NEIGHBOURS = 5
NEAR = 0.1
"""Two numbers are near within this share of their column's standard deviation."""


@dataclass(frozen=True)
class Cause:
    """A figure on the most exposed persons and on as many drawn at random.

    trait    rarity, disagreement or repetition.
    feature  for rarity, the column in which most of them are rarest.
    share    of the exposed, in [0, 1]; control: of the random persons.
    steady   share of the exposed of which either half of the records of evidence says the same; None if not applicable.
    """

    trait: str
    feature: str | None
    share: float
    control: float
    steady: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def causes(
    table: FloatArray, population: Population, found: PersonExposure, *, rng: np.random.Generator
) -> tuple[Cause, ...]:
    """table (n, d) the records as numbers, the label last. Empty with fewer than `FEWEST` persons."""
    if population.persons < FEWEST:
        return ()
    order = np.argsort(-found.shift, kind="stable")
    size = min(LOOKED_AT, population.persons // 4)
    exposed, random = order[:size], rng.choice(order[size:], size=size, replace=False)
    rows = [_rows_of(persons, population) for persons in (exposed, random)]
    features, label = table[:, :-1], table[:, -1]
    told = [_rarity(rows, population), _disagreement(features, label, rows), _repetition(table, rows)]
    return tuple(told)


def _rows_of(persons: IntArray, population: Population) -> IntArray:
    """One record of each person: the first."""
    first = np.full(population.persons, -1, dtype=np.int64)
    first[population.person[::-1]] = np.arange(len(population.person))[::-1]
    return np.asarray(first[persons])


def _rarity(rows: list[IntArray], population: Population) -> Cause:
    """The column of the file in which the exposed are most often rarest, and how often random persons are so in it."""
    features, near = _columns(population)
    surprise = [_surprise(features, near, part) for part in rows]
    rarest = [part.argmax(axis=1) for part in surprise]
    counts = np.bincount(rarest[0], minlength=features.shape[1])
    column = int(counts.argmax())
    halves = [np.bincount(part, minlength=features.shape[1]) for part in (rarest[0][::2], rarest[0][1::2])]
    return Cause(
        "rarity",
        population.records.columns[column],
        float(np.mean(rarest[0] == column)),
        float(np.mean(rarest[1] == column)),
        float(np.mean([half.argmax() == column for half in halves])),
    )


def _columns(population: Population) -> tuple[FloatArray, FloatArray]:
    """The file's own columns as numbers (n, d), and what counts as near in each (d,): for text, equal words alone."""
    records = population.records
    d = len(records.columns)
    features, near = np.empty((len(records), d)), np.zeros(d)
    for j in range(d):
        column = records.features[:, j]
        if any(isinstance(cell, str) for cell in column.tolist()):
            features[:, j] = np.unique(column.astype(str), return_inverse=True)[1]
        else:
            features[:, j] = column.astype(np.float64)
            near[j] = NEAR * float(features[:, j].std())
    return features, near


def _surprise(features: FloatArray, near: FloatArray, rows: IntArray) -> FloatArray:
    """(r, d) minus the log of the share of records that are near in this column alone."""
    found = np.empty((len(rows), features.shape[1]))
    for j in range(features.shape[1]):
        column = np.sort(features[:, j])
        low = np.searchsorted(column, features[rows, j] - near[j], side="left")
        high = np.searchsorted(column, features[rows, j] + near[j], side="right")
        found[:, j] = -np.log((high - low) / len(column))
    return found


def _disagreement(features: FloatArray, label: FloatArray, rows: list[IntArray]) -> Cause:
    """Share whose label most of their nearest neighbours do not bear."""
    from sklearn.neighbors import NearestNeighbors  # noqa: PLC0415 - heavy, on use

    deviation = features.std(axis=0)
    scaled = (features - features.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)
    near = NearestNeighbors(n_neighbors=min(NEIGHBOURS + 1, len(scaled))).fit(scaled)
    shares = []
    for part in rows:
        neighbours = near.kneighbors(scaled[part], return_distance=False)
        others = [[n for n in row if n != own][:NEIGHBOURS] for row, own in zip(neighbours, part, strict=True)]
        agree = np.array([np.mean(label[row] == label[own]) for row, own in zip(others, part, strict=True)])
        shares.append(float(np.mean(agree < 0.5)))
    return Cause("disagreement", None, shares[0], shares[1])


def _repetition(table: FloatArray, rows: list[IntArray]) -> Cause:
    """Share whose record stands more than once."""
    _, place, count = np.unique(np.round(table, 6), axis=0, return_inverse=True, return_counts=True)
    repeated = count[place.ravel()] > 1
    return Cause("repetition", None, float(repeated[rows[0]].mean()), float(repeated[rows[1]].mean()))
