"""Why some persons are exposed: what the most exposed have more often than the others, beyond chance.

By the names of columns and never by a value. A cause is held against the same figure on everyone else by an exact
test, Holm's correction over all causes, and against what other reference models say: the causes are those of a group,
and say nothing of one person.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from vidocq.audit.persons.traits import Traits, column_of_disagreement
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.measure.person_exposure import PersonExposure
from vidocq.measure.significance import fisher_greater, holm

LOOKED_AT = 50
FEWEST = 100
LEVEL = 0.05


@dataclass(frozen=True)
class Cause:
    """A trait of the most exposed persons.

    trait    rarity, disagreement or repetition.
    feature  for rarity, the column in which the most exposed are rarest more often than the others are; for
             disagreement, the column without which their neighbours would agree with them most. None if there is none.
    share    of the most exposed who bear the trait, in [0, 1]; control: of the others. For rarity, counted on the half
             of the persons that did not choose the column.
    p_holm   Fisher's exact p that the trait is more frequent among them, corrected for the number of traits.
    steady   share of the halves of the reference models whose own most exposed bear the trait (for rarity, in the same
             column) more often than their others, by Fisher's p of at most 5 %.
    """

    trait: str
    feature: str | None
    share: float
    control: float
    p_holm: float
    steady: float

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, eq=False)
class _Seen:
    trait: str
    feature: str | None
    counts: tuple[int, int, int, int]
    bears: BoolArray

    @property
    def p(self) -> float:
        return fisher_greater(*self.counts)


def causes(
    traits: Traits, population: Population, found: PersonExposure, halves: FloatArray, *, rng: np.random.Generator
) -> tuple[Cause, ...]:
    """halves (rotations, 2, p) shifts by halves of the reference models. Empty with fewer than `FEWEST` persons.

    The most exposed are those of the smallest p, then of the largest shift, ties in random order: a tree answers most
    persons alike, and the order of a file is no chance.
    """
    persons = population.persons
    if persons < FEWEST:
        return ()
    size = min(LOOKED_AT, persons // 4)
    order = np.lexsort((rng.permutation(persons), -found.shift, found.p))
    top = np.isin(np.arange(persons), order[:size])
    seen = [_rarity(traits, population, order, size, rng=rng)]
    if traits.disagrees is not None:
        bears = traits.disagrees
        column = column_of_disagreement(population, np.flatnonzero(top & bears))
        seen.append(_Seen("disagreement", column, _counts(bears, top), bears))
    seen.append(_Seen("repetition", None, _counts(traits.repeated, top), traits.repeated))
    corrected = holm(np.array([cause.p for cause in seen]))
    tops = [_top(half, size, rng=rng) for pair in halves for half in pair]
    return tuple(
        Cause(
            cause.trait,
            cause.feature,
            cause.counts[0] / cause.counts[1],
            cause.counts[2] / cause.counts[3],
            float(p),
            float(np.mean([fisher_greater(*_counts(cause.bears, one)) <= LEVEL for one in tops])),
        )
        for cause, p in zip(seen, corrected, strict=True)
    )


def _rarity(traits: Traits, population: Population, order: IntArray, size: int, *, rng: np.random.Generator) -> _Seen:
    """The column is chosen on one random half of the exposed and of the others, and counted on the other half."""
    first, others = rng.permutation(order[:size]), rng.permutation(order[size:])
    columns = len(population.records.columns)

    middle = size // 2, len(others) // 2
    shares = [
        np.bincount(traits.rarest[who], minlength=columns) / len(who)
        for who in (first[: middle[0]], others[: middle[1]])
    ]
    column = int((shares[0] - shares[1]).argmax())
    bears = traits.rarest == column
    counted, rest = first[middle[0] :], others[middle[1] :]
    counts = int(bears[counted].sum()), len(counted), int(bears[rest].sum()), len(rest)
    return _Seen("rarity", population.records.columns[column], counts, bears)


def _counts(bears: BoolArray, top: BoolArray) -> tuple[int, int, int, int]:
    return int((bears & top).sum()), int(top.sum()), int((bears & ~top).sum()), int((~top).sum())


def _top(shift: FloatArray, size: int, *, rng: np.random.Generator) -> BoolArray:
    order = np.lexsort((rng.permutation(len(shift)), -shift))
    return np.isin(np.arange(len(shift)), order[:size])
