"""A group of persons told as a whole: how exposed, how surely, and beside the others - never who.

From `SMALLEST_GROUP` persons on, a group is told as a sample of such persons: mean, interval, and how many of them are
exposed. A smaller one is pooled, as these very persons: their mean in each block of reference models is one draw, and
the interval is over blocks. Under `SMALLEST_POOLED` persons a mean would come near to telling of one of them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.estimate import Estimate
from vidocq.measure.person_exposure import PersonExposure

SMALLEST_GROUP = 50
SMALLEST_POOLED = 10
DRAWS = 1_999
LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class Group:
    """Persons that somebody wants looked at: a name, and who belongs (p,)."""

    name: str
    belongs: BoolArray


def told(
    group: Group, found: PersonExposure, gaps: FloatArray, *, rate: float, rng: np.random.Generator
) -> dict[str, Any]:
    """Figures of the group for audit.json; null where it, or everyone else, is too small for one.

    gaps  (b, p) shifts of every person block by block, NaN where a block says nothing of him.
    rate  of false discoveries among the persons counted as exposed.
    p     of a mean shift this high among as many persons drawn at random, exact, the group taken as a whole.
    """
    inside, n = group.belongs, int(group.belongs.sum())
    smallest = min(n, len(inside) - n)
    if smallest < SMALLEST_POOLED:
        return {"name": group.name, "persons": n, "shift": None, "others": None, "p": None, "exposed": None}
    counted = smallest >= SMALLEST_GROUP
    return {
        "name": group.name,
        "persons": n,
        "shift": _mean(found.shift, gaps, inside).to_dict(),
        "others": _mean(found.shift, gaps, ~inside).to_dict(),
        "p": p_among_random(found.shift, inside, rng=rng),
        "exposed": int(found.exposed(rate=rate)[inside].sum()) if counted else None,
    }


def p_among_random(shift: FloatArray, inside: BoolArray, *, rng: np.random.Generator) -> float:
    """One-sided p of the mean shift of some persons, among as many drawn at random: by draws, or for a large group by
    the normal law of the mean of a sample without replacement. In (0, 1]; 1 where all shifts are equal.
    """
    n, everyone = int(inside.sum()), len(shift)
    own = float(shift[inside].mean())
    if n >= SMALLEST_GROUP:
        error = float(shift.std(ddof=1)) * np.sqrt((1.0 - n / everyone) / n)
        return float(norm.sf((own - shift.mean()) / error)) if error > 0 else 1.0
    as_high = own - 1e-9 * float(np.abs(shift).max())
    drawn = np.array([rng.choice(everyone, size=n, replace=False, shuffle=False) for _ in range(DRAWS)])
    return (1 + int((shift[drawn].mean(axis=1) >= as_high).sum())) / (1 + DRAWS)


def _mean(shift: FloatArray, gaps: FloatArray, who: BoolArray) -> Estimate:
    n = int(who.sum())
    told_by = gaps[:, who]
    speaks = ~np.isnan(told_by).all(axis=1)
    values = shift[who] if n >= SMALLEST_GROUP else np.nanmean(told_by[speaks], axis=1)
    mean, error = float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))
    reach = float(student.ppf(0.5 + LEVEL / 2, len(values) - 1)) * error
    return Estimate(mean, mean - reach, mean + reach, LEVEL, n)
