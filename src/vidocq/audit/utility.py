"""What the model is good for: right answers on members and on others. Privacy bought by a useless model is cheap."""

import math
from typing import Any

import numpy as np

from vidocq.audit.sampling.population import Population
from vidocq.core.estimate import Estimate
from vidocq.core.signals import Signals
from vidocq.measure.clusters import clustered_mean, clustered_share
from vidocq.measure.difference import difference

LEVEL = 0.95


def utility(signals: Signals, population: Population, *, regression: bool) -> dict[str, Any] | None:
    """Accuracy, or the root of the mean squared error of a regression, on each side, with the gap between them.

    Only answers already given are read. `loss` is the mean loss in nats, None where only labels are served; answers
    rounded to 0 or 1 count with the bound put on their log-odds. The gap is members minus non-members for an
    accuracy, non-members minus members for an error: positive where the model does better on members.
    Returns None for a regression whose values are not served, or that errs nowhere.
    """
    sides = [population.is_member_record, ~population.is_member_record]
    person = population.person
    if regression:
        if np.isnan(signals.target_loss).any():
            return None
        squared = [clustered_mean(signals.target_loss[side], person[side], level=LEVEL) for side in sides]
        inside, outside = (None if s is None else _root(s) for s in squared)
        if inside is None or outside is None:
            return None
        return _entry("rmse", inside, outside, difference(outside, inside), None)
    found = [clustered_share(signals.target_correct[side], person[side], level=LEVEL) for side in sides]
    loss = None
    if not np.isnan(signals.target_loss).any():
        means = [clustered_mean(signals.target_loss[side], person[side], level=LEVEL) for side in sides]
        if means[0] is not None and means[1] is not None:
            loss = {"members": means[0].to_dict(), "non_members": means[1].to_dict()}
    return _entry("accuracy", found[0], found[1], difference(found[0], found[1]), loss)


def _entry(
    measure: str, members: Estimate, non_members: Estimate, gap: Estimate, loss: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "measure": measure,
        "members": members.to_dict(),
        "non_members": non_members.to_dict(),
        "gap": gap.to_dict(),
        "loss": loss,
    }


def _root(squared: Estimate) -> Estimate:
    return Estimate(
        math.sqrt(squared.value), math.sqrt(squared.low), math.sqrt(squared.high), squared.level, squared.n
    )
