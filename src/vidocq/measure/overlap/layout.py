"""How an index lies in its file: a head of fixed size, then six sections in this order.

text       the texts as spelt, each followed by APART.
ends       uint64, where each text ends.
counted    uint64, characters before each BLOCK of the text.
hashes     uint64, rising: one for every gram that is kept.
positions  uint32, where each of these grams begins, in steps; rising where hashes are equal.
fences     uint32, for each value of the first `bits` bits of a hash, how many hashes lie before; then their number.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from vidocq.core.errors import DataError
from vidocq.measure.overlap.spelling import APART

FORMAT: Final = "vidocq.overlap/1"
HEAD: Final = 4096
"""Bytes before the text; the others follow it, each at a multiple of 8."""
WIDTH: Final = 24
STEP: Final = 8
"""Bytes of a gram, and between one kept gram of the corpus and the next."""
SHORTEST: Final = WIDTH + STEP - 1
"""Bytes from which a common run holds a kept gram for sure, wherever it begins."""
MOST_ALIKE: Final = 256
"""Places kept of one gram; of one that stands in more, as many, drawn by lot."""
BLOCK: Final = 1 << 16
SEPARATOR: Final = APART.encode()
LARGEST_TEXT: Final = STEP * (2**32 - 1)
FENCED: Final = 8
"""Hashes between two fences, or fewer."""
LEAST_BITS: Final = 8
MOST_BITS: Final = 32
_SIZES: Final = {"ends": 8, "counted": 8, "hashes": 8, "positions": 4, "fences": 4}
_MAGIC: Final = b"VIDOCQ OVERLAP\n\0"
_READ: Final = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Head:
    """text  bytes.   texts, grams  their numbers.   cut  places left out by MOST_ALIKE.   bits  told apart by fences.

    seal  SHA-256 of the sections.
    """

    text: int
    texts: int
    grams: int
    cut: int
    bits: int
    seal: str

    def sections(self) -> dict[str, tuple[int, int]]:
        """Where each section begins, and how many items it holds."""
        numbers = {
            "ends": self.texts,
            "counted": -(-self.text // BLOCK),
            "hashes": self.grams,
            "positions": self.grams,
            "fences": (1 << self.bits) + 1,
        }
        found = {"text": (HEAD, self.text)}
        place = aligned(HEAD + self.text)
        for name, number in numbers.items():
            found[name] = (place, number)
            place = aligned(place + number * _SIZES[name])
        return found

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        place, number = self.sections()["fences"]
        return aligned(place + number * _SIZES["fences"])

    def to_bytes(self) -> bytes:
        held = {"format": FORMAT, "width": WIDTH, "step": STEP, "most_alike": MOST_ALIKE, **asdict(self)}
        content = json.dumps(held).encode().ljust(HEAD - len(_MAGIC) - 32, b"\0")
        return _MAGIC + hashlib.sha256(content).digest() + content

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises DataError if the file is no index, is of another format, is cut short, or its head was altered."""
        try:
            with path.open("rb") as stream:
                size, head = os.fstat(stream.fileno()).st_size, stream.read(HEAD)
        except OSError as error:
            raise DataError(
                f"the index cannot be read: {type(error).__name__}", where=str(path), fix="build it again"
            ) from error
        magic, digest, content = head[: len(_MAGIC)], head[len(_MAGIC) :][:32], head[len(_MAGIC) + 32 :]
        if magic != _MAGIC or len(head) < HEAD or hashlib.sha256(content).digest() != digest:
            raise damaged(path, "its head does not hold")
        try:
            held: dict[str, Any] = json.loads(content.rstrip(b"\0"))
            said = tuple(held.pop(name) for name in ("format", "width", "step", "most_alike"))
            found = cls(**held)
            sound = all(number >= 0 for number in (found.text, found.texts, found.grams, found.cut))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise damaged(path, "its head cannot be read") from None
        if said != (FORMAT, WIDTH, STEP, MOST_ALIKE) or not sound or not LEAST_BITS <= found.bits <= MOST_BITS:
            raise damaged(path, "it is of another version")
        if size != found.size:
            raise damaged(path, "it is cut short")
        return found


def seal_of(path: Path) -> str:
    """SHA-256 of all that follows the head."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        stream.seek(HEAD)
        while block := stream.read(_READ):
            digest.update(block)
    return digest.hexdigest()


def bits_for(grams: int) -> int:
    """First bits of a hash that part so many grams into groups of about FENCED."""
    return max((grams // FENCED).bit_length(), LEAST_BITS)


def damaged(path: Path, why: str) -> DataError:
    return DataError(f"this is no index of texts that can be trusted: {why}", where=str(path), fix="build it again")


def aligned(place: int) -> int:
    """The first multiple of 8 from `place` on."""
    return -(-place // 8) * 8
