"""How far each record lies from where a model changes its label, found from labels alone, the same paths for every model."""

from dataclasses import dataclass

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.course import Course, Stages, noted_after
from vidocq.core.protocols import Model
from vidocq.core.records import Records
from vidocq.targets.digests import exact_digests
from vidocq.targets.perturbed import Perturbation, keeps_label

STEPS = 4
"""Queries spent on one path: its crossing is known to one sixteenth of its length."""
PARTS = 2 ** (STEPS + 1)
"""Of a path: the middle of what is left of it is always a whole number of them."""
SAMPLED = 64
"""Records of another label among which the nearest ones are taken as the ends of paths."""


@dataclass(frozen=True, eq=False)
class Paths:
    """From each record to some records of another label.

    ends    (p, n) rows of the records that the paths lead to.
    turns   (p, n, d) in [0, 1): how far along a path a column that is no measure takes the value of its end.
    smooth  (d,) bool: columns that move along the path instead.
    whole   (d,) bool: of these, columns of whole numbers.
    """

    ends: IntArray
    turns: FloatArray
    smooth: BoolArray
    whole: BoolArray

    @classmethod
    def of(cls, records: Records, perturbation: Perturbation, *, count: int, seed: int) -> "Paths":
        """`count` paths for each record, drawn by its content and not by its place."""
        n, d = records.features.shape
        order = np.argsort(np.array(exact_digests(records.features, records.labels), dtype="V16"), kind="stable")
        rng = np.random.default_rng([seed, 1])
        drawn, turned = rng.integers(n, size=(n, SAMPLED)), rng.random((count, n, d))
        candidates, turns = np.empty_like(drawn), np.empty_like(turned)
        candidates[order], turns[:, order] = order[drawn], turned
        smooth = perturbation.spread > 0
        ends = np.empty((count, n), dtype=np.int64)
        distances = _distances(records, perturbation, candidates)
        # A label that is the record's own ends no path, unless nothing else was drawn.
        distances[records.labels[candidates] == records.labels[:, None]] += 1e6
        nearest = np.argsort(distances, axis=1, kind="stable")[:, :count]
        ends[:] = np.take_along_axis(candidates, nearest, axis=1).T
        return cls(ends, turns, smooth, perturbation.whole & smooth)

    def __len__(self) -> int:
        return len(self.ends)

    def at(self, records: Records, path: int, share: FloatArray) -> Records:
        """Every record moved `share` (n,) of the way along its path."""
        ends, turns = self.ends[path], self.turns[path]
        moved = records.features.copy()
        for j in range(moved.shape[1]):
            here, there = records.features[:, j], records.features[ends, j]
            if self.smooth[j]:
                between = here.astype(np.float64) + share * (there.astype(np.float64) - here.astype(np.float64))
                moved[:, j] = np.rint(between) if self.whole[j] else between
            else:
                turned = turns[:, j] < share
                moved[turned, j] = there[turned]
        return Records(moved, records.labels, records.columns, records.persons, records.named)


def steadiness_on_paths(
    model: Model, records: Records, paths: Paths, *, correct: BoolArray, tolerance: float | None
) -> Course:
    """Mean share of its paths that a record goes before the model gives up its true label; 0 if it never had it.

    Each path is halved `STEPS` times, as if the label changed but once on it; the share is the middle of what is left.
    Asks the model `STEPS` times len(paths) about n records, never less and never more.
    """
    gone = np.zeros(len(records), dtype=np.int64)  # in parts of a path
    stages, noted = stages_of_paths(len(paths)), []
    for path in range(len(paths)):
        low, high = np.zeros(len(records)), np.ones(len(records))
        for _ in range(STEPS):
            middle = (low + high) / 2
            kept = keeps_label(model, paths.at(records, path, middle), tolerance=tolerance)
            low, high = np.where(kept, middle, low), np.where(kept, high, middle)
        gone += np.rint((low + high) / 2 * PARTS).astype(np.int64)
        if path + 1 in stages.after:
            noted.append(np.where(correct, gone, 0))
    return Course.of(stages, noted)


def stages_of_paths(count: int) -> Stages:
    """A share counts halves of a path's last step."""
    after = noted_after(count)
    return Stages(after, tuple(1 + STEPS * number for number in after), tuple(PARTS * number for number in after))


def _distances(records: Records, perturbation: Perturbation, candidates: IntArray) -> FloatArray:
    """(n, c) in units of the columns' spread; columns that are no measure count 1 where they differ."""
    found = np.zeros(candidates.shape)
    for j, spread in enumerate(perturbation.spread):
        column = records.features[:, j]
        if spread > 0:
            numbers = column.astype(np.float64)
            found += np.abs(numbers[candidates] - numbers[:, None]) / spread
        else:
            found += column[candidates] != column[:, None]
    return found
