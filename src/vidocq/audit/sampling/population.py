"""Who is audited: persons on one side or the other, never on both (rule, line 1)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import DataError
from vidocq.core.records import Records
from vidocq.targets.overlap import Overlap

SHARE_LOW, SHARE_HIGH = 0.25, 0.75
FEWEST_PERSONS = 30
"""Below this many persons a side no rate of 10 % can be told from 0: there is nothing to audit."""


@dataclass(frozen=True)
class Removed:
    """What was found on both sides and taken out of both: equal records, near-equal ones, and persons concerned."""

    exact: int = 0
    near: int = 0
    persons: int = 0


@dataclass(frozen=True, eq=False)
class Population:
    """Members' records first, then non-members', with the person each is about.

    person            (n,) index of each record's person, 0 to p - 1.
    is_member         (p,) bool, per person.
    row               (n,) place of each record in the file it came from, from 0.
    has_ids           False if no person column was given: then each record is taken for a person.
    """

    records: Records
    person: IntArray
    is_member: BoolArray
    row: IntArray
    has_ids: bool
    removed: Removed

    @property
    def persons(self) -> int:
        return int(self.is_member.shape[0])

    @property
    def members(self) -> int:
        return int(self.is_member.sum())

    @property
    def non_members(self) -> int:
        return self.persons - self.members

    @property
    def is_member_record(self) -> BoolArray:
        """(n,) bool, per record."""
        return np.asarray(self.is_member[self.person])

    @property
    def share(self) -> float:
        """Share of the persons that each reference model trains on, so that it has as many as the target."""
        return float(np.clip(self.members / self.persons, SHARE_LOW, SHARE_HIGH))

    def pool(self, scores: FloatArray, how: Literal["sum", "mean"]) -> FloatArray:
        """Scores per record (..., n) to scores per person (..., p)."""
        if self.persons == len(self.person):
            return scores  # one record each, and `person` is then 0..n-1 in order
        rows = scores.reshape(-1, scores.shape[-1])
        pooled = np.empty((len(rows), self.persons))
        for i, row in enumerate(rows):
            pooled[i] = np.bincount(self.person, weights=row, minlength=self.persons)
        if how == "mean":
            pooled /= np.bincount(self.person, minlength=self.persons)
        return pooled.reshape(*scores.shape[:-1], self.persons)

    def per_person(self, flags: BoolArray) -> BoolArray:
        """Flags per record (..., n) that are equal within a person, to flags per person (..., p)."""
        first = np.zeros(self.persons, dtype=np.int64)
        first[self.person[::-1]] = np.arange(len(self.person))[::-1]
        return np.asarray(flags[..., first])


def gather(members: Records, non_members: Records, overlap: Overlap) -> Population:
    """Puts the two sides together, without what stands on both.

    Raises DataError if one side has too few persons left to audit.
    """
    kept = np.flatnonzero(~overlap.remove_members), np.flatnonzero(~overlap.remove_non_members)
    both = members.take(kept[0]).followed_by(non_members.take(kept[1]))
    side = np.arange(len(both)) < len(kept[0])
    if both.persons is None:
        person, is_member = np.arange(len(both)), side
    else:
        keys = np.char.add(np.where(side, "m:", "n:"), both.persons)
        _, first, person = np.unique(keys, return_index=True, return_inverse=True)
        order = np.argsort(np.argsort(first))  # persons numbered by first appearance
        person, is_member = order[person], side[np.sort(first)]
    population = Population(
        both,
        np.asarray(person, dtype=np.int64),
        is_member,
        np.concatenate(kept),
        both.persons is not None,
        Removed(overlap.exact, overlap.near, overlap.persons),
    )
    for name, count in (("members", population.members), ("non_members", population.non_members)):
        if count < FEWEST_PERSONS:
            raise DataError(
                f"{count} persons are left in {name}: too few to audit anything",
                where=f"[data] {name}",
                fix=f"give at least {FEWEST_PERSONS} persons on each side, a thousand for a useful bound",
            )
    return population
