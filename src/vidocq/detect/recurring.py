"""The same person in several documents: identifiers counted by keyed hash, so that no list of them exists.

A hash without its key says nothing, and a random key dies with the run. Whoever keeps a key in a file can tell that
two scans met the same identifiers, and must guard that file: with it, values can be tried one by one.
"""

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Self

import numpy as np
from numpy.typing import NDArray

from vidocq.core.spans import Category

KEY_BYTES = 32
AT_LEAST = (2, 5, 10)
COUNTED: tuple[Category, ...] = (
    Category.PERSON,
    Category.EMAIL,
    Category.PHONE,
    Category.ADDRESS,
    Category.NIR,
    Category.NIF,
    Category.IBAN,
    Category.RIB,
    Category.CARD,
    Category.SIREN,
    Category.SIRET,
    Category.VAT,
    Category.RPPS,
    Category.PLATE,
    Category.PASSPORT,
    Category.IDENTITY_CARD,
    Category.IP,
    Category.MAC,
    Category.GPS,
    Category.HANDLE,
    Category.SECRET,
)
"""What tells persons apart; a date of birth, a place or a state of health is shared by many."""

KEPT = 4_096  # identities remembered at most: a person comes again and again in a text

_EXACT = frozenset({Category.SECRET})
_WORDS = frozenset({Category.PERSON, Category.ADDRESS})
_SPELT = frozenset({Category.EMAIL, Category.HANDLE, Category.IP, Category.GPS})
_TITLE = re.compile(
    r"\A(?:m|mr|mrs|ms|mme|mlle|me|dr|pr|monsieur|madame|mademoiselle|maitre|docteur|professeur)\.?\s+(?=\S)"
)
_WORD = re.compile(r"\w+")
_SPILL = 1_000_000
_BUCKETS = 64
_PAIR = np.dtype([("identity", "<u8"), ("document", "<u8")])


def normalised_value(value: str, category: Category) -> str:
    """The spelling that all spellings of one identifier share.

    Names without case, accents or title; phone numbers with their country (33 where they begin with a single 0);
    numbers and codes without spaces or punctuation.
    """
    plain = (value if value.isascii() else unicodedata.normalize("NFKC", value)).strip()
    if category in _EXACT:
        return plain
    plain = plain.casefold()
    if category in _SPELT:
        return re.sub(r"\s+", "", plain)
    if category in _WORDS:
        bare = plain
        if not plain.isascii():
            bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        words = " ".join(_WORD.findall(bare))
        return _TITLE.sub("", words, count=1) if category is Category.PERSON else words
    code = re.sub(r"[\W_]+", "", plain.replace("(0)", ""))
    if category is Category.PHONE:
        international = plain.lstrip("( ").startswith("+")
        digits = re.sub(r"\D", "", code)
        if not international and digits.startswith("00"):
            return digits[2:]
        return f"33{digits[1:]}" if not international and re.fullmatch(r"0[1-9]\d{8}", digits) else digits
    return code


@lru_cache(maxsize=KEPT)
def identity(value: str, category: Category, *, key: bytes) -> int:
    """The keyed hash of an identifier: 64 bits of HMAC-SHA-256 over its category and its common spelling."""
    told = f"{category}\x1f{normalised_value(value, category)}".encode("utf-8", "surrogatepass")
    inner, outer = (half.copy() for half in _keyed(key))
    inner.update(told)
    outer.update(inner.digest())
    return int.from_bytes(outer.digest()[:8], "little")


@lru_cache(maxsize=8)
def _keyed(key: bytes) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """The two hashes of an HMAC after they read the key, which takes longer than to read a name (RFC 2104, § 4)."""
    padded = (key if len(key) <= 64 else hashlib.sha256(key).digest()).ljust(64, b"\0")
    return hashlib.sha256(bytes(byte ^ 0x36 for byte in padded)), hashlib.sha256(
        bytes(byte ^ 0x5C for byte in padded)
    )


@dataclass(frozen=True)
class Recurrence:
    """Of one category: `identifiers`, all different, and how many stand in so many different documents or more."""

    identifiers: int
    at_least: Mapping[int, int]


class Recurring:
    """Counts identifiers over documents. Beyond a million finds it works on disk, in files without a name.

    Documents are told apart by a hash of their content: the same text twice is one document.
    """

    def __init__(self) -> None:
        self._held: dict[Category, list[NDArray[np.void]]] = {}
        self._count = 0
        self._spilt: dict[tuple[Category, int], IO[bytes]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, category: Category, identities: NDArray[np.uint64], documents: NDArray[np.uint64]) -> None:
        """identities, documents  (n,) hashes: this identifier stands in that document."""
        if category not in COUNTED or len(identities) == 0:
            return
        pairs = np.empty(len(identities), dtype=_PAIR)
        pairs["identity"], pairs["document"] = identities, documents
        self._held.setdefault(category, []).append(_different(pairs))
        self._count += len(pairs)
        if self._count >= _SPILL:
            self._spill()

    def counted(self) -> dict[Category, Recurrence]:
        """For each category that was met."""
        found = {}
        for category in COUNTED:
            buckets = [counts for pairs in self._pairs(category) if len(counts := _documents(pairs))]
            if buckets:
                documents = np.concatenate(buckets)
                found[category] = Recurrence(
                    len(documents), {least: int((documents >= least).sum()) for least in AT_LEAST}
                )
        return found

    def _pairs(self, category: Category) -> Iterator[NDArray[np.void]]:
        held = self._held.get(category, [])
        memory = np.concatenate(held) if held else np.empty(0, dtype=_PAIR)
        for bucket in range(_BUCKETS):
            here = memory[memory["identity"] % _BUCKETS == bucket]
            spilt = self._spilt.get((category, bucket))
            if spilt is not None:
                spilt.seek(0)
                here = np.concatenate([np.frombuffer(spilt.read(), dtype=_PAIR), here])
            yield here

    def _spill(self) -> None:
        for category in self._held:
            memory = np.concatenate(self._held[category])
            for bucket in range(_BUCKETS):
                here = memory[memory["identity"] % _BUCKETS == bucket]
                if len(here):
                    name = category, bucket
                    if name not in self._spilt:
                        self._spilt[name] = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed by the stack
                    self._spilt[name].seek(0, 2)
                    self._spilt[name].write(here.tobytes())
        self._held, self._count = {}, 0


def _documents(pairs: NDArray[np.void]) -> NDArray[np.int64]:
    """Different documents of each identifier."""
    _, counts = np.unique(_different(pairs)["identity"], return_counts=True)
    return counts.astype(np.int64)


def _different(pairs: NDArray[np.void]) -> NDArray[np.void]:
    """Each pair once, sorted: as `np.unique` gives them, which compares whole pairs and takes four times as long."""
    pairs = pairs[np.lexsort((pairs["document"], pairs["identity"]))]
    identities, documents = pairs["identity"], pairs["document"]
    is_new = np.ones(len(pairs), dtype=bool)
    is_new[1:] = (identities[1:] != identities[:-1]) | (documents[1:] != documents[:-1])
    return pairs[is_new]
