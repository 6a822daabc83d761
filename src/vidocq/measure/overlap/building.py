"""Building an index of texts in bounded memory: grams are sorted piece by piece, put aside on disk, then merged."""

import hashlib
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from vidocq.core.errors import DataError
from vidocq.core.files import TEMPORARY, stream_atomic
from vidocq.measure.overlap.grams import gram_hashes
from vidocq.measure.overlap.layout import (
    BLOCK,
    HEAD,
    LARGEST_TEXT,
    SEPARATOR,
    STEP,
    WIDTH,
    Head,
    aligned,
    bits_for,
)
from vidocq.measure.overlap.sorting import Aside, Positions
from vidocq.measure.overlap.spelling import APART, spelt_apart

TOGETHER = 1 << 20
"""Characters spelt at once."""
SORTED = 1 << 24
"""Bytes of text whose grams are sorted at once."""
COPIED = 1 << 20


def build(texts: Iterable[str], path: Path) -> Head:
    """Writes the index of `texts` to `path`, whole or not at all, readable by its owner only; says what it holds.

    The file holds the texts in their plain spelling: it is as personal as they are, and kept no longer. Same texts, same
    bytes. What is held in memory depends on the sizes above and not on the texts, but for 8 bytes a block of text.
    Raises  DataError beyond 32 GiB of text.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        stream_atomic(path, mode=0o600) as out,
        _aside(path) as ends,
        _aside(path) as grams,
        _aside(path) as places,
        _aside(path) as fences,
    ):
        out.write(bytes(HEAD))
        text = _Text(_Sealed(out), ends, Aside(grams))
        for piece in _pieces(texts):
            text.add(piece, path)
        text.end()
        sealed, number = text.out, ends.tell() // 8
        sealed.copy(ends)
        sealed.write(np.frombuffer(text.counted, dtype=np.uint64).astype("<u8").tobytes())
        sealed.pad()
        kept, bits = 0, bits_for(text.grams.number)
        for share in text.grams.merged():
            sealed.write(share.hashes.astype("<u8").tobytes())
            places.write(share.positions.astype("<u4").tobytes())
            fences.write((share.fences(bits) + kept).astype("<u4").tobytes())
            kept += len(share.hashes)
        fences.write(np.array([kept], dtype="<u4").tobytes())
        sealed.pad()
        sealed.copy(places)
        sealed.copy(fences)
        head = Head(text=text.size, texts=number, grams=kept, cut=text.grams.cut, bits=bits, seal=sealed.seal)
        out.seek(0)
        out.write(head.to_bytes())
    return head


def _aside(path: Path) -> BinaryIO:
    """A file without a name, in the same folder: it is gone when this process is, whatever its end."""
    return cast(BinaryIO, tempfile.TemporaryFile(dir=path.parent, prefix=TEMPORARY))


def _pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """The texts as spelt, each followed by SEPARATOR, in pieces that end anywhere."""
    held: list[str] = []
    size = 0
    for text in texts:
        for begin in range(0, len(text), TOGETHER):
            held.append(text[begin : begin + TOGETHER].replace(APART, " "))
            size += len(held[-1])
            if size >= TOGETHER:
                yield spelt_apart("".join(held))
                held, size = [], 0
        held.append(APART)
        size += 1
    yield spelt_apart("".join(held))


class _Sealed:
    """Writes one thing after the other, and seals what was written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._size += len(data)

    def copy(self, stream: BinaryIO) -> None:
        stream.seek(0)
        while block := stream.read(COPIED):
            self.write(block)
        self.pad()

    def pad(self) -> None:
        """Fills up to where a section may begin."""
        self.write(bytes(aligned(self._size) - self._size))

    @property
    def seal(self) -> str:
        return self._digest.hexdigest()


class _Text:
    """The text so far: how long it is, where texts end, how many characters stand before each block."""

    def __init__(self, out: _Sealed, ends: BinaryIO, grams: Aside) -> None:
        self.out = out
        self.grams = grams
        self.size = 0
        self.counted = array("Q")
        self._ends = ends
        self._characters = 0
        self._last = b""
        self._pending = bytearray()
        self._begin = 0  # of what is pending; a multiple of STEP

    def add(self, piece: bytes, path: Path) -> None:
        if self._last == b" " and piece.startswith(b" "):
            piece = piece[1:]  # a row of spaces that was cut
        if not piece:
            return
        if self.size + len(piece) > LARGEST_TEXT:
            raise DataError(
                "there is more text than an index holds", where=str(path), fix="index it in parts of at most 32 GiB"
            )
        codes = np.frombuffer(piece, dtype=np.uint8)
        ends = np.flatnonzero(codes == SEPARATOR[0]) + self.size
        self._ends.write(ends.astype("<u8").tobytes())
        running = np.cumsum((codes & 0xC0) != 0x80)
        for place in range(_block_from(self.size), self.size + len(piece), BLOCK):
            before = int(running[place - self.size - 1]) if place > self.size else 0
            self.counted.append(self._characters + before)
        self._characters += int(running[-1])
        self.out.write(piece)
        self.size += len(piece)
        self._last = piece[-1:]
        self._pending += piece
        if len(self._pending) >= SORTED:
            self._put_aside()

    def end(self) -> None:
        self._put_aside()
        self.out.pad()

    def _put_aside(self) -> None:
        """The grams of what is pending, but for those that go on in what comes next."""
        data = bytes(self._pending)
        hashes = gram_hashes(data, width=WIDTH, step=STEP)
        within = np.ones(len(hashes), dtype=bool)
        separators = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == SEPARATOR[0]) // STEP
        for back in range(WIDTH // STEP):  # a separator lies in so many grams
            spoilt = separators - back
            within[spoilt[(spoilt >= 0) & (spoilt < len(hashes))]] = False
        positions: Positions = (np.arange(len(hashes)) + self._begin // STEP).astype(np.uint32)
        self.grams.add(hashes[within], positions[within])
        done = len(hashes) * STEP
        del self._pending[:done]
        self._begin += done


def _block_from(place: int) -> int:
    """The first multiple of BLOCK from `place` on."""
    return -(-place // BLOCK) * BLOCK
