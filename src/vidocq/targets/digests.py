"""Rows as digests: equal rows have equal digests, in any file and any process."""

import hashlib
import math
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import FloatArray, IntArray

_CELLS = 2**16  # worked on at a time: they stay in the processor's cache, and no second table is made


def exact_digests(features: NDArray[Any], labels: NDArray[Any]) -> list[bytes]:
    """One digest for each record: equal for records with the same cells and label, bit by bit (-0 counts as 0)."""
    return _digests(features, labels, _exact)


def rounded_digests(encoded: FloatArray, labels: NDArray[Any]) -> list[bytes]:
    """One digest for each record: equal if cells and label are the same to 6 significant digits."""
    return _digests(encoded, labels, six_digits)


def six_digits(values: FloatArray) -> IntArray:
    """An integer for each number: the same for numbers whose 6 significant digits and exponent are the same.

    What is smaller than 1e-300 counts as 0.
    """
    magnitude = np.abs(values)
    plain = (magnitude >= _SMALLEST) & (magnitude < np.inf)
    every = bool(plain.all())
    safe = magnitude if every else np.where(plain, magnitude, 1.0)
    exponent = np.floor(np.log10(safe)).astype(np.int64)
    mantissa = np.rint(safe * _POWERS[exponent + _OFFSET]).astype(np.int64)
    carried = mantissa >= 1_000_000  # rounded up to the next power of ten
    mantissa[carried] = 100_000
    exponent[carried] += 1
    code: IntArray = mantissa + 10_000_000 * (exponent + 400)
    np.negative(code, out=code, where=values < 0)
    if every:
        return code
    special = np.where(np.isnan(values), 1, np.where(values == np.inf, 2, np.where(values == -np.inf, 3, 0)))
    code[~plain] = special[~plain]
    return code


_SMALLEST = 1e-300
_OFFSET = 301
_POWERS = np.array([float(f"1e{5 - exponent}") for exponent in range(-_OFFSET, 309)])


def text_codes(values: NDArray[Any]) -> IntArray:
    """An integer for each cell of a column that may hold text: a hash of its kind and content."""
    known: dict[Any, int] = {}
    codes = np.empty(len(values), dtype=np.int64)
    for i, value in enumerate(values.tolist()):
        key = value if isinstance(value, str) else _number(value)
        code = known.get(key)
        if code is None:
            told = key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key
            kind = b"text" if isinstance(key, str) else b"number"
            digest = hashlib.blake2b(told, digest_size=8, person=kind).digest()
            code = known[key] = int.from_bytes(digest, "little", signed=True)
        codes[i] = code
    return codes


def _number(value: Any) -> bytes:
    number = math.nan if value is None else float(value)
    return struct.pack("<d", number + 0.0)


def _exact(values: FloatArray) -> IntArray:
    return (values + 0.0).view(np.int64)


def _digests(table: NDArray[Any], labels: NDArray[Any], codes: Any) -> list[bytes]:
    label_codes = text_codes(labels) if labels.dtype.kind in "UO" else codes(labels.astype(np.float64))
    return [
        hashlib.blake2b(row, digest_size=16).digest() for block in _blocks(table, label_codes, codes) for row in block
    ]


def _blocks(table: NDArray[Any], label_codes: IntArray, codes: Any) -> Iterator[NDArray[np.int64]]:
    step = max(1, _CELLS // max(1, table.shape[1]))
    for start in range(0, len(table), step):
        part = table[start : start + step]
        block = np.empty((len(part), table.shape[1] + 1), dtype=np.int64)
        block[:, 0] = label_codes[start : start + step]
        if part.dtype == object:
            for j in range(part.shape[1]):
                block[:, j + 1] = text_codes(part[:, j])
        else:
            block[:, 1:] = codes(np.ascontiguousarray(part, dtype=np.float64))
        yield block
