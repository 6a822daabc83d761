"""Texts that answers are compared with, in one index: those that trained the model, and those held out."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Self

import numpy as np

from vidocq.core.arrays import BoolArray, IntArray
from vidocq.core.errors import DataError
from vidocq.measure.overlap import OverlapIndex, build

INDEX = "corpus.overlap"


@dataclass(frozen=True, eq=False)
class Corpus:
    """One index for both sides, so that what is looked at in it cannot depend on the side.

    trained  (d,) bool, of each indexed text: whether it trained the model.
    unit     (d,) whom it is about; any integers, each on one side.
    """

    index: OverlapIndex
    trained: BoolArray
    unit: IntArray

    @classmethod
    @contextmanager
    def of(
        cls,
        trained: Iterable[str],
        held_out: Iterable[str],
        *,
        folder: Path,
        units: Sequence[object] | None = None,
    ) -> Iterator[Self]:
        """Indexes the texts in a file of `folder`, which is deleted at the end, as it holds them all.

        units   whom each text is about, those of `trained` first; each text is a unit of its own by default.
        Raises  DataError where the units are not one a text, or stand on both sides.
        """
        path = folder / INDEX
        counted = [0, 0]
        try:
            head = build(chain(_counting(trained, counted, 0), _counting(held_out, counted, 1)), path)
            side = np.arange(head.texts) < counted[0]
            unit = np.arange(head.texts)
            if units is not None:
                number = {name: place for place, name in enumerate(dict.fromkeys(units))}
                unit = np.array([number[name] for name in units], dtype=np.int64)
            if len(unit) != head.texts or np.intersect1d(unit[side], unit[~side]).size:
                raise DataError(
                    "the persons of the texts are not one for each, or stand on both sides",
                    where="the corpus",
                    fix="give each text its person, and take whoever stands on both sides off both",
                )
            with OverlapIndex.open(path) as index:
                yield cls(index, side, unit)
        finally:
            path.unlink(missing_ok=True)

    @property
    def holds_out(self) -> bool:
        return not bool(self.trained.all())


def _counting(texts: Iterable[str], counted: list[int], side: int) -> Iterator[str]:
    for text in texts:
        counted[side] += 1
        yield text
