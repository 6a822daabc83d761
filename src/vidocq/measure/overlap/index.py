"""An index of texts on disk, asked which parts of another text stand in them word for word."""

import mmap
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import IntArray
from vidocq.core.errors import ConfigurationError
from vidocq.measure.overlap.grams import Hashes, gram_hashes
from vidocq.measure.overlap.layout import BLOCK, HEAD, MOST_ALIKE, SHORTEST, STEP, WIDTH, Head, damaged, seal_of
from vidocq.measure.overlap.spelling import places, spelt

MOST_PAIRS = 1 << 16
"""Places held against each other for one text; of more, those of the rarest grams."""
_ALONG = 256


@dataclass(frozen=True, kw_only=True)
class Run:
    """A part of a text that stands in an indexed text, as long as it can be; both as spelt (`overlap.spelling`).

    document  number of the indexed text.   start, length  of the run there, in characters of its spelling.
    at, until  [at, until) of the run in the text asked about, in its own characters.
    """

    document: int
    start: int
    length: int
    at: int
    until: int


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """runs   longest first, of every indexed text.
    complete  False where a gram of the text stands in so many places that some were not looked at: then a run may be
              longer than told, and another one may be missing.
    """

    runs: tuple[Run, ...]
    complete: bool


@dataclass(frozen=True, eq=False)
class _Chains:
    """Grams in a row that stand in a row in the index too, longest first: (c,) where they begin here and there, and bytes."""

    at: IntArray
    place: IntArray
    length: IntArray
    complete: bool


