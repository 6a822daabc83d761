"""Log-probabilities of the tokens of an answer: those of what was found are left out, and what is no token too."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from vidocq.core.guarding import Hit, Surface
from vidocq.serve.surfaces.alternatives import unspelt
from vidocq.serve.surfaces.looking import Looking, is_outside
from vidocq.serve.surfaces.marks import digits_of

LISTS = ("tokens", "token_logprobs", "top_logprobs", "text_offset")
"""Fields of the older form, one entry of each a token."""
_MOST_TOLD = 64
_NEVER = -9999.0


def spelling(tokens: Any, text: str) -> list[dict[str, Any]] | None:
    """The tokens, if they are objects that spell the text; None if they are not."""
    if not isinstance(tokens, list) or not all(isinstance(each, dict) for each in tokens):
        return None
    words = [each.get("token") for each in tokens]
    if not all(isinstance(word, str) for word in words) or "".join(words) != text:
        return None
    return tokens


def kept(tokens: Sequence[dict[str, Any]], finds: Sequence[Hit], looking: Looking) -> list[dict[str, Any]]:
    """Those of a whole text that touch no find, with what else might have stood there."""
    return [told(each, looking) for each in unspelt(outside(tokens, finds), looking)]


def outside(tokens: Sequence[dict[str, Any]], finds: Sequence[Hit]) -> list[dict[str, Any]]:
    """Those of a whole text that touch no find."""
    found, at = [], 0
    for each in tokens:
        end = at + len(each["token"])
        if is_outside(finds, at, end):
            found.append(each)
        at = end
    return found


def told(token: dict[str, Any], looking: Looking) -> dict[str, Any]:
    """One token: its number and bytes, and the alternatives that say nothing by themselves."""
    found = _bare(token)
    if "top_logprobs" in token:
        found["top_logprobs"] = [_bare(each) for each in _said(token["top_logprobs"], looking)]
    return found


def older(logprobs: Any, text: str) -> list[dict[str, Any]] | None:
    """Parallel lists as objects, one a token; None where they do not spell the text."""
    if not isinstance(logprobs, dict) or not isinstance(logprobs.get("tokens"), list):
        return None
    tokens = logprobs["tokens"]
    lists = {name: logprobs[name] for name in LISTS if isinstance(logprobs.get(name), list)}
    if any(len(each) != len(tokens) for each in lists.values()):
        return None
    return spelling([{"token": word} | {n: v[i] for n, v in lists.items()} for i, word in enumerate(tokens)], text)


def lists(tokens: Sequence[dict[str, Any]], looking: Looking) -> dict[str, Any]:
    """Objects as parallel lists again."""
    return {
        "tokens": [each["token"] for each in tokens],
        "token_logprobs": [_number(each.get("token_logprobs")) for each in tokens],
        "top_logprobs": [_table(each["top_logprobs"], looking) for each in tokens]
        if all("top_logprobs" in each for each in tokens)
        else None,
        "text_offset": [_number(each.get("text_offset")) for each in tokens],
    }


def _bare(token: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"token": token["token"], "logprob": _number(token.get("logprob"))}
    if "bytes" in token:
        found["bytes"] = token["bytes"] if token["bytes"] == list(token["token"].encode()) else None
    return found


def _said(tops: Any, looking: Looking) -> Iterable[dict[str, Any]]:
    if not isinstance(tops, list):
        return []
    words = [each for each in tops[:_MOST_TOLD] if isinstance(each, dict) and isinstance(each.get("token"), str)]
    return [each for each in words if looking.says_nothing(each["token"], Surface.ANSWER)]


def _table(tops: Any, looking: Looking) -> Any:
    if not isinstance(tops, dict):
        return None
    words = list(tops.items())[:_MOST_TOLD]
    return {word: _number(value) for word, value in words if looking.says_nothing(word, Surface.ANSWER)}


def _number(value: Any) -> float | None:
    """The number, if it is one; that of a token which cannot come as OpenAI's API writes it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if value == -math.inf:
        return _NEVER
    return value if math.isfinite(value) and not digits_of(value) else None
