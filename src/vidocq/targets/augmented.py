"""Images asked about again, turned and moved: further queries that each tell a little about the same record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ConfigurationError
from vidocq.core.records import Records
from vidocq.targets.observed import Observed, loss_of

MOVES = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))
MOST = 2 * len(MOVES) - 1
BOUND = float(np.log(1e6))
"""Log-odds of a probability a millionth away from 0 or 1."""


@dataclass(frozen=True)
class Augmentations:
    """The first `count` of these: the mirror image, then moves by a pixel, each as it is and mirrored.

    shape  (..., h, w) of a record's image.
    Source  Carlini et al. (2022), arXiv:2112.03570, who ask about augmented images as the training may have shown them.
    """

    count: int
    shape: tuple[int, ...]

    def __post_init__(self) -> None:
        """Raises ConfigurationError where records are no images, or too many copies are asked for."""
        if len(self.shape) < 2 or min(self.shape[-2:]) < 2:
            raise ConfigurationError(
                "records are no images that could be turned and moved",
                where="[access] augmentations",
                fix="give [model] shape, such as [1, 8, 8], or leave augmentations out",
            )
        if not 0 <= self.count <= MOST:
            raise ConfigurationError(
                f"{self.count} augmentations are asked for", where="[access] augmentations", fix=f"at most {MOST}"
            )

    def copy(self, records: Records, number: int) -> Records:
        """Every image changed in the same way, number counted from 0."""
        images = records.features.reshape(len(records), *self.shape)
        move, mirrored = divmod(number + 1, 2)
        changed = _moved(images[..., ::-1] if mirrored else images, MOVES[move])
        return replace(records, features=np.ascontiguousarray(changed.reshape(len(records), -1)))


def averaged(seen: Sequence[Observed]) -> Observed:
    """One set of signals from those of a record and of its copies: mean log-odds; correct, and answers, as the record's.

    Log-odds are kept within `BOUND` before they are averaged: one answer of 0 or 1 must not drown the others.
    """
    confidence = np.mean([np.clip(one.confidence, -BOUND, BOUND) for one in seen], axis=0)
    return Observed(confidence, loss_of(confidence), seen[0].correct, answers=seen[0].answers)


def _moved(images: FloatArray, move: Sequence[int]) -> FloatArray:
    found = np.zeros_like(images)
    down, right = move
    h, w = images.shape[-2:]
    found[..., max(down, 0) : h + min(down, 0), max(right, 0) : w + min(right, 0)] = images[
        ..., max(-down, 0) : h + min(-down, 0), max(-right, 0) : w + min(-right, 0)
    ]
    return found