class OverlapIndex:
    """What `overlap.build` wrote, read where it lies. Every run is verified on the texts themselves."""

    def __init__(self, path: Path, head: Head, held: mmap.mmap) -> None:
        self.head = head
        self._path = path
        self._held = held
        self._ends = self._section("ends", "<u8")
        self._counted = self._section("counted", "<u8")
        self._hashes = self._section("hashes", "<u8")
        self._positions = self._section("positions", "<u4")
        self._fences = self._section("fences", "<u4")

    @classmethod
    def open(cls, path: Path) -> Self:
        """Reads the whole file once, to see that it holds what was written. Raises DataError if it does not."""
        head = Head.read(path)
        if seal_of(path) != head.seal:
            raise damaged(path, "its content was altered")
        with path.open("rb") as stream:
            return cls(path, head, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file; nothing can be asked afterwards."""
        del self._ends, self._counted, self._hashes, self._positions, self._fences
        self._held.close()

    def __len__(self) -> int:
        """Indexed texts."""
        return self.head.texts

    def longest(self, text: str) -> Run | None:
        """The longest run of `text`, of equal ones the first in the index; None where none has SHORTEST bytes."""
        return next(iter(self.overlap(text, at_least=SHORTEST, most=1).runs), None)

    def overlap(self, text: str, *, at_least: int, most: int | None = None) -> Overlap:
        """Runs of at least so many bytes as spelt: characters, but for those of other alphabets, which take two or more.

        most    runs told, at most.
        Raises  ConfigurationError below SHORTEST, under which a run is not found for sure.
        """
        require_length(at_least)
        data = spelt(text)
        chains = self._chains(data)
        found: list[tuple[int, int, int]] = []
        for at, place, length in zip(
            *(part.tolist() for part in (chains.at, chains.place, chains.length)), strict=True
        ):
            if chains.complete:  # a run goes less than a step beyond its chain, on either side
                reach = length + 2 * (STEP - 1)
                if reach < at_least or (most == 1 and found and reach < -found[0][0]):
                    break
            grown, first, begin = self._grown(data, at, place)
            if grown >= at_least:
                found.append((-grown, begin, first))
                if most == 1:
                    found = [min(found)]
        found = sorted(set(found))[:most]
        origin = places(text) if found else np.zeros(0, dtype=np.int64)
        return Overlap(
            runs=tuple(self._run(origin, -length, first, begin) for length, begin, first in found),
            complete=chains.complete,
        )

    def _chains(self, data: bytes) -> _Chains:
        hashes = gram_hashes(data, width=WIDTH)
        hit, first, number = self._held_grams(hashes)
        complete = not (self.head.cut and bool((number >= MOST_ALIKE).any()))
        if int(number.sum()) > MOST_PAIRS:
            rarest = np.argsort(number, kind="stable")
            rarest = np.sort(rarest[np.cumsum(number[rarest]) <= MOST_PAIRS])
            hit, first, number, complete = hit[rarest], first[rarest], number[rarest], False
        at = np.repeat(hit, number)
        each = np.arange(len(at)) - np.repeat(np.cumsum(number) - number, number) + np.repeat(first, number)
        place = self._positions[each].astype(np.int64) * STEP
        order = np.lexsort((at, place - at))
        at, place = at[order], place[order]
        starts = np.ones(len(at), dtype=bool)
        starts[1:] = (at[1:] != at[:-1] + STEP) | (place[1:] != place[:-1] + STEP)
        begins = np.flatnonzero(starts)
        length = (np.diff(begins, append=len(at)) - 1) * STEP + WIDTH
        order = np.lexsort((place[begins], -length))
        return _Chains(at[begins][order], place[begins][order], length[order], complete)

    def _held_grams(self, hashes: Hashes) -> tuple[IntArray, IntArray, IntArray]:
        """Which of (m,) hashes are held, where the first of each is, and how many there are."""
        fence = (hashes >> np.uint64(64 - self.head.bits)).astype(np.int64)
        low, high = self._fences[fence].astype(np.int64), self._fences[fence + 1].astype(np.int64)
        hit = np.flatnonzero(low < high)
        low, stop, wanted = low[hit], high[hit], hashes[hit]
        first = self._first(low, stop, wanted, or_equal=True)
        inside = first < stop
        inside[inside] = self._hashes[first[inside]] == wanted[inside]
        hit, first, stop, wanted = hit[inside], first[inside], stop[inside], wanted[inside]
        return hit, first, self._first(first, stop, wanted, or_equal=False) - first

    def _first(self, low: IntArray, high: IntArray, wanted: Hashes, *, or_equal: bool) -> IntArray:
        """The first place in each [low, high) whose hash is above the one wanted, or equal to it; else its end."""
        below = np.less if or_equal else np.less_equal
        low, high = low.copy(), high.copy()
        while len(unsure := np.flatnonzero(low < high)):
            middle = (low[unsure] + high[unsure]) >> 1
            goes_up = below(self._hashes[middle], wanted[unsure])
            low[unsure] = np.where(goes_up, middle + 1, low[unsure])
            high[unsure] = np.where(goes_up, high[unsure], middle)
        return low

    def _grown(self, data: bytes, at: int, place: int) -> tuple[int, int, int]:
        """The whole run around equal grams at `at` and `place`: its bytes, and where it begins here and there.

        It ends where the indexed text does, for what stands between texts stands in no text that is asked about. Nothing
        where the grams share their hash only.
        """
        ahead = _alike(data, self._held, at, HEAD + place)
        behind = _alike_before(data, self._held, at, HEAD + place)
        first, until = at - behind, at + ahead
        while first < until and _goes_on(data, first):
            first += 1
        while until > first and _goes_on(data, until):
            until -= 1
        return (until - first if ahead >= WIDTH else 0), first, place - at + first

    def _run(self, origin: IntArray, length: int, first: int, place: int) -> Run:
        document = int(np.searchsorted(self._ends, place))
        begins = int(self._ends[document - 1]) + 1 if document else 0
        before = self._characters(place)
        return Run(
            document=document,
            start=before - self._characters(begins),
            length=self._characters(place + length) - before,
            at=int(origin[first]),
            until=int(origin[first + length - 1]) + 1,
        )

    def _characters(self, place: int) -> int:
        """How many stand before a place of the text; none that is asked for is its very end."""
        block = place // BLOCK
        rest = np.frombuffer(self._held, dtype=np.uint8, count=place - block * BLOCK, offset=HEAD + block * BLOCK)
        return int(self._counted[block]) + int(np.count_nonzero((rest & 0xC0) != 0x80))

    def _section(self, name: str, kind: str) -> NDArray[Any]:
        place, number = self.head.sections()[name]
        return np.frombuffer(self._held, dtype=kind, count=number, offset=place)


def require_length(at_least: int) -> None:
    """Raises ConfigurationError where runs of so few bytes are not found for sure."""
    if at_least < SHORTEST:
        raise ConfigurationError(
            f"runs of {at_least} characters are not found for sure",
            where="measure.overlap",
            fix=f"ask for {SHORTEST} characters or more",
        )


def _alike(data: bytes, held: mmap.mmap, at: int, place: int) -> int:
    """Bytes from `at` on that equal those from `place` on."""
    along = 0
    while True:
        mine = data[at + along : at + along + _ALONG]
        other = held[place + along : place + along + len(mine)]
        if mine != other or not mine:
            return along + _equal(mine, other)
        along += len(mine)


def _alike_before(data: bytes, held: mmap.mmap, at: int, place: int) -> int:
    """Bytes before `at` that equal those before `place`, not beyond where the texts begin."""
    along = 0
    while True:
        reach = min(_ALONG, at - along, place - HEAD - along)
        mine = data[at - along - reach : at - along][::-1]
        other = held[place - along - reach : place - along][::-1]
        if mine != other or not mine:
            return along + _equal(mine, other)
        along += reach


def _equal(mine: bytes, other: bytes) -> int:
    """How many bytes are equal before the first that is not."""
    return next(
        (i for i, (one, two) in enumerate(zip(mine, other, strict=False)) if one != two), min(len(mine), len(other))
    )


def _goes_on(data: bytes, place: int) -> bool:
    """Whether a character that began before `place` goes on there."""
    return place < len(data) and data[place] & 0xC0 == 0x80
