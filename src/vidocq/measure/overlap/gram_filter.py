"""Which texts stand in a corpus word for word, told from a filter of the hashes of its grams: a blocked Bloom filter.

The filter holds no text and gives no place: it says that a gram may stand in the corpus, wrongly at the stated rate, or that
it does not. Grams are of letters and digits alone (`lettered`), taken at every `STRIDE` bytes of the corpus and asked about
at every byte, so that whatever is `width + STRIDE - 1` bytes long holds one, and longer runs a chain of them, `STRIDE` apart.

Source: Putze, Sanders and Singler (2009), Cache-, hash- and space-efficient Bloom filters, ACM JEA 14; with one bit in each
word of a block, as the split block filter of Apache Parquet has it.
"""

import hashlib
import json
import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.files import stream_atomic
from vidocq.measure.overlap.grams import Hashes, gram_hashes
from vidocq.measure.overlap.spelling import APART, lettered_apart

STRIDE = 8
WIDTH = 24
"""Bytes of a gram: four or five words."""
SPARE = 1.3
"""Blocks beyond what an even load would need: loads differ, and the fullest decide."""
GROWTH = 1.5
"""Blocks of the next try over those of one that was too full, or of which nearly all would do."""
TRIES = 8
SPELLING = 1
"""What grams are made of; other numbers were or will be other spellings."""
MAGIC = b"vidocq.grams/1\n"
HEADER = 4096
_WORDS = 8  # 64-bit words of a block: one line of a processor's cache
_BITS = _WORDS * 64
_AT_ONCE = 1 << 22  # characters of text spelt at once
_ODD = np.array(
    [
        0x9E3779B97F4A7C15,
        0xBF58476D1CE4E5B9,
        0x94D049BB133111EB,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
        0xE7037ED1A0B428DB,
        0x8EBC6AF09C88C6E3,
        0x589965CC75374CC3,
    ],
    dtype=np.uint64,
)
_SIX = np.uint64(58)
_GRAMS = 1 << 16  # looked up at once: what stays in cache


@dataclass(frozen=True, kw_only=True)
class Shape:
    """width  bytes of a gram.   blocks  of 512 bits.   grams  that were put in.

    false_positives  share of grams that stand nowhere in the corpus and are taken for one that does, as computed from the load.
    spelling         of what the grams were made.
    digest           of all this and of the blocks.
    """

    width: int
    blocks: int
    grams: int = 0
    false_positives: float = 0.0
    spelling: int = 0
    digest: str = ""


class GramFilter:
    """Held in memory, not read where it lies on the disk: whoever writes over the file changes nothing in this one."""

    def __init__(self, shape: Shape, blocks: NDArray[np.uint64]) -> None:
        self.shape = shape
        self._blocks = blocks

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raises ConfigurationError if it cannot be read or is none, or not the whole as it was built."""
        try:
            with path.open("rb") as file:
                head = file.read(HEADER)
                if not head.startswith(MAGIC):
                    raise _no_filter(path)
                shape = Shape(**json.loads(head[len(MAGIC) :].rstrip(b"\0")))
                if shape.spelling != SPELLING:
                    raise _older(path)
                if os.fstat(file.fileno()).st_size != HEADER + shape.blocks * _WORDS * 8:
                    raise _no_filter(path)
                words = np.fromfile(file, dtype="<u8", count=shape.blocks * _WORDS).reshape(shape.blocks, _WORDS)
            if _digest(shape, words) != shape.digest:
                raise _no_filter(path)
        except (OSError, ValueError, TypeError):
            raise _no_filter(path) from None
        return cls(shape, words)

    def holds(self, hashes: Hashes) -> BoolArray:
        """(n,) whether each gram may stand in the corpus."""
        found = np.empty(len(hashes), dtype=np.bool_)
        for begin in range(0, len(hashes), _GRAMS):
            some = hashes[begin : begin + _GRAMS]
            bits = _bits(some)
            found[begin : begin + _GRAMS] = ((self._blocks[_block(some, self.shape.blocks)] & bits) == bits).all(
                axis=1
            )
        return found

    def stands(self, data: bytes) -> BoolArray:
        """(m,) for each byte of a text's letters at which a gram fits, whether that gram may stand in the corpus."""
        return self.holds(gram_hashes(data, width=self.shape.width))


def build_filter(
    texts: Iterable[str], path: Path, *, grams: int = 1, width: int = WIDTH, rate: float = 1e-4
) -> Shape:
    """Writes the filter of these texts, whole or not at all, readable by its owner only.

    texts  gone through again where the filter turns out to be of another size: no iterator, which ends.
    grams  how many are expected, if that is known: bytes of the texts over STRIDE. What they are decides; a good guess saves time.
    rate   of false positives that may be reached at most.
    Memory: the filter (some 20 to 30 bits a gram) and a few tens of MiB. Raises ConfigurationError on a rate or width that makes
    no sense, DataError if the texts hold no gram, the rate cannot be reached, or the file cannot be written.
    """
    if not 1e-9 <= rate <= 0.1 or not STRIDE <= width <= 1024 or grams < 1 or iter(texts) is texts:
        raise ConfigurationError(
            "such a filter cannot be made",
            where="texts, grams, width, rate",
            fix="a rate from 1e-9 to 0.1, a width from 8 to 1024, texts that can be gone through twice",
            fr="un tel filtre ne peut être construit",
            fix_fr="un taux de 1e-9 à 0,1, une largeur de 8 à 1024, des textes que l'on peut parcourir deux fois",
        )
    words, count = _filled(texts, width=width, rate=rate, grams=grams)
    try:
        shape = Shape(width=width, blocks=len(words), grams=count, false_positives=_rate(words), spelling=SPELLING)
        shape = replace(shape, digest=_digest(shape, words))
        with stream_atomic(path, mode=0o600) as file:
            file.write((MAGIC + canonical_bytes(asdict(shape))).ljust(HEADER, b"\0"))
            for begin in range(0, len(words), _AT_ONCE):
                file.write(words[begin : begin + _AT_ONCE].data)
    except OSError as error:
        raise DataError(
            f"the filter of grams cannot be written ({type(error).__name__})",
            where=path.name,
            fix="choose a folder you can write to, with space left",
            fr=f"le filtre de fragments ne peut être écrit ({type(error).__name__})",
            fix_fr="choisissez un dossier où vous pouvez écrire, où il reste de la place",
        ) from None
    return shape


