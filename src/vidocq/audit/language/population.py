"""Texts on one side or the other: repeated ones counted, shared ones taken out, and what can be told of them unread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vidocq.attacks.blind_texts import BlindTexts
from vidocq.audit.sampling.population import Population, gather
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import DataError
from vidocq.core.records import Records
from vidocq.core.seeds import Seeds
from vidocq.targets.near_texts import near_texts
from vidocq.targets.overlap import Overlap

MOST_SHARED = 0.5
"""Of the smaller side: with more of it on both, there is nothing left to compare."""


class Written(Protocol):
    """Texts with the person each is about and its date, where they are known; `Corpus` is one.

    persons  (n,) ids.   dates  (n,) in days, NaN where a text has none.
    """

    @property
    def texts(self) -> Sequence[str]: ...

    @property
    def persons(self) -> NDArray[np.str_] | None: ...

    @property
    def dates(self) -> FloatArray | None: ...


@dataclass(frozen=True, eq=False)
class TextPopulation:
    """people      members' texts first, one column of its records, each text once a side.
    copies      (n,) how often each text stands in its file; reference models are trained on it as often.
    dates       (n,) in days, or None.
    repeated    texts that stood before in the file of members, and of non-members, and were left out.
    """

    people: Population
    copies: IntArray
    dates: FloatArray | None
    repeated: tuple[int, int]

    @property
    def texts(self) -> list[str]:
        return [str(text) for text in self.people.records.features[:, 0]]

    def blind(self, *, seed: int) -> FloatArray:
        """(n,) log-odds of membership by words, dates and lengths alone, without any model (rule, line 8)."""
        people, rng = self.people, Seeds(seed).generator("blind texts")
        return BlindTexts().score_texts(self.texts, people.is_member_record, people.person, dates=self.dates, rng=rng)


def text_population(members: Written, non_members: Written) -> TextPopulation:
    """Who is left on each side once equal texts are one and what stands on both sides is out (rule, line 1).

    A text, or a person, on both sides leaves both; a text does so too if one on the other side has the same words but
    for a few (Jaccard similarity of runs of five words, 0.8). Of equal texts on a side the first one stays.
    Raises DataError on a file without texts, on persons known of one side only, or if too few are left.
    """
    if (members.persons is None) != (non_members.persons is None):
        raise DataError(
            "persons are known on one side only",
            where="[data] person",
            fix="name the person of each text in both files, or in neither",
        )
    sides = [_Side.of(side, name) for side, name in ((members, "members"), (non_members, "non_members"))]
    overlap = _overlap(*sides)
    smaller = min(len(side.texts) for side in sides)
    gone = overlap.remove_members, overlap.remove_non_members
    if min(int((~g).sum()) for g in gone) < MOST_SHARED * smaller:
        raise DataError(
            f"{int(gone[0].sum())} texts of members and {int(gone[1].sum())} of non-members stand on both sides, or are "
            "about persons who do: too few are left",
            where="[data] members and non_members",
            fix="give non-members' texts that the model was not trained on",
        )
    people = gather(sides[0].records(), sides[1].records(), overlap)
    kept = [~g for g in gone]
    dates = None
    if any(side.dates is not None for side in sides):
        dates = np.concatenate([side.days()[k] for side, k in zip(sides, kept, strict=True)])
    copies = np.concatenate([side.copies[k] for side, k in zip(sides, kept, strict=True)])
    return TextPopulation(people, copies, dates, (sides[0].repeated, sides[1].repeated))


@dataclass(frozen=True, eq=False)
class _Side:
    """Distinct texts of a file, in its order."""

    texts: list[str]
    copies: IntArray
    persons: NDArray[np.str_] | None
    dates: FloatArray | None
    repeated: int

    @classmethod
    def of(cls, written: Written, name: str) -> "_Side":
        if not len(written.texts):
            raise DataError(f"{name} hold no text", where=f"[data] {name}", fix="check the file")
        place: dict[str, int] = {}
        which = np.array([place.setdefault(text, len(place)) for text in written.texts], dtype=np.int64)
        copies = np.bincount(which, minlength=len(place)).astype(np.int64)
        first = np.unique(which, return_index=True)[1]
        return cls(
            list(place),
            copies,
            None if written.persons is None else written.persons[first],
            None if written.dates is None else written.dates[first],
            len(which) - len(place),
        )

    def days(self) -> FloatArray:
        return np.full(len(self.texts), np.nan) if self.dates is None else self.dates

    def records(self) -> Records:
        features = np.empty((len(self.texts), 1), dtype=object)
        features[:, 0] = self.texts
        return Records(features, np.zeros(len(self.texts), dtype=np.int64), ("text",), persons=self.persons)


def _overlap(members: _Side, others: _Side) -> Overlap:
    shared = set(members.texts).intersection(others.texts)
    exact = [np.array([text in shared for text in side.texts], dtype=bool) for side in (members, others)]
    left = [
        [text for text, gone in zip(side.texts, e, strict=True) if not gone]
        for side, e in zip((members, others), exact, strict=True)
    ]
    # A text near one that stands on both sides is near a text of the other side too.
    known = sorted(shared)
    close: list[BoolArray] = []
    for e, found in zip(exact, near_texts(left[0] + known, left[1] + known), strict=True):
        whole = e.copy()
        whole[~e] = found[: len(found) - len(known)]
        close.append(whole)
    exact_count = int(exact[0].sum() + exact[1].sum())
    near = int(close[0].sum() + close[1].sum()) - exact_count
    if members.persons is None or others.persons is None:
        return Overlap(close[0], close[1], exact_count, near, 0)
    both = np.union1d(
        np.intersect1d(members.persons, others.persons),
        np.union1d(members.persons[close[0]], others.persons[close[1]]),
    )
    return Overlap(np.isin(members.persons, both), np.isin(others.persons, both), exact_count, near, len(both))
