"""Texts that stand on both sides nearly word for word (VERDICT rule, line 1): Jaccard similarity of runs of five words.

No pair that is similar enough is missed, and none is taken for one that is not: candidates are found by prefix filtering
(Chaudhuri et al. 2006; Bayardo et al. 2007), then their similarity is counted. Two sets of which a share t is common
must share one of the first |x| - ceil(t |x|) + 1 elements of either, in any order common to both; rare ones go first.
Texts are read block by block, and of each only a fifth of its runs is kept.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, IntArray

SIMILAR = 0.8
RUN = 5
BLOCK = 2_000
"""Texts read at once."""
BUCKETS = 1 << 22
"""Counters of how often a run occurs. Two runs that share one are ordered alike on both sides: no pair is lost by it."""
MOST_PAIRS = 1 << 18
"""Candidates held at once."""
FIRST_LOOK = 16
"""Of them for one text: where thousands are alike, a few settle it."""
MOST_KNOWN = 1 << 20
"""Words whose code is kept at hand."""
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+")
"""A run of letters and digits; where a script puts no space between words, each of its signs."""
_ODD = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F])

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class _Runs:
    """Distinct runs of some texts end to end, those of text i at start[i]:start[i + 1], in order."""

    hashes: Hashes
    start: IntArray

    @property
    def sizes(self) -> IntArray:
        return np.diff(self.start)

    def of(self, text: int) -> Hashes:
        return self.hashes[self.start[text] : self.start[text + 1]]


def near_texts(here: Sequence[str], there: Sequence[str], *, similar: float = SIMILAR) -> tuple[BoolArray, BoolArray]:
    """(m,) and (n,) bool: texts with one on the other side of Jaccard similarity `similar` at least, in (0, 1].

    Case, punctuation and spacing do not count. A text of fewer than five words is one run; one without any is near none.
    Cost  two readings of each side, then the candidates' words once more.
    """
    words = _Words()
    counts = np.zeros(BUCKETS, dtype=np.uint32)
    for side in (here, there):
        for _, runs in _blocks(side, words):
            counts += np.bincount(_bucket(runs.hashes), minlength=BUCKETS).astype(np.uint32)
    first, second = (_prefixes(side, words, counts, similar) for side in (here, there))
    found = np.zeros(len(here), dtype=bool), np.zeros(len(there), dtype=bool)
    for pairs in _candidates(first, second, found, similar):
        _judge(pairs, here, there, words, found, similar)
    return found


class _Words:
    """Codes of words: a hash that is the same everywhere, kept for those met first."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def codes(self, text: str) -> list[int]:
        known, found = self._known, []
        for word in _WORD.findall(text.casefold()):
            code = known.get(word)
            if code is None:
                digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
                code = int.from_bytes(digest, "little")
                if len(known) < MOST_KNOWN:
                    known[word] = code
            found.append(code)
        return found


def _runs(texts: Sequence[str], words: _Words) -> _Runs:
    codes = [words.codes(text) for text in texts]
    lengths = np.array([len(one) for one in codes], dtype=np.int64)
    flat = np.fromiter((code for one in codes for code in one), dtype=np.uint64, count=int(lengths.sum()))
    owner = np.repeat(np.arange(len(texts)), lengths)
    start = np.concatenate([[0], np.cumsum(lengths)])
    left = start[1:][owner] - np.arange(len(flat))
    # A run begins at every word that four others follow; a short text is one run from its first word.
    begins = (left >= RUN) | ((lengths[owner] < RUN) & (left == lengths[owner]))
    at, who = np.flatnonzero(begins), owner[begins]
    hashes = np.zeros(len(at), dtype=np.uint64)
    for step in range(RUN):
        there = left[at] > step
        word = np.where(there, flat[np.minimum(at + step, max(len(flat) - 1, 0))] if len(flat) else 0, 0)
        hashes = _mixed(hashes + word.astype(np.uint64) * _ODD[step])
    order = np.lexsort((hashes, who))
    hashes, who = hashes[order], who[order]
    fresh = np.ones(len(hashes), dtype=bool)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (who[1:] != who[:-1])
    sizes = np.bincount(who[fresh], minlength=len(texts))
    return _Runs(hashes[fresh], np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64))


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(29))) * _ODD[1]
    return np.asarray(values ^ (values >> np.uint64(32)))


