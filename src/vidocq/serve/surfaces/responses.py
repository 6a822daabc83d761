"""Responses, /v1/responses: requests, and answers in one piece."""

import base64
import re
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unseen
from vidocq.serve.surfaces import tokens
from vidocq.serve.surfaces.chat import part
from vidocq.serve.surfaces.looking import Blocked, Looking, within
from vidocq.serve.surfaces.parts import mended

SURFACES = {
    "reasoning": Surface.REASONING,
    "function_call": Surface.ARGUMENTS,
    "custom_tool_call": Surface.ARGUMENTS,
    "mcp_call": Surface.ARGUMENTS,
}
FILTERED = {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}}
_PICTURES = frozenset({"image_generation_call", "computer_call", "computer_call_output", "input_image", "input_file"})
_SEALED = re.compile(r"[A-Za-z0-9+/_-]{64,}={0,2}")
"""What is encrypted and written in base64; a shorter one may be anything."""
_PRINTED = 0.75
"""Share of the characters of text among its bytes from which on something in base64 is text; of what is encrypted it is 0.4."""


def asked(content: dict[str, Any], looking: Looking, *, lets_unseen: bool) -> dict[str, Any]:
    """The request as it goes on. Raises Blocked, or Refusal for what cannot be looked through."""
    found = looking.fields(content, Surface.PROMPT, "", but=("input",))
    if "input" not in content:
        return found
    given = content["input"]
    if not isinstance(given, list):
        return found | {"input": looking.everything(given, Surface.PROMPT, "input")}
    return found | {
        "input": [_given(each, looking, f"input.{at}", lets_unseen=lets_unseen) for at, each in enumerate(given)]
    }


def _given(item: Any, looking: Looking, place: str, *, lets_unseen: bool) -> Any:
    if not isinstance(item, dict):
        return looking.everything(item, Surface.PROMPT, place)
    if item.get("type") in _PICTURES:
        if not lets_unseen:
            raise unseen(item["type"])
        return item
    apart = [name for name in ("content", "output") if isinstance(item.get(name), list)]
    found = looking.fields(item, Surface.PROMPT, place, but=[*apart, "encrypted_content"])
    for name in apart:
        at = f"{place}.{name}"
        whole_parts = mended(item[name], looking, Surface.PROMPT, at)
        found[name] = [part(each, looking, at, lets_unseen=lets_unseen) for each in whole_parts]
    return found | _sealed(item, looking, Surface.PROMPT, place)


def _sealed(item: dict[str, Any], looking: Looking, surface: Surface, place: str) -> dict[str, Any]:
    """What the model's server wrote for itself alone, under its own key."""
    if "encrypted_content" not in item:
        return {}
    value = item["encrypted_content"]
    if isinstance(value, str) and _is_sealed(value):
        return {"encrypted_content": value}
    return {"encrypted_content": looking.everything(value, surface, place)}


def _is_sealed(value: str) -> bool:
    """Whether these are bytes in base64 that are no text."""
    if _SEALED.fullmatch(value) is None:
        return False
    bare = value.rstrip("=").replace("-", "+").replace("_", "/")
    data = base64.b64decode(bare[: len(bare) // 4 * 4])
    return sum(0x20 <= byte < 0x7F for byte in data) < _PRINTED * len(data)


def whole(content: dict[str, Any], looking: Looking) -> dict[str, Any]:
    """An answer that comes in one piece; without what follows once something is blocked."""
    found = looking.fields(content, Surface.ANSWER, "", but=("output", "output_text"))
    if "output" not in content:
        return found
    output = content["output"]
    if not isinstance(output, list):
        return found | {"output": looking.everything(output, Surface.ANSWER, "output")}
    kept: list[Any] = []
    for at, each in enumerate(output):
        try:
            kept.append(item(each, looking, f"output.{at}"))
        except Blocked:
            return found | {"output": kept} | FILTERED
    return found | {"output": kept}


def item(value: Any, looking: Looking, place: str) -> Any:
    """One piece of output, or a part of one. Raises Blocked."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "image_generation_call":
        return {name: value[name] for name in ("id", "type", "status") if name in value}
    surface = SURFACES.get(kind, Surface.ANSWER) if isinstance(kind, str) else Surface.ANSWER
    return _texts(value, looking, surface, place)


def _texts(value: Any, looking: Looking, surface: Surface, place: str) -> Any:
    """Every text but words of the structure; log-probabilities are left out where something was found."""
    if isinstance(value, list):
        parts = mended(value, looking, surface, place)
        return [_texts(each, looking, surface, f"{place}.{at}") for at, each in enumerate(parts)]
    if not isinstance(value, dict):
        return looking.everything(value, surface, place)
    found: dict[str, Any] = {}
    for name, each in value.items():
        if name in ("logprobs", "encrypted_content"):
            continue
        if isinstance(each, dict | list):
            found[looking.name(name, surface, place)] = _texts(each, looking, surface, within(place, name))
        else:
            found[looking.name(name, surface, place)] = looking.field(name, each, surface, place)
    if "logprobs" in value:
        text = value.get("text")
        is_whole = isinstance(text, str) and found.get("text") == text
        spelt = tokens.spelling(value["logprobs"], text) if isinstance(text, str) and is_whole else None
        found["logprobs"] = [] if spelt is None else tokens.kept(spelt, (), looking)
    return found | _sealed(value, looking, surface, place)
