"""Texts, with the person each is about and its date where they are known."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class Corpus:
    """n texts in the order of their file.

    persons  (n,) ids as text, or None: then each text is taken for a person.
    dates    (n,) days since the year 1, NaN where a text has none; None if nobody named them.
    """

    texts: tuple[str, ...]
    persons: NDArray[np.str_] | None = None
    dates: FloatArray | None = None

    def __len__(self) -> int:
        return len(self.texts)

    def digest(self) -> str:
        """SHA-256 of the texts, their persons and dates, whatever their order and the format of their file."""
        persons = [""] * len(self) if self.persons is None else self.persons.tolist()
        dates = [""] * len(self) if self.dates is None else [repr(float(day)) for day in self.dates]
        rows = sorted(
            hashlib.sha256("\0".join(row).encode("utf-8", "surrogatepass")).digest()
            for row in zip(self.texts, persons, dates, strict=True)
        )
        named = f"{self.persons is not None} {self.dates is not None} {len(self)}"
        return hashlib.sha256(named.encode() + b"".join(rows)).hexdigest()
