"""Whoever stands on both sides of an audit is taken off both, and counted (VERDICT rule, line 1)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.errors import DataError
from vidocq.core.records import Records
from vidocq.targets.digests import exact_digests, rounded_digests


@dataclass(frozen=True, eq=False)
class Overlap:
    """What has to leave each side.

    remove_members, remove_non_members  (m,) and (n,) bool.
    exact    records, on both sides together, with an equal record on the other side, bit by bit.
    near     further records that the model cannot tell from one on the other side: equal after its own encoding,
             numbers to 6 significant digits, and with the same label.
    persons  distinct persons found on both sides, by their id or by such a record; 0 if persons are not known.
    """

    remove_members: BoolArray
    remove_non_members: BoolArray
    exact: int
    near: int
    persons: int


def find_overlap(
    members: Records, non_members: Records, *, members_encoded: FloatArray, non_members_encoded: FloatArray
) -> Overlap:
    """Which records stand on both sides; all records of a person go with any of them.

    members, non_members  with the same columns in the same order; persons on both or on neither.
    members_encoded, non_members_encoded  the same records by `encoding.encoded`.
    Raises                DataError if the shapes do not agree.
    Cost                  one pass over each table.
    """
    if (
        len(members_encoded) != len(members)
        or len(non_members_encoded) != len(non_members)
        or members_encoded.shape[1] != non_members_encoded.shape[1]
        or members.features.shape[1] != non_members.features.shape[1]
    ):
        raise DataError(
            "the two sides do not have the same columns, or their encoding is not that of these records",
            where="targets.overlap",
            fix="encode both sides with the same model",
        )
    close, close_others = _shared(
        rounded_digests(members_encoded, members.labels), rounded_digests(non_members_encoded, non_members.labels)
    )
    exact, exact_others = _shared(  # an equal record is encoded equally: only the close ones are looked at
        exact_digests(_comparable(members, non_members)[close], members.labels[close]),
        exact_digests(_comparable(non_members, members)[close_others], non_members.labels[close_others]),
    )
    exact_count = int(exact.sum() + exact_others.sum())
    near = int(close.sum() + close_others.sum()) - exact_count
    if members.persons is None or non_members.persons is None:
        return Overlap(close, close_others, exact_count, near, 0)
    both = np.union1d(
        np.intersect1d(members.persons, non_members.persons),
        np.union1d(members.persons[close], non_members.persons[close_others]),
    )
    return Overlap(np.isin(members.persons, both), np.isin(non_members.persons, both), exact_count, near, len(both))


def _comparable(records: Records, other: Records) -> NDArray[np.object_] | FloatArray:
    """The features, as an object table if either side's is."""
    if other.features.dtype == object and records.features.dtype != object:
        return records.features.astype(object)
    return records.features


def _shared(here: list[bytes], there: list[bytes]) -> tuple[BoolArray, BoolArray]:
    common = set(here).intersection(there)
    return (
        np.fromiter((digest in common for digest in here), dtype=np.bool_, count=len(here)),
        np.fromiter((digest in common for digest in there), dtype=np.bool_, count=len(there)),
    )
