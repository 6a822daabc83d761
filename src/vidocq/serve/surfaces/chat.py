"""Chat completions, /v1/chat/completions: requests, and answers in one piece."""

from collections.abc import Sequence
from typing import Any

from vidocq.core.guarding import Hit, Surface
from vidocq.serve.envelope import unseen
from vidocq.serve.surfaces import tokens
from vidocq.serve.surfaces.looking import Blocked, Looking, table, within
from vidocq.serve.surfaces.parts import mended

FILTERED = "content_filter"
TEXTS = {
    "content": Surface.ANSWER,
    "refusal": Surface.ANSWER,
    "reasoning_content": Surface.REASONING,
    "reasoning": Surface.REASONING,
}
CALLS = ("tool_calls", "function_call")
_SPELT = ("content", "refusal")
"""Texts that log-probabilities are told of."""
_PARTS = ("text", "input_text", "output_text", "reasoning_text", "summary_text", "refusal")
_UNTOLD = frozenset({"token_ids", "prompt_token_ids", "prompt_logprobs", "audio"})
"""Fields of an answer that say it again in a form which cannot be looked through: they are left out."""


def asked(content: dict[str, Any], looking: Looking, *, lets_unseen: bool) -> dict[str, Any]:
    """The request as it goes on. Raises Blocked, or Refusal for what cannot be looked through."""
    found = looking.fields(content, Surface.PROMPT, "", but=("messages",))
    if "messages" not in content:
        return found
    messages = content["messages"]
    if not isinstance(messages, list):
        return found | {"messages": looking.everything(messages, Surface.PROMPT, "messages")}
    return found | {
        "messages": [
            _message(each, looking, f"messages.{at}", lets_unseen=lets_unseen) for at, each in enumerate(messages)
        ]
    }


def _message(message: Any, looking: Looking, place: str, *, lets_unseen: bool) -> Any:
    if not isinstance(message, dict):
        return looking.everything(message, Surface.PROMPT, place)
    content = message.get("content")
    parts = isinstance(content, list)
    found = looking.fields(message, Surface.PROMPT, place, but=(*CALLS, "content") if parts else CALLS)
    for name in CALLS:
        if name in message:
            found[name] = _calls(message[name], looking, Surface.PROMPT, f"{place}.{name}")
    if isinstance(content, list):
        at = f"{place}.content"
        whole_parts = mended(content, looking, Surface.PROMPT, at)
        found["content"] = [part(each, looking, at, lets_unseen=lets_unseen) for each in whole_parts]
    return found


def part(value: Any, looking: Looking, place: str, *, lets_unseen: bool) -> Any:
    """One part of what a user says: text is looked through, pictures and sound cannot be."""
    if not isinstance(value, dict):
        return looking.everything(value, Surface.PROMPT, place)
    kind = value.get("type")
    if kind not in _PARTS:
        if not lets_unseen:
            raise unseen(kind if kind in ("image_url", "input_image", "input_audio", "input_file", "file") else "?")
        return value
    return looking.fields(value, Surface.PROMPT, place, but=())


def _calls(value: Any, looking: Looking, surface: Surface, place: str) -> Any:
    """Calls of tools: their arguments and names are looked through, their ids and types are structure."""
    if isinstance(value, list):
        return [_calls(each, looking, surface, f"{place}.{at}") for at, each in enumerate(value)]
    if not isinstance(value, dict):
        return looking.everything(value, surface, place)
    return looking.fields(value, surface, place, but=())


def whole(content: dict[str, Any], looking: Looking) -> dict[str, Any]:
    """An answer that comes in one piece, as it may be said."""
    found = looking.fields(content, Surface.ANSWER, "", but=("choices", *_UNTOLD))
    if "choices" not in content:
        return found
    choices = content["choices"]
    if not isinstance(choices, list):
        return found | {"choices": looking.everything(choices, Surface.ANSWER, "choices")}
    return found | {"choices": [_choice(table(each), looking, f"choices.{at}") for at, each in enumerate(choices)]}


def _choice(choice: dict[str, Any], looking: Looking, place: str) -> dict[str, Any]:
    message = table(choice.get("message"))
    found: dict[str, Any] = {}
    came: dict[str, Any] = choice["logprobs"] if isinstance(choice.get("logprobs"), dict) else {}
    logprobs: dict[str, Any] = dict.fromkeys(name for name in _SPELT if name in came)
    is_cut = False
    for name, value in message.items():
        at = within(f"{place}.message", name)
        if name in _UNTOLD:
            continue
        if name in TEXTS and isinstance(value, str):
            checked = looking.checked(value, TEXTS[name], at)
            found[name] = checked.text
            if name in logprobs and checked.blocked is None:
                logprobs[name] = _tokens_kept(came[name], value, checked.finds, looking)
            is_cut = is_cut or checked.blocked is not None
            continue
        try:
            if name in CALLS:
                found[name] = _calls(value, looking, Surface.ARGUMENTS, at)
            else:
                surface = TEXTS.get(name, Surface.ANSWER)
                parts = mended(value, looking, surface, at) if isinstance(value, list) else value
                told = looking.name(name, surface, f"{place}.message")
                found[told] = looking.field(name, parts, surface, f"{place}.message")
        except Blocked:
            is_cut = True
    rest = looking.fields(choice, Surface.ANSWER, place, but=("message", "logprobs", *_UNTOLD))
    if "logprobs" in choice:
        rest["logprobs"] = logprobs if any(each is not None for each in logprobs.values()) else None
    if is_cut:
        found = {name: found[name] for name in found if name in ("role", "content", "refusal")}
        rest["finish_reason"] = FILTERED
    return rest | {"message": found}


def _tokens_kept(given: Any, text: str, finds: Sequence[Hit], looking: Looking) -> list[dict[str, Any]] | None:
    """Log-probabilities without those of what was found; none where they do not spell the text."""
    spelt = tokens.spelling(given, text)
    return None if spelt is None else tokens.kept(spelt, finds, looking)
