"""Embeddings: /v1/embeddings. Text goes in, numbers come out."""

import re
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unreadable, unseen
from vidocq.serve.surfaces.completions import has_numbers
from vidocq.serve.surfaces.looking import Looking, table

_CODED = re.compile(r"[A-Za-z0-9+/]*={0,2}")


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
    """A list of numbers, or their bytes in base64."""
    vector = one.get("embedding")
    if isinstance(vector, str):
        is_vector = _CODED.fullmatch(vector) is not None
    else:
        is_vector = isinstance(vector, list) and all(type(each) in (int, float) for each in vector)
    if not is_vector:
        raise unreadable()
    return looking.fields(one, Surface.ANSWER, place, but=("embedding",)) | {"embedding": vector}
