"""Embeddings: /v1/embeddings. Text goes in, numbers come out."""

from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unseen
from vidocq.serve.surfaces.looking import Looking


def asked(content: dict[str, Any], looking: Looking, *, lets_unseen: bool) -> dict[str, Any]:
    """The request as it goes on. Raises Blocked, or Refusal for an input in numbers of tokens."""
    given = content.get("input")
    if _has_numbers(given) and not lets_unseen:
        raise unseen("tokens")
    return content | {"input": looking.everything(given, Surface.PROMPT, "input")}


def whole(content: dict[str, Any], looking: Looking) -> dict[str, Any]:
    return content


def _has_numbers(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, list) and any(_has_numbers(each) for each in value))