def _bucket(hashes: Hashes) -> IntArray:
    return (hashes & np.uint64(BUCKETS - 1)).astype(np.int64)


def _blocks(texts: Sequence[str], words: _Words) -> Iterator[tuple[int, _Runs]]:
    for first in range(0, len(texts), BLOCK):
        yield first, _runs(texts[first : first + BLOCK], words)


@dataclass(frozen=True, eq=False)
class _Prefixes:
    """hash and text of each run kept, in order of the hashes; sizes (n,) of each text's whole set."""

    hashes: Hashes
    text: IntArray
    sizes: IntArray


def _prefixes(texts: Sequence[str], words: _Words, counts: NDArray[np.uint32], similar: float) -> _Prefixes:
    hashes, owners, sizes = [], [], []
    for first, runs in _blocks(texts, words):
        who = np.repeat(np.arange(len(runs.sizes)), runs.sizes)
        order = np.lexsort((runs.hashes, counts[_bucket(runs.hashes)], who))
        place = np.arange(len(who)) - np.repeat(runs.start[:-1], runs.sizes)
        kept = place < (runs.sizes - np.ceil(similar * runs.sizes - 1e-9).astype(np.int64) + 1)[who]
        hashes.append(runs.hashes[order][kept])
        owners.append(who[kept] + first)
        sizes.append(runs.sizes)
    if not hashes:
        return _Prefixes(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    flat, text = np.concatenate(hashes), np.concatenate(owners)
    order = np.argsort(flat, kind="stable")
    return _Prefixes(flat[order], text[order], np.concatenate(sizes))


def _candidates(
    first: _Prefixes, second: _Prefixes, found: tuple[BoolArray, BoolArray], similar: float
) -> Iterator[NDArray[np.int64]]:
    """(k, 2) pairs that share a kept run, of sizes that allow the similarity, a bounded number at once.

    Pairs of two texts that were both found meanwhile are left out.
    """
    low = np.searchsorted(second.hashes, first.hashes, side="left")
    high = np.searchsorted(second.hashes, first.hashes, side="right")
    waiting: list[NDArray[np.int64]] = []
    held = 0
    for row in np.flatnonzero(high > low):
        for begin in range(int(low[row]), int(high[row]), MOST_PAIRS):
            others = second.text[begin : min(int(high[row]), begin + MOST_PAIRS)]
            one = int(first.text[row])
            if found[0][one]:
                others = others[~found[1][others]]
            sizes, own = second.sizes[others], int(first.sizes[one])
            others = others[np.minimum(sizes, own) >= similar * np.maximum(sizes, own) - 1e-9]
            waiting.append(np.column_stack([np.full(len(others), one), others]))
            held += len(others)
            if held >= MOST_PAIRS:
                yield _distinct(waiting, len(second.sizes))
                waiting, held = [], 0
    if held:
        yield _distinct(waiting, len(second.sizes))


def _distinct(pairs: list[NDArray[np.int64]], width: int) -> NDArray[np.int64]:
    """Each pair once, in order."""
    both = np.concatenate(pairs)
    codes = np.unique(both[:, 0] * width + both[:, 1])
    return np.column_stack([codes // width, codes % width])


def _judge(
    pairs: NDArray[np.int64],
    here: Sequence[str],
    there: Sequence[str],
    words: _Words,
    found: tuple[BoolArray, BoolArray],
    similar: float,
) -> None:
    """Marks both texts of each pair that is similar enough."""
    ends = np.flatnonzero(np.diff(pairs[:, 0])) + 1
    for group in np.split(pairs, ends):
        one = int(group[0, 0])
        own, todo, step = _runs([here[one]], words).hashes, group[:, 1], FIRST_LOOK
        while len(todo := todo[~found[1][todo]] if found[0][one] else todo):
            others, todo, step = todo[:step], todo[step:], min(4 * step, BLOCK)
            runs = _runs([there[int(other)] for other in others], words)
            place = np.searchsorted(own, runs.hashes)
            common = (place < len(own)) & (own[np.minimum(place, len(own) - 1)] == runs.hashes)
            who = np.repeat(np.arange(len(others)), runs.sizes)
            both = np.bincount(who[common], minlength=len(others))
            alike = both >= similar * (len(own) + runs.sizes - both) - 1e-9
            found[0][one] |= bool(alike.any())
            found[1][others[alike]] = True
