"""What it would take: persons and reference models for the tolerances asked, and the odds of concluding."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from vidocq.audit.persons.panel import ALPHA
from vidocq.audit.reading import Reading
from vidocq.audit.sampling.population import Population
from vidocq.audit.terms import Terms
from vidocq.core.access import Access
from vidocq.core.errors import SampleTooSmall
from vidocq.measure.looks import error_of_look
from vidocq.measure.power import (
    Outsiders,
    average_rate,
    average_rate_seen,
    persons_needed,
    references_needed,
    worst_rate,
)
from vidocq.measure.roc import accuse

WANTED = 0.8
"""Probability of concluding `no leak`, when there is none, that persons and references are asked for."""
ASSUMED_ACCURACY = 0.75
"""Operating point of the label gap where no model has been asked yet."""
ASSUMED_SPREAD = 2.0
"""Where no model has been asked yet, an attack may accuse half or twice the share of outsiders it is tuned for."""


def needed(
    population: Population, terms: Terms, *, references: int, readings: Sequence[Reading] = ()
) -> dict[str, Any]:
    """For audit.json: the forecast as planned, and the odds as the reference models let them be foreseen."""
    return forecast(
        members=population.members,
        non_members=population.non_members,
        share=population.share,
        references=references,
        terms=terms,
        outsiders=_outsiders(readings, population, terms),
    )


def forecast(
    *,
    members: int,
    non_members: int,
    share: float,
    references: int,
    terms: Terms,
    accuracy: float = ASSUMED_ACCURACY,
    outsiders: Sequence[Outsiders] = (),
) -> dict[str, Any]:
    """persons_per_side and references that conclude with probability `WANTED` if nothing leaks, and the odds now.

    planned_no_leak    before any model was asked, under the two assumptions above; attacks are taken for independent,
                       which they are not.
    predicted_no_leak  the same with the rates that reference models show on persons they never saw, if there are any.
    None where no number would do, as with labels alone, or where a tolerance is 0.
    """
    if Access.PROBABILITIES not in terms.answers:  # nothing bounds the worst case then
        nothing = dict.fromkeys(("persons_per_side", "references", "planned_no_leak", "predicted_no_leak"))
        return {**nothing, "wanted": WANTED}
    error = error_of_look(terms.look) / 2
    attacks = terms.attacks()
    graded = sum(1 for a in attacks if not a.card.discrete)
    discrete = len(attacks) - graded
    each = WANTED**0.5
    persons: int | None = None
    models: int | None = None
    if terms.tau_average > 0:
        try:
            # The label gap works at the model's accuracy, where proportions vary most: one more rate for one attack.
            persons = persons_needed(
                terms.tau_average, rates=terms.alphas, attacks=graded, error=error, rate=each, spread=ASSUMED_SPREAD
            )
            while discrete and persons < 1_000_000 and _average(terms, persons, persons, graded, accuracy) < each:
                persons = round(persons * 1.1)
        except SampleTooSmall:
            persons = None
    if terms.tau_worst > 0 and terms.panel_registered:
        try:
            models = references_needed(
                terms.tau_worst, persons=terms.suite.panel, share=share, alpha=ALPHA, error=error, rate=each
            )
        except SampleTooSmall:
            models = None
    half = references // 2
    inside = min(max(round(half * share), 1), max(half - 1, 1))
    planned: float | None = None
    predicted: float | None = None
    if half >= 8 and terms.tau_average > 0 and terms.tau_worst > 0 and terms.panel_registered:
        worst = worst_rate(terms.tau_worst, terms.suite.panel, inside, half - inside, alpha=ALPHA, error=error)
        planned = predicted = _average(terms, members, non_members, graded, accuracy) * worst
        if outsiders:
            predicted = average_rate_seen(terms.tau_average, outsiders, error=error) * worst
    return {
        "persons_per_side": persons,
        "references": models,
        "planned_no_leak": planned,
        "predicted_no_leak": predicted,
        "wanted": WANTED,
    }


def _outsiders(readings: Sequence[Reading], population: Population, terms: Terms) -> list[Outsiders]:
    """What each test accused among persons that the reference models never saw, model by model."""
    found = []
    for reading in readings:
        if not len(reading.stand_ins):
            continue
        counted = population.is_member[reading.counted]
        for _, threshold, speaks in reading.points(terms.alphas):
            if speaks:
                accused = accuse(reading.stand_ins, threshold=threshold) & reading.outside
                rates = accused.sum(axis=1) / np.maximum(reading.outside.sum(axis=1), 1)
                found.append(Outsiders(rates, int(counted.sum()), int((~counted).sum())))
    return found


def _average(terms: Terms, members: int, non_members: int, graded: int, accuracy: float) -> float:
    error = error_of_look(terms.look) / 2
    odds = average_rate(
        terms.tau_average,
        members,
        non_members,
        rates=terms.alphas,
        attacks=graded,
        error=error,
        spread=ASSUMED_SPREAD,
    )
    if len(terms.attacks()) > graded:
        odds *= average_rate(terms.tau_average, members, non_members, rates=(accuracy,), attacks=1, error=error)
    return odds
