"""JSON as it comes and goes: strict in what clients send, as servers write it in what they answer, fast in both ways.

orjson is an extra: `pip install "vidocq[guard]"`.
"""

import functools
import json
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from vidocq.core.errors import MissingExtra

_LONG = re.compile(rb"(?<![0-9.])[0-9]{19}")
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


def read(data: bytes | str) -> Any:
    """Raises ValueError for what is no JSON: numbers that are none, half characters, more than 1,024 levels."""
    coded = data.encode() if isinstance(data, str) else data
    return _long(coded, _no_number) if _is_long(coded) else codec().loads(coded)


def answered(data: bytes | str) -> Any:
    """What a server says, which may hold numbers that are none, as Python writes them. Raises ValueError for anything else
    that is no JSON."""
    coded = data.encode() if isinstance(data, str) else data
    is_loose = b"Infinity" in coded or b"NaN" in coded
    if (is_loose and _HALF.search(coded) is None) or _is_long(coded):
        return _long(coded, float)
    return codec().loads(coded)


def _is_long(coded: bytes) -> bool:
    """Whether there may be whole numbers of more than 64 bits, which would lose their last digits."""
    return _LONG.search(coded) is not None and _HALF.search(coded) is None


def _long(coded: bytes, constant: Callable[[str], Any]) -> Any:
    try:
        return json.loads(coded.decode("utf-8"), parse_constant=constant)
    except RecursionError:
        raise ValueError("this is nested too deep") from None


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def write(content: Any) -> bytes:
    """Without needless space; numbers that are none as null. Raises ValueError for what JSON cannot hold."""
    try:
        written: bytes = codec().dumps(content)
    except TypeError:
        return _written(content)
    return written


def _written(content: Any) -> bytes:
    """With whole numbers of any length."""
    try:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, RecursionError):
        raise ValueError("this cannot be written as JSON") from None


@functools.cache
def codec() -> ModuleType:
    """Raises MissingExtra."""
    try:
        import orjson  # noqa: PLC0415 - an extra, on use
    except ImportError:
        raise MissingExtra(
            "orjson is not installed", where="vidocq guard", fix='pip install "vidocq[guard]"'
        ) from None
    return orjson
