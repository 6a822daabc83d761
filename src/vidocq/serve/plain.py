"""JSON as it comes and goes: strict in what is read, fast in both ways.

orjson is an extra: `pip install "vidocq[guard]"`.
"""

import functools
from types import ModuleType
from typing import Any

from vidocq.core.errors import MissingExtra


def read(data: bytes | str) -> Any:
    """Raises ValueError for what is no JSON: numbers that are none, half characters, more than 1,024 levels."""
    return codec().loads(data)


def write(content: Any) -> bytes:
    """Without needless space. Raises ValueError for what JSON cannot hold."""
    try:
        written: bytes = codec().dumps(content)
    except TypeError:
        raise ValueError("this cannot be written as JSON") from None
    return written


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
