"""Images asked about again, turned and moved as training showed them: further queries about the same record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ConfigurationError
from vidocq.core.records import Records
from vidocq.targets.networks.transforms import Transform
from vidocq.targets.observed import Observed, loss_of

MOVES = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))
MOST = 2 * len(MOVES) - 1
BOUND = float(np.log(1e6))
"""Log-odds of a probability a millionth away from 0 or 1."""


@dataclass(frozen=True)
class Augmentations:
    """`count` changed copies of each image: moves by a pixel where training shifts, mirror images where it flips.

    A network that was never shown a mirrored image answers about it as about another one: such copies would drown what
    the record itself tells. Only what the training did is therefore asked about.

    shape  (..., h, w) of a record's image.
    Source  Carlini et al. (2022), arXiv:2112.03570, who ask about augmented images as the training may have shown them.
    """

    count: int
    shape: tuple[int, ...]
    transforms: tuple[Transform, ...]

    def __post_init__(self) -> None:
        """Raises ConfigurationError where records are no images, or too many copies are asked for."""
        where = "[access] augmentations"
        if len(self.shape) < 2 or min(self.shape[-2:]) < 2:
            raise ConfigurationError(
                "records are no images that could be turned and moved",
                where=where,
                fix="give [model] shape, such as [1, 8, 8], or leave augmentations out",
            )
        if not 0 <= self.count <= len(self._changes):
            raise ConfigurationError(
                f"{self.count} augmentations are asked for, and training leaves {len(self._changes)}",
                where=where,
                fix="ask for no more; [model.training] transforms says what training did to images",
            )

    @property
    def _changes(self) -> list[tuple[tuple[int, int], bool]]:
        """A move and whether the image is mirrored; the image itself left out."""
        moves = MOVES if "shift" in self.transforms else MOVES[:1]
        return list(product(moves, (False, True) if "flip" in self.transforms else (False,)))[1:]

    def copy(self, records: Records, number: int) -> Records:
        """Every image changed in the same way, number counted from 0."""
        images = records.features.reshape(len(records), *self.shape)
        move, mirrored = self._changes[number]
        changed = _moved(images[..., ::-1] if mirrored else images, move)
        return replace(records, features=np.ascontiguousarray(changed.reshape(len(records), -1)))


def averaged(seen: Sequence[Observed]) -> Observed:
    """One set of signals from those of a record and of its copies: mean log-odds; correct, and answers, as the record's.

    Log-odds are kept within `BOUND` before they are averaged: one answer of 0 or 1 must not drown the others.
    """
    confidence = np.mean([np.clip(one.confidence, -BOUND, BOUND) for one in seen], axis=0)
    return Observed(confidence, loss_of(confidence), seen[0].correct, answers=seen[0].answers)


def _moved(images: FloatArray, move: Sequence[int]) -> FloatArray:
    """(n, ..., h, w) images moved down and to the right; 0 where nothing was."""
    found = np.zeros_like(images)
    down, right = move
    h, w = images.shape[-2:]
    found[..., max(down, 0) : h + min(down, 0), max(right, 0) : w + min(right, 0)] = images[
        ..., max(-down, 0) : h + min(-down, 0), max(-right, 0) : w + min(-right, 0)
    ]
    return found
