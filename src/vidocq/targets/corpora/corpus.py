"""Texts, with the person each is about and its date where they are known."""

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
