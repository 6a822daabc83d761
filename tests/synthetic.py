"""Signals of models that were never trained: each record has a difficulty, training on it raises the confidence."""

from dataclasses import dataclass, replace

import numpy as np

from vidocq.audit.sampling.design import Design, draw_design
from vidocq.audit.sampling.population import Population, gather
from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.records import Records
from vidocq.core.signals import Signals
from vidocq.targets.overlap import Overlap


def seed(number: int) -> np.random.Generator:
    return np.random.default_rng(number)


@dataclass(frozen=True, eq=False)
class Scene:
    """All that an examination reads; the target's training set is the population's members."""

    signals: Signals
    population: Population
    design: Design
    table: FloatArray

    @property
    def is_member(self) -> BoolArray:
        return self.population.is_member


def scene(
    *,
    rng: np.random.Generator,
    leak: float = 0.0,
    recipe_leak: float | FloatArray | None = None,
    members: int = 400,
    non_members: int = 400,
    references: int = 48,
    spread: float = 1.0,
    easier_members: float = 0.0,
    easier_target: float = 0.0,
    traced: bool = True,
) -> Scene:
    """Confidence = difficulty + leak where trained on + standard normal noise.

    leak            of the target; the references' is `recipe_leak`, the same unless said otherwise.
    spread          standard deviation of the difficulties.
    easier_members  added to every model's confidence in the members' file, trained on it or not: the files differ.
    easier_target   added to the target's confidence in every record: the recipe is not its own.
    traced          the target's losses were logged in training; what it leaks of its members it learned bit by bit.
    """
    n = members + non_members
    population = population_of(members, non_members, rng=rng)
    design = draw_design(n, references, share=population.share, rng=rng)
    easy = rng.normal(scale=spread, size=n) + easier_members * population.is_member
    usual = leak if recipe_leak is None else recipe_leak
    target = easy + easier_target + leak * population.is_member + rng.normal(size=n)
    others = easy + usual * design.trained_on + rng.normal(size=(references, n))
    # The records announce their difficulty, and the last third of the outsiders is known to the attacker.
    table = np.column_stack([population.records.features, easy])
    known = np.arange(n) >= n - non_members // 3
    trace = trace_of(target, gained=leak * population.is_member, rng=rng) if traced else None
    signals = signals_of(target, others, design.trained_on, trace=trace)
    # A record that is answered more surely keeps its label under more changes, in steps of one copy in twenty-four.
    steady = [np.round(24 / (1 + np.exp(-log_odds / 2))) / 24 for log_odds in (target, others)]
    signals = replace(signals, table=table, known=known, target_robustness=steady[0], reference_robustness=steady[1])
    return Scene(signals, population, design, table)


def signals_of(
    target: FloatArray, references: FloatArray, trained_on: BoolArray, *, trace: FloatArray | None = None
) -> Signals:
    """Signals of a binary classification, from log-odds of the true class."""
    return Signals(
        target,
        np.logaddexp(0.0, -target),
        target > 0,
        references,
        np.logaddexp(0.0, -references),
        references > 0,
        np.asarray(trained_on, dtype=bool),
        target_trace=trace,
    )


def trace_of(target: FloatArray, *, gained: FloatArray, rng: np.random.Generator, epochs: int = 9) -> FloatArray:
    """(n, epochs) losses on the way to the target's confidence: what is gained (n,) is in even steps, with some noise."""
    left = 1.0 - np.linspace(0.0, 1.0, epochs)
    return np.logaddexp(
        0.0, -(target[:, None] - gained[:, None] * left + 0.1 * rng.normal(size=(len(target), epochs)))
    )


def labels_only(signals: Signals) -> Signals:
    """What is left of the signals where the models serve nothing but labels."""
    return Signals(
        np.full(signals.n, np.nan),
        np.full(signals.n, np.nan),
        signals.target_correct,
        np.full((signals.k, signals.n), np.nan),
        np.full((signals.k, signals.n), np.nan),
        signals.reference_correct,
        signals.trained_on,
    )


def records_of(n: int, *, rng: np.random.Generator, persons: list[str] | None = None) -> Records:
    names = None if persons is None else np.array(persons, dtype=np.str_)
    return Records(rng.normal(size=(n, 2)), rng.integers(0, 2, n), ("a", "b"), persons=names)


def population_of(members: int, non_members: int, *, rng: np.random.Generator) -> Population:
    """Persons of one record each, nobody on both sides."""
    sides = records_of(members, rng=rng), records_of(non_members, rng=rng)
    return gather(*sides, overlap_of(members, non_members))


def overlap_of(members: int, non_members: int) -> Overlap:
    return Overlap(np.zeros(members, dtype=bool), np.zeros(non_members, dtype=bool), 0, 0, 0)
