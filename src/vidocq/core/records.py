"""A table of records about persons, as a model sees it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, IntArray


@dataclass(frozen=True, eq=False)
class Records:
    """Records with their labels, and the person each is about when that is known.

    features  (n, d) float64, or object where a column holds text.
    labels    (n,) integers, text or booleans for classes; floats for a regression.
    columns   d names, in order.
    persons   (n,) text, or None: then each record is taken for a person.
    named     true if the columns' names come from the user's file (a pipeline may select by them).
    """

    features: NDArray[Any]
    labels: NDArray[Any]
    columns: tuple[str, ...]
    persons: NDArray[np.str_] | None = None
    named: bool = False

    def __len__(self) -> int:
        return int(self.labels.shape[0])

    def take(self, rows: BoolArray | IntArray) -> "Records":
        """The chosen rows, in the order asked."""
        return replace(
            self,
            features=self.features[rows],
            labels=self.labels[rows],
            persons=None if self.persons is None else self.persons[rows],
        )

    def followed_by(self, other: "Records") -> "Records":
        """These records, then the others. Both have the same columns; persons only if both have them."""
        persons = None
        if self.persons is not None and other.persons is not None:
            persons = np.concatenate([self.persons, other.persons])
        features: NDArray[Any] = np.concatenate([self.features, other.features])
        labels: NDArray[Any] = np.concatenate([self.labels, other.labels])
        return replace(self, features=features, labels=labels, persons=persons)
