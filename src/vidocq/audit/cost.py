"""Success against cost: what the attacks would have reached with less. Descriptive, scoring only."""

from collections.abc import Sequence
from dataclasses import replace
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
REFERENCES, OUTSIDERS = "reference_models", "known_outsiders"


def cost_curve(
    readings: Sequence[Reading], signals: Signals, population: Population, *, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """AUC of each attack by what it is given: `by` names the means, `amount` how much of it.

    reference_models  the first ones, blocks whole.   known_outsiders  persons the attacker may learn from.
    An attack that cannot speak from so little is left out there. The last point is the audit's own, up to chance.
    """
    found = []
    for reading in readings:
        card = reading.attack.card
        if card.baseline:
            continue
        if card.stand_ins:
            counts = [k for k in STEPS if k < signals.k] + [signals.k]
            given = [(REFERENCES, k, signals.only(np.arange(k))) for k in counts]
        elif card.known:
            order = rng.permutation(np.flatnonzero(reading.known))
            given = [
                (OUTSIDERS, m, replace(signals, known=np.isin(population.person, order[:m])))
                for m in (round(share * len(order)) for share in SHARES)
            ]
        else:
            continue
        for by, amount, less in given:
            point = _point(reading, less, population, rng=rng)
            if point is not None:
                found.append({"id": card.id, "by": by, "amount": amount, "auc": point})
    return found


def _point(
    reading: Reading, less: Signals, population: Population, *, rng: np.random.Generator
) -> dict[str, Any] | None:
    attack, counted = reading.attack, reading.counted
    try:
        scores = population.pool(attack.score(less, rng=rng), attack.card.pooling)
        return auc(scores[counted], population.is_member[counted], level=LEVEL).to_dict()
    except (SignalError, SampleTooSmall):
        return None