def _filled(texts: Iterable[str], *, width: int, rate: float, grams: int) -> tuple[NDArray[np.uint64], int]:
    """The blocks with all grams in them, as many as keep the rate, and how many grams were put in."""
    blocks, is_known = _blocks_for(grams, rate), False
    for _ in range(TRIES):
        words = np.zeros((blocks, _WORDS), dtype="<u8")
        count = 0
        for some in _hashes(texts, width):
            count += len(some)
            _put(words, some)
        if not count:
            raise DataError(
                "there is no text in the corpus from which a filter could be made",
                where="texts",
                fix=f"give files of text; one of them has to hold {width} letters and digits at least",
                fr="le corpus ne contient aucun texte dont un filtre puisse être fait",
                fix_fr=f"donnez des fichiers de texte ; l'un d'eux doit contenir au moins {width} lettres et chiffres",
            )
        needed = _blocks_for(count, rate)
        is_over = _rate(words) > rate
        if not is_over and (is_known or blocks <= GROWTH * needed):
            return words, count
        blocks, is_known = math.ceil(GROWTH * blocks) if is_over and blocks >= needed else needed, True
        del words
    raise DataError(
        "the rate of false positives that was asked for cannot be kept",
        where="rate",
        fix="ask for a higher rate",
        fr="le taux de faux positifs demandé ne peut être tenu",
        fix_fr="demandez un taux plus élevé",
    )


def _blocks_for(grams: int, rate: float) -> int:
    load = rate ** (1 / _WORDS)  # of each word, of which a gram sets one bit
    return math.ceil(SPARE * grams / (-64 * math.log1p(-load))) + 1


def chains(found: BoolArray, *, links: int) -> BoolArray:
    """(m,) whether the gram at each byte belongs to `links` found ones in a row, STRIDE apart."""
    kept = np.zeros(len(found), dtype=np.bool_)
    reach = (links - 1) * STRIDE
    if len(found) <= reach:
        return kept
    starts = found[: len(found) - reach].copy()
    for link in range(1, links):
        starts &= found[link * STRIDE : len(found) - reach + link * STRIDE]
    for link in range(links):
        kept[link * STRIDE : len(found) - reach + link * STRIDE] |= starts
    return kept


def _hashes(texts: Iterable[str], width: int) -> Iterator[Hashes]:
    """Hashes of the grams at every STRIDE bytes, within a text each; many at once."""
    for some in _joined(texts):
        found = [
            gram_hashes(text, width=width, step=STRIDE)
            for text in lettered_apart(some).split(APART.encode())
            if len(text) >= width
        ]
        if found:
            yield np.concatenate(found)


def _joined(texts: Iterable[str]) -> Iterator[str]:
    """Several texts at once, each spelt apart from the next: short ones cost little then."""
    held: list[str] = []
    length = 0
    for text in texts:
        held.append(text.replace(APART, " "))
        length += len(text)
        if length >= _AT_ONCE:
            yield APART.join(held)
            held, length = [], 0
    if held:
        yield APART.join(held)


def _block(hashes: Hashes, blocks: int) -> NDArray[np.int64]:
    return (hashes % np.uint64(blocks)).astype(np.int64)


def _bits(hashes: Hashes) -> Hashes:
    """(n, 8) a gram's bit in each word of its block."""
    return np.uint64(1) << ((hashes[:, None] * _ODD) >> _SIX)


def _put(blocks: NDArray[np.uint64], hashes: Hashes) -> None:
    place = _block(hashes, len(blocks))
    order = np.argsort(place, kind="stable")
    place = place[order]
    first = np.flatnonzero(np.diff(place, prepend=-1))
    blocks[place[first]] |= np.bitwise_or.reduceat(_bits(hashes[order]), first, axis=0)


def _rate(blocks: NDArray[np.uint64]) -> float:
    """False positives as the load of each word has it: a gram falls into any block alike, on any bit of a word alike."""
    total = 0.0
    for begin in range(0, len(blocks), _AT_ONCE):
        total += float((np.bitwise_count(blocks[begin : begin + _AT_ONCE]) / 64).prod(axis=1).sum())
    return total / len(blocks)


def _digest(shape: Shape, blocks: NDArray[np.uint64]) -> str:
    held = hashlib.blake2b(canonical_bytes(asdict(replace(shape, digest=""))), digest_size=16)
    held.update(blocks.data)
    return held.hexdigest()


def _older(path: Path) -> ConfigurationError:
    return ConfigurationError(
        "this filter of grams was made by another version",
        where=path.name,
        fix="build it again from the corpus with `vidocq guard index`",
        fr="ce filtre de fragments vient d'une autre version",
        fix_fr="refaites-le du corpus avec `vidocq guard index`",
    )


def _no_filter(path: Path) -> ConfigurationError:
    return ConfigurationError(
        "this is no filter of grams, or only a part of one",
        where=path.name,
        fix="build it again from the corpus",
        fr="ceci n'est pas un filtre de fragments, ou n'en est qu'une partie",
    )
