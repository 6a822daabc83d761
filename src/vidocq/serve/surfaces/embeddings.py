"""Embeddings: /v1/embeddings. Text goes in, numbers come out."""

import base64
import binascii
import math
import struct
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unreadable, unseen
from vidocq.serve.surfaces.completions import has_numbers
from vidocq.serve.surfaces.looking import Looking, table

_LARGEST = 1e4
"""Of the numbers of a vector, which are near 1 for the most part; those of persons are larger."""
_SHORT = 256
"""Characters up to which what is read as a vector may yet be text."""


def asked(content: dict[str, Any], looking: Looking, *, lets_unseen: bool) -> dict[str, Any]:
    """The request as it goes on. Raises Blocked, or Refusal for an input in numbers of tokens."""
    if has_numbers(content.get("input")) and not lets_unseen:
        raise unseen("tokens")
    return looking.fields(content, Surface.PROMPT, "", but=())


def whole(content: dict[str, Any], looking: Looking) -> dict[str, Any]:
    found = looking.fields(content, Surface.ANSWER, "", but=("data",))
    if "data" in content:
        if not isinstance(content["data"], list):
            raise unreadable()
        found["data"] = [_vector(table(each), looking, f"data.{at}") for at, each in enumerate(content["data"])]
    return found


def _vector(one: dict[str, Any], looking: Looking, place: str) -> dict[str, Any]:
    """A list of numbers, or their bytes in base64. Raises Refusal for anything else."""
    vector = one.get("embedding")
    if isinstance(vector, str):
        if not _is_vector(_decoded(vector)):
            raise unreadable()
        if len(vector) <= _SHORT and looking.through(vector, Surface.ANSWER, f"{place}.embedding") != vector:
            raise unreadable()
    elif not isinstance(vector, list) or not _is_vector(vector):
        raise unreadable()
    return looking.fields(one, Surface.ANSWER, place, but=("embedding",)) | {"embedding": vector}


def _is_vector(numbers: list[Any]) -> bool:
    return all(type(each) in (int, float) and math.isfinite(each) and abs(each) <= _LARGEST for each in numbers)


def _decoded(vector: str) -> list[Any]:
    """The numbers of 32 bits, the lowest first, that stand in base64. Raises Refusal where there are none."""
    try:
        data = base64.b64decode(vector, validate=True)
    except (binascii.Error, ValueError):
        raise unreadable() from None
    if len(data) % 4 or base64.b64encode(data) != vector.encode():
        raise unreadable()
    return list(struct.unpack(f"<{len(data) // 4}f", data))
