"""Everyone's exposure by this recipe, told in counts: how many, how surely, who as a group, and why. Never who.

Descriptive: nothing of it enters the verdict, whose panel has its own test (rule, line 6). No person is named on one
run: exposure.parquet holds pseudonymous rows for whoever is allowed to look, and the report holds counts alone.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from vidocq.audit.persons.group import Group, told
from vidocq.audit.persons.traits import Traits, has_classes, traits_of
from vidocq.audit.persons.why import Cause, causes
from vidocq.audit.sampling.design import Design
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import FloatArray
from vidocq.core.errors import SampleTooSmall
from vidocq.core.signals import Signals
from vidocq.measure.person_exposure import (
    PersonExposure,
    Stability,
    gaps_by_block,
    halves,
    mean_gap,
    person_exposure,
    stability,
    standardised,
)

FALSE_DISCOVERIES = 0.05
RARE_CLASS = 0.05


@dataclass(frozen=True, eq=False)
class Exposure:
    """persons, traits and influence hold (p,) figures: personal data.

    influence  mean confidence of the models that had a person minus that of the others, block by block: log-odds of his
               own label, in nats (regression: of minus the logarithm of the squared error). What leaving him out costs.
    columns    names of the file's columns, which traits count.
    """

    persons: PersonExposure
    traits: Traits
    influence: FloatArray
    columns: tuple[str, ...]
    stability: Stability
    groups: tuple[dict[str, Any], ...]
    causes: tuple[Cause, ...]

    def to_dict(self) -> dict[str, Any]:
        """Counts and means for audit.json."""
        shift = self.persons.shift
        return {
            "persons": len(shift),
            "exposed": int(self.persons.exposed(rate=FALSE_DISCOVERIES).sum()),
            "false_discovery_rate": FALSE_DISCOVERIES,
            "blocks": self.persons.blocks,
            "shift": {
                name: float(np.quantile(shift, q)) for name, q in (("median", 0.5), ("high", 0.95), ("top", 0.99))
            },
            "stability": asdict(self.stability),
            "groups": list(self.groups),
            "causes": [cause.to_dict() for cause in self.causes],
        }


def exposure(
    signals: Signals,
    population: Population,
    design: Design | None,
    table: FloatArray,
    *,
    groups: Sequence[Group] = (),
    rng: np.random.Generator,
) -> Exposure | None:
    """table (n, d) the records as numbers, label last. None where nothing can be told: no reference models, too few of
    them, or labels only.
    """
    if design is None or not np.isfinite(signals.reference_confidence).all():
        return None
    try:
        signal = standardised(signals.reference_confidence, signals.trained_on, population.person, population.persons)
        found = person_exposure(signal, design.trained_on, design.block)
        parts = halves(signal, design.trained_on, design.block, rng=rng)
    except SampleTooSmall:
        return None
    every = [*groups, *_rare_classes(population)]
    gaps = gaps_by_block(signal, design.trained_on, design.block)
    traits = traits_of(table, population, rng=rng)
    confidence = population.pool(signals.reference_confidence, "mean")
    return Exposure(
        found,
        traits,
        mean_gap(confidence, design.trained_on, design.block),
        population.records.columns,
        stability(parts),
        tuple(told(group, found, gaps, rate=FALSE_DISCOVERIES, rng=rng) for group in every),
        causes(traits, population, found, parts, rng=rng),
    )


def exposure_table(found: Exposure) -> dict[str, Any]:
    """Columns of exposure.parquet, one row a person, in the order of the audit; personal data.

    shift, p, q     as `PersonExposure` has them; self_influence is the same in nats of log-odds of the own label.
    rarity_feature  name of the column in which the person is rarest; rarity_share: of the records near him in it.
    disagreement    share of his records' neighbours that bear another label; absent where labels are quantities.
    copies          how many times his records stand in the data, himself included.
    """
    persons, traits = found.persons, found.traits
    columns = {
        "person": np.arange(len(persons.shift)),
        "shift": persons.shift,
        "p": persons.p,
        "q": persons.q,
        "self_influence": found.influence,
        "rarity_feature": np.array(found.columns)[traits.rarest],
        "rarity_share": traits.rarity,
        "copies": traits.copies,
    }
    return columns if traits.disagreement is None else {**columns, "disagreement": traits.disagreement}


def _rare_classes(population: Population) -> list[Group]:
    """Persons with a record of a class that under a twentieth of the records bear, taken together."""
    _, place, count = np.unique(population.records.labels.astype(str), return_inverse=True, return_counts=True)
    if not has_classes(population):
        return []
    rare = count < RARE_CLASS * len(place)
    belongs = np.bincount(population.person, weights=rare[place], minlength=population.persons) > 0
    return [Group("rare-classes", np.asarray(belongs))] if rare.any() else []
