"""Who is on which side of an audit, and whether there are persons enough for what is to be registered."""

import numpy as np

from vidocq.audit.sampling.population import Population, gather
from vidocq.audit.subject import Subject
from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.targets.classes import require_known_labels
from vidocq.targets.overlap import find_overlap

MOST_REMOVED = 0.5
SMALLEST_ALWAYS = 0.01
PERSONS_FOR_SMALL_RATES = 4000


def assemble_population(subject: Subject) -> tuple[Population, FloatArray]:
    """Who is left on each side once what stands on both is out, and their records as numbers, the label last.

    Raises DataError if a side is left with too few persons, lacks a class, or has a label the model does not know.
    """
    encoded = subject.encode(subject.members), subject.encode(subject.non_members)
    overlap = find_overlap(
        subject.members, subject.non_members, members_encoded=encoded[0], non_members_encoded=encoded[1]
    )
    smaller = min(len(subject.members), len(subject.non_members))
    if smaller and min((~overlap.remove_members).sum(), (~overlap.remove_non_members).sum()) < MOST_REMOVED * smaller:
        raise DataError(
            f"{int(overlap.remove_members.sum())} members and {int(overlap.remove_non_members.sum())} non-members "
            "stand on both sides: too few are left",
            where="[data] members and non_members",
            fix="give non-members that the model was not trained on",
        )
    population = gather(subject.members, subject.non_members, overlap)
    labels = population.records.labels
    if subject.model.classes is not None:
        codes = require_known_labels(labels, subject.model.classes).astype(float)
    else:
        codes = labels.astype(float)
    for name, side in (("members", population.is_member_record), ("non_members", ~population.is_member_record)):
        if len(np.unique(codes[side])) < 2:
            raise DataError(f"{name} hold one class only", where=f"[data] {name}", fix="give records of every class")
    kept = [
        side[~gone] for side, gone in zip(encoded, (overlap.remove_members, overlap.remove_non_members), strict=True)
    ]
    return population, np.column_stack([np.concatenate(kept), codes])


def require_readable_rates(alphas: tuple[float, ...], population: Population) -> None:
    """The rule, line 2: rates under 1 % are registered only where there are persons to read them from."""
    if min(alphas) < SMALLEST_ALWAYS and population.non_members < PERSONS_FOR_SMALL_RATES:
        raise ConfigurationError(
            f"a rate under 1 % cannot be registered with {population.non_members} non-members",
            where="[plan] alphas",
            fix=f"give at least {PERSONS_FOR_SMALL_RATES} non-members, or leave that rate out",
        )
