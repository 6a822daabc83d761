"""Success against cost: what the attacks would have reached with less. Descriptive, scoring only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from vidocq.audit.reading import Reading
from vidocq.audit.sampling.population import Population
from vidocq.core.errors import SampleTooSmall, SignalError
from vidocq.core.signals import Signals
from vidocq.measure.auc import auc

STEPS = (0, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)
SHARES = (1 / 8, 1 / 4, 1 / 2, 1.0)
"""Of the outsiders that an attack learns from."""
LEVEL = 0.95
REFERENCES, OUTSIDERS, QUERIES = "reference_models", "known_outsiders", "queries"


@dataclass(frozen=True, eq=False)
class Given:
    """What an attack is given: `amount` of the means `by`."""

    by: str
    amount: int
    signals: Signals


def cost_curve(
    readings: Sequence[Reading], signals: Signals, population: Population, *, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """AUC of each attack by what it is given: `by` names the means, `amount` how much of it.

    reference_models  the first ones, blocks whole.   known_outsiders  persons the attacker may learn from.
    queries           a record, asked of the target and of each reference model alike.
    An attack that cannot speak from so little is left out there. The last point is the audit's own, up to chance.
    """
    found = []
    for reading in readings:
        card = reading.attack.card
        if card.baseline:
            continue
        given: list[Given] = []
        if card.stand_ins:
            counts = [k for k in STEPS if k < signals.k] + [signals.k]
            given += [Given(REFERENCES, k, signals.only(np.arange(k))) for k in counts]
        elif card.known and not card.known_members:
            order = rng.permutation(np.flatnonzero(reading.known))
            given += [
                Given(OUTSIDERS, m, replace(signals, known=np.isin(population.person, order[:m])))
                for m in (round(share * len(order)) for share in SHARES)
            ]
        if card.extra == "robustness":
            given += _fewer_queries(signals)
        for less in given:
            point = _point(reading, less.signals, population, rng=rng)
            if point is not None:
                found.append({"id": card.id, "by": less.by, "amount": less.amount, "auc": point})
    return found


def _fewer_queries(signals: Signals) -> list[Given]:
    """None where nobody noted what was kept on the way, or the references were asked otherwise than the target."""
    target, references = signals.target_course, signals.reference_course
    if target is None or (signals.k and (references is None or references.stages != target.stages)):
        return []
    return [
        Given(
            QUERIES,
            queries,
            replace(
                signals,
                target_robustness=target.shares(stage),
                reference_robustness=None if references is None else references.shares(stage),
            ),
        )
        for stage, queries in enumerate(target.stages.queries)
    ]


def _point(
    reading: Reading, less: Signals, population: Population, *, rng: np.random.Generator
) -> dict[str, Any] | None:
    attack, counted = reading.attack, reading.counted
    try:
        scores = population.pool(attack.score(less, rng=rng), attack.card.pooling)
        return auc(scores[counted], population.is_member[counted], level=LEVEL).to_dict()
    except (SignalError, SampleTooSmall):
        return None
