"""What it would take: persons and reference models for the tolerances asked, and the odds of concluding."""

from typing import Any

from vidocq.audit.examine import Terms
from vidocq.audit.panel import ALPHA
from vidocq.audit.population import Population
from vidocq.core.errors import SampleTooSmall
from vidocq.measure.looks import error_of_look
from vidocq.measure.power import average_rate, persons_needed, references_needed, worst_rate

WANTED = 0.8
"""Probability of concluding `no leak`, when there is none, that persons and references are asked for."""
ASSUMED_ACCURACY = 0.8
"""Operating point of the label gap where no model has been asked yet."""


def needed(
    population: Population, terms: Terms, *, references: int, accuracy: float = ASSUMED_ACCURACY
) -> dict[str, Any]:
    """For audit.json and `vidocq plan --power`; None where no number would do, or where a tolerance is 0."""
    return forecast(
        members=population.members,
        non_members=population.non_members,
        share=population.share,
        references=references,
        terms=terms,
        accuracy=accuracy,
    )


def forecast(
    *, members: int, non_members: int, share: float, references: int, terms: Terms, accuracy: float = ASSUMED_ACCURACY
) -> dict[str, Any]:
    """persons_per_side and references that conclude with probability `WANTED` if nothing leaks, and the odds now.

    The attacks are taken for independent, which they are not: the odds are a little too low.
    """
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
            persons = persons_needed(terms.tau_average, rates=terms.alphas, attacks=graded, error=error, rate=each)
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
    predicted: float | None = None
    if half >= 8 and terms.tau_average > 0 and terms.tau_worst > 0 and terms.panel_registered:
        predicted = _average(terms, members, non_members, graded, accuracy) * worst_rate(
            terms.tau_worst, terms.suite.panel, inside, half - inside, alpha=ALPHA, error=error
        )
    return {
        "persons_per_side": persons,
        "references": models,
        "predicted_no_leak": predicted,
        "wanted": WANTED,
    }


def _average(terms: Terms, members: int, non_members: int, graded: int, accuracy: float) -> float:
    error = error_of_look(terms.look) / 2
    odds = average_rate(terms.tau_average, members, non_members, rates=terms.alphas, attacks=graded, error=error)
    if len(terms.attacks()) > graded:
        odds *= average_rate(terms.tau_average, members, non_members, rates=(accuracy,), attacks=1, error=error)
    return odds
