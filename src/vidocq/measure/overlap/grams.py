"""Hashes of the grams of a text: so many bytes in a row, at every place or at every so many."""

import numpy as np
from numpy.typing import NDArray

WORD = 8
"""Bytes read at once; no gram is shorter."""
_ODD = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)

Hashes = NDArray[np.uint64]


def gram_hashes(data: bytes | memoryview, *, width: int, step: int = 1) -> Hashes:
    """(m,) a hash of the `width` bytes at 0, step, 2 step, …, as long as they fit; the same on every machine.

    width  of a gram, at least 8.   step  between grams, at least 1.
    Equal grams have equal hashes; two different ones share a hash about once in 2^64, so whoever needs to be sure compares
    the texts. Anybody can make two grams that collide: this is no signature.
    Source  the finaliser of SplitMix64, Steele et al. (2014), OOPSLA, over the words of a gram.
    """
    if width < WORD or step < 1:
        raise ValueError(f"a gram has {WORD} bytes at least, and the next one begins further on")
    count = (len(data) - width) // step + 1 if len(data) >= width else 0
    found = np.full(count, width, dtype=np.uint64)
    if count:
        for offset in (*range(0, width - WORD, WORD), width - WORD):
            words = np.ndarray((count,), dtype="<u8", buffer=data, offset=offset, strides=(step,))
            found ^= words
            scramble(found)
    return found


def scramble(numbers: Hashes) -> Hashes:
    """Changes 64-bit numbers in place, one to one, so that every bit depends on every bit; returns them."""
    numbers += _ODD
    numbers ^= numbers >> np.uint64(30)
    numbers *= _FIRST
    numbers ^= numbers >> np.uint64(27)
    numbers *= _SECOND
    numbers ^= numbers >> np.uint64(31)
    return numbers
