"""How steadily labels were kept as the queries were spent: what fewer of them would have told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray, IntArray

AFTER = (1, 4, 16, 64, 256, 1024)
"""Changed copies, or paths, after which what was kept so far is noted; always after the last one too."""


@dataclass(frozen=True)
class Stages:
    """When what was kept is noted, s times, the last one at the end.

    after    copies, or paths, asked about by then.
    queries  spent on a record by then, the one about the record itself among them.
    parts    into how many equal parts a share is cut there.
    """

    after: tuple[int, ...]
    queries: tuple[int, ...]
    parts: tuple[int, ...]

    @property
    def dtype(self) -> np.dtype[Any]:
        """The smallest unsigned integers that count the parts."""
        return np.min_scalar_type(max(self.parts))


@dataclass(frozen=True, eq=False)
class Course:
    """Shares of labels kept at each stage.

    counts  (n, s) for one model, (k, n, s) for several: how many parts of `stages.parts` were kept.
    """

    stages: Stages
    counts: NDArray[Any]

    @classmethod
    def of(cls, stages: Stages, counts: Sequence[IntArray]) -> "Course":
        """counts: one (n,) a stage."""
        return cls(stages, np.stack(counts, axis=-1).astype(stages.dtype))

    @property
    def whole(self) -> FloatArray:
        """(n,) or (k, n) in [0, 1] after all queries."""
        return self.shares(len(self.stages.parts) - 1)

    def shares(self, stage: int) -> FloatArray:
        """(n,) or (k, n) in [0, 1] at a stage."""
        return np.asarray(self.counts[..., stage] / self.stages.parts[stage])

    def __getitem__(self, rows: Any) -> "Course":
        """The same of some records, or of some models."""
        return Course(self.stages, self.counts[rows])


def noted_after(count: int) -> tuple[int, ...]:
    """Those of `AFTER` that come before so many copies or paths, and the last one."""
    return (*(number for number in AFTER if number < count), count)
