"""The most exposed persons, and how far models trained by this recipe expose them (rule, line 6).

Half A of the reference models chooses the panel and scores it; the models of half B are the targets. The
audited model is never queried: the panel speaks of the training recipe.
"""

from dataclasses import dataclass

import numpy as np

from vidocq.audit.rule.evidence import PanelTally
from vidocq.audit.sampling.design import Design
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import IntArray
from vidocq.core.signals import Signals
from vidocq.measure.exposure import centres, leave_one_out, surprise
from vidocq.measure.roc import accuse, threshold_at

ALPHA = 0.01
FEWEST_PERSONS = 50
FEWEST_MODELS = 8
"""In each half: fewer leave no distribution to learn, and no rate to count."""
FEWEST_VOICES = 3
"""Models of half A with a person, and without him."""


@dataclass(frozen=True, eq=False)
class Panel:
    """persons (p,) indices, most exposed first by half A; the counts on half B; sizes of both halves."""

    persons: IntArray
    tally: PanelTally
    references_a: int
    references_b: int


def choose_and_count(signals: Signals, population: Population, design: Design, *, size: int) -> Panel | None:
    """None where persons or models are too few for a panel (then it is not measured)."""
    a, b = design.half_a, ~design.half_a
    if population.persons < FEWEST_PERSONS or min(a.sum(), b.sum()) < FEWEST_MODELS:
        return None
    if not np.isfinite(signals.reference_confidence).all():
        return None  # only labels are served
    # One number per model and person: the mean over his records, so that his own spread tells his own quantiles.
    signal = population.pool(signals.reference_confidence, "mean")
    had = population.per_person(signals.trained_on)
    if min(had[a].sum(axis=0).min(), (~had[a]).sum(axis=0).min()) < FEWEST_VOICES:
        return None
    found, on_a = leave_one_out(signal[a], had[a])
    chosen = np.argsort(-found.effect, kind="stable")[:size].astype(np.int64)

    # The threshold comes from half A alone: each of its models judged by the others, on persons it never saw. Where
    # persons move together (few parameters) that is no more than one draw per model, and 1 % of a hundred draws is
    # one: so the threshold is never under the one at which Student's law accuses 1 %.
    threshold = max(threshold_at(on_a[~had[a]], fpr=ALPHA), -float(np.log(ALPHA)))
    accused = accuse(surprise(found, signal[b], centre=centres(signal[a]), persons=chosen), threshold=threshold)
    inside = had[b][:, chosen]
    return Panel(
        persons=chosen,
        tally=PanelTally(
            hits_in=(accused & inside).sum(axis=0),
            n_in=inside.sum(axis=0),
            hits_out=(accused & ~inside).sum(axis=0),
            n_out=(~inside).sum(axis=0),
        ),
        references_a=int(a.sum()),
        references_b=int(b.sum()),
    )
