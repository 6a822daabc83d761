"""What several texts say together: of one person, and of a set of documents. Descriptive: nothing of it enters the verdict.

A text may betray little, and all those of a person much. Log-odds of membership are added up over a person's texts and
held against persons whom the model never saw, whose texts resemble each other as his do; then persons are counted, never
named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vidocq.audit.reading import Reading, showing
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.estimate import Estimate
from vidocq.core.seeds import Seeds
from vidocq.core.signals import Signals
from vidocq.measure.intervals import clopper_pearson

FALSE_DISCOVERIES = 0.05
ALPHA = 0.01
LEVEL = 0.95
SETS = (1, 4, 16, 64)
"""Documents of a set."""
DRAWS = 1000
PREFERRED = ("lira", "rmia", "lm-combined", "lm-reference", "lm-ez", "lm-min-k")
FEWEST = 40
"""Persons on a side: with fewer neither a law nor a share can be told."""


@dataclass(frozen=True)
class Aggregated:
    """persons  members that were looked at.   recognised  of them, at a rate of false discoveries.
    control   of persons that the model never saw and that no law was drawn from, taken for members alike.
    sets      for each number of documents, share of random sets of members' texts that stand out from the sets of others'
              texts, of which one in a hundred does.
    """

    persons: int
    recognised: Estimate
    control: Estimate
    sets: tuple[tuple[int, float], ...]

    def to_dict(self) -> dict[str, Any]:
        """Counts and shares for audit.json."""
        return {
            "persons": self.persons,
            "false_discovery_rate": FALSE_DISCOVERIES,
            "recognised": self.recognised.to_dict(),
            "control": self.control.to_dict(),
            "alpha": ALPHA,
            "sets": [{"documents": size, "recognised": share} for size, share in self.sets],
        }


def aggregation(
    readings: Sequence[Reading], signals: Signals, population: Population, *, seed: int
) -> dict[str, Any] | None:
    """For audit.json, of the attack whose scores come nearest to log-odds; None without one, or with too few persons."""
    by_id = {reading.attack.card.id: reading for reading in readings}
    reading = next((by_id[name] for name in PREFERRED if name in by_id), None)
    if reading is None:
        return None
    seeds = Seeds(seed)
    shown = showing(signals, reading.known, population)
    log_odds = reading.attack.score(shown, rng=seeds.generator("aggregation:score"))
    found = aggregated(log_odds, population, known=reading.known, rng=seeds.generator("aggregation"))
    return None if found is None else {"attack": reading.attack.card.id, **found.to_dict()}


def aggregated(
    log_odds: FloatArray, population: Population, *, known: BoolArray | None = None, rng: np.random.Generator
) -> Aggregated | None:
    """None where too few persons are left.

    log_odds  (n,) of membership, text by text, such as the scores of `lm-combined`; of another attack, its scores.
    known     (p,) persons whom the attack was shown: they are left out.
    rng       draws which half of the others gives the law, and the sets.
    """
    left = np.ones(population.persons, dtype=bool) if known is None else ~known
    members = np.flatnonzero(left & population.is_member)
    others = rng.permutation(np.flatnonzero(left & ~population.is_member))
    law, control = np.sort(others[: len(others) // 2]), np.sort(others[len(others) // 2 :])
    if min(len(members), len(law)) < FEWEST:
        return None
    from scipy.stats import false_discovery_control  # noqa: PLC0415 - a second to import, on use

    standing = _standing(log_odds, population, law)
    p, p_control = (_p(standing[who], standing[law]) for who in (members, control))
    # Of false discoveries among members and unseen persons together, as whoever does not know them would count.
    found = false_discovery_control(np.concatenate([p, p_control])) <= FALSE_DISCOVERIES
    return Aggregated(
        len(members),
        clopper_pearson(int(found[: len(p)].sum()), len(p), level=LEVEL),
        clopper_pearson(int(found[len(p) :].sum()), len(p_control), level=LEVEL),
        tuple(_sets(log_odds, population, members, others, rng=rng)),
    )


def _standing(log_odds: FloatArray, population: Population, law: IntArray) -> FloatArray:
    """(p,) each person's summed log-odds, less what an outsider with as many texts has, in standard deviations.

    A sum over m texts varies by m times what texts vary within a person, and m squared times what persons vary.
    """
    count = np.bincount(population.person, minlength=population.persons)
    total = np.bincount(population.person, weights=log_odds, minlength=population.persons)
    m, mean = count[law], total[law] / count[law]
    centre = float(total[law].sum() / m.sum())
    inside = np.isin(population.person, law)
    rest = log_odds[inside] - (total / count)[population.person[inside]]
    repeated = int((m - 1).sum())
    spread = float(np.var(mean))
    within = float(np.square(rest).sum() / repeated) if repeated else 0.0
    between = max(spread - within * float((1.0 / m).mean()), 0.0)
    variance = count * within + np.square(count) * between
    return np.asarray((total - count * centre) / np.sqrt(np.maximum(variance, np.finfo(float).tiny)))


def _p(standing: FloatArray, outsiders: FloatArray) -> FloatArray:
    """One-sided, by rank among the outsiders of the law."""
    above = len(outsiders) - np.searchsorted(np.sort(outsiders), standing, side="left")
    return np.asarray((1 + above) / (1 + len(outsiders)))


def _sets(
    log_odds: FloatArray, population: Population, members: IntArray, others: IntArray, *, rng: np.random.Generator
) -> list[tuple[int, float]]:
    """Sets of texts of different persons, drawn with replacement; one text of each person, drawn anew."""
    found = []
    for size in SETS:
        if 2 * size > min(len(members), len(others)):
            break
        inside, outside = (
            log_odds[_one_text_each(population, rng.choice(who, size=(DRAWS, size)), rng=rng)].mean(axis=1)
            for who in (members, others)
        )
        found.append((size, float((inside > np.quantile(outside, 1.0 - ALPHA)).mean())))
    return found


def _one_text_each(population: Population, persons: IntArray, *, rng: np.random.Generator) -> IntArray:
    order = np.argsort(population.person, kind="stable")
    start = np.searchsorted(population.person[order], np.arange(population.persons + 1))
    count = np.diff(start)
    return np.asarray(order[start[persons] + (rng.random(persons.shape) * count[persons]).astype(np.int64)])
