"""Success against cost: what the attacks would have reached with fewer reference models. Descriptive, scoring only."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from vidocq.audit.reading import Reading
from vidocq.audit.sampling.population import Population
from vidocq.core.errors import SampleTooSmall, SignalError
from vidocq.core.signals import Signals
from vidocq.measure.auc import auc

STEPS = (0, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096)
LEVEL = 0.95


def cost_curve(
    readings: Sequence[Reading], signals: Signals, population: Population, *, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """AUC of each attack that uses reference models, by how many of them it is given: the first ones, blocks whole.

    An attack that cannot speak from so few is left out there. The last point is the audit's own.
    """
    counts = [k for k in STEPS if k < signals.k] + [signals.k]
    found = []
    for reading in readings:
        attack, counted = reading.attack, reading.counted
        if attack.card.baseline or not attack.card.stand_ins:
            continue
        for count in counts:
            given = signals.only(np.arange(count))
            try:
                scores = population.pool(attack.score(given, rng=rng), attack.card.pooling)
                area = auc(scores[counted], population.is_member[counted], level=LEVEL)
            except (SignalError, SampleTooSmall):
                continue
            found.append({"id": attack.card.id, "reference_models": count, "auc": area.to_dict()})
    return found
