"""The dozen questions a file begins with: enough to see most of what applies."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from vidocq.dossier.file.valued import Slot, slot_at

EACH: Final = "*"
FIRST: Final = (
    "system.sectors",
    "system.is_established_in_eu",
    "system.is_general_purpose",
    "datasets",
    "datasets.*.personal_data",
    "datasets.*.origins",
    "datasets.*.special_categories",
    "datasets.*.legal_basis",
    "annotation.on_personal_data",
    "models",
    "models.*.trained_on",
    "models.*.anonymity_claimed",
)
"""Paths, in the order to ask; `*` stands for each item of the list named by an answer before it."""


def first_slots(named: Mapping[str, Sequence[str]]) -> Iterator[Slot]:
    """The facts to ask for, one at a time: `named` may grow between two of them, as lists are answered.

    named  ids of the items, by list.
    """
    for path in FIRST:
        group, _, rest = path.partition(f".{EACH}.")
        if not rest:
            yield slot_at(path)
            continue
        for item in tuple(named.get(group, ())):
            yield slot_at(f"{group}.{item}.{rest}")
