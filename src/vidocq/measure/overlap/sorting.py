"""Sorting more grams than memory holds: sorted pieces on disk, merged share by share of the hashes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import IntArray
from vidocq.measure.overlap.grams import Hashes, scramble
from vidocq.measure.overlap.layout import MOST_ALIKE

_BYTE = 8
SHARES = 1 << _BYTE
"""Of the hashes, told apart by their first byte: what is merged at once is one of them at least."""
MERGED = 1 << 21
"""Grams merged at once, where shares are smaller."""
CLOSE = 8
"""Grams within 2^8 steps, two kilobytes of text, are drawn together."""
Positions = NDArray[np.uint32]


@dataclass(frozen=True)
class _Piece:
    """hashes, positions  where they begin in the file.   bounds (SHARES + 1,) of the shares among its grams."""

    hashes: int
    positions: int
    bounds: IntArray


@dataclass(frozen=True, eq=False)
class Share:
    """Grams whose hashes have a first byte in [first, last), by rising hash, then rising position."""

    first: int
    last: int
    hashes: Hashes
    positions: Positions

    def fences(self, bits: int) -> IntArray:
        """How many of these lie before each value of the first `bits` bits that may begin one of them; at least 8."""
        shift = bits - _BYTE
        starts = np.arange(self.first << shift, self.last << shift, dtype=np.uint64) << np.uint64(64 - bits)
        return np.searchsorted(self.hashes, starts)


class Aside:
    """Grams put aside in a file, piece by piece: `number` of them, of which `cut` are left out by MOST_ALIKE."""

    def __init__(self, stream: BinaryIO) -> None:
        self.number = 0
        self.cut = 0
        self._stream = stream
        self._pieces: list[_Piece] = []
        self._end = 0

    def add(self, hashes: Hashes, positions: Positions) -> None:
        """Takes (m,) grams in any order."""
        self.number += len(hashes)
        order = np.argsort(hashes)
        hashes, positions = self._bounded(hashes[order], positions[order])
        firsts = np.arange(SHARES, dtype=np.uint64) << np.uint64(56)
        bounds = np.append(np.searchsorted(hashes, firsts), len(hashes))
        self._pieces.append(_Piece(self._end, self._end + hashes.nbytes, bounds.astype(np.int64)))
        self._stream.write(hashes.tobytes())
        self._stream.write(positions.tobytes())
        self._end += hashes.nbytes + positions.nbytes

    def merged(self) -> Iterator[Share]:
        """All grams by rising hash, in pieces."""
        for first, last in self._together():
            parts = [self._read(piece, int(piece.bounds[first]), int(piece.bounds[last])) for piece in self._pieces]
            hashes = np.concatenate([part[0] for part in parts])
            positions = np.concatenate([part[1] for part in parts])
            order = np.argsort(hashes)
            yield Share(first, last, *_in_order(*self._bounded(hashes[order], positions[order])))

    def _together(self) -> Iterator[tuple[int, int]]:
        """Shares [first, last) that are merged at once."""
        sizes = sum((np.diff(piece.bounds) for piece in self._pieces), start=np.zeros(SHARES, dtype=np.int64))
        ends = list(accumulate(sizes.tolist(), initial=0))
        first = 0
        while first < SHARES:
            last = first + 1
            while last < SHARES and ends[last + 1] - ends[first] <= MERGED:
                last += 1
            yield first, last
            first = last

    def _read(self, piece: _Piece, first: int, last: int) -> tuple[Hashes, Positions]:
        self._stream.seek(piece.hashes + 8 * first)
        hashes = np.frombuffer(self._stream.read(8 * (last - first)), dtype=np.uint64)
        self._stream.seek(piece.positions + 4 * first)
        return hashes, np.frombuffer(self._stream.read(4 * (last - first)), dtype=np.uint32)

    def _bounded(self, hashes: Hashes, positions: Positions) -> tuple[Hashes, Positions]:
        """Without what is too much alike: of a gram in more places than MOST_ALIKE stay those drawn by their hash.

        Which stay depends on the places alone, so that a piece at a time gives the same as all at once, and no text is
        favoured for standing first. Grams close by are drawn together: of a passage that many texts share, the same texts'
        stay throughout. hashes (m,) rising.
        """
        sizes = _groups(hashes)
        crowded = np.flatnonzero(np.repeat(sizes > MOST_ALIKE, sizes))
        if not len(crowded):
            return hashes, positions
        places = positions[crowded].astype(np.uint64)
        drawn = np.lexsort((places, scramble(places >> np.uint64(CLOSE)), hashes[crowded]))
        crowds = _groups(hashes[crowded])
        rank = np.arange(len(crowded)) - np.repeat(np.cumsum(crowds) - crowds, crowds)
        kept = np.ones(len(hashes), dtype=bool)
        kept[crowded[drawn[rank >= MOST_ALIKE]]] = False
        self.cut += int(np.count_nonzero(~kept))
        return hashes[kept], positions[kept]


def _groups(hashes: Hashes) -> IntArray:
    """Sizes of the groups of equal ones among (m,) rising hashes."""
    begins = np.flatnonzero(hashes[1:] != hashes[:-1]) + 1
    return np.diff(begins, prepend=0, append=len(hashes)) if len(hashes) else begins


def _in_order(hashes: Hashes, positions: Positions) -> tuple[Hashes, Positions]:
    """Positions rise where hashes are equal: the sort by hash alone leaves these in an order of its own."""
    sizes = _groups(hashes)
    several = np.flatnonzero(np.repeat(sizes > 1, sizes))
    if len(several):
        positions = positions.copy()
        positions[several] = positions[several][np.lexsort((positions[several], hashes[several]))]
    return hashes, positions
