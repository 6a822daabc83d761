"""Completions of a text: /v1/completions."""

from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unreadable, unseen
from vidocq.serve.surfaces import tokens
from vidocq.serve.surfaces.alternatives import unspelt
from vidocq.serve.surfaces.channel import Channel
from vidocq.serve.surfaces.chat import FILTERED
from vidocq.serve.surfaces.chat_stream import wanted
from vidocq.serve.surfaces.heads import Head, figures
from vidocq.serve.surfaces.looking import MOST, Looking, place_in, table, text_in

_UNTOLD = ("token_ids", "prompt_token_ids", "prompt_logprobs")


def asked(content: dict[str, Any], looking: Looking, *, lets_unseen: bool) -> dict[str, Any]:
    """The request as it goes on. Raises Blocked, or Refusal for a prompt in numbers of tokens, which cannot be read."""
    if has_numbers(content.get("prompt")) and not lets_unseen:
        raise unseen("tokens")
    if content.get("prompt_embeds") is not None and not lets_unseen:
        raise unseen("prompt_embeds")
    return looking.fields(content, Surface.PROMPT, "", but=())


def has_numbers(value: Any) -> bool:
    return isinstance(value, int | float) or (isinstance(value, list) and any(has_numbers(each) for each in value))


def whole(content: dict[str, Any], looking: Looking) -> dict[str, Any]:
    found = looking.fields(content, Surface.ANSWER, "", but=("choices", *_UNTOLD))
    if "choices" not in content:
        return found
    choices = content["choices"]
    if not isinstance(choices, list):
        return found | {"choices": looking.everything(choices, Surface.ANSWER, "choices")}
    return found | {"choices": [_choice(table(each), looking, f"choices.{at}") for at, each in enumerate(choices)]}


def _choice(choice: dict[str, Any], looking: Looking, place: str) -> dict[str, Any]:
    found = looking.fields(choice, Surface.ANSWER, place, but=("text", "logprobs", *_UNTOLD))
    text = text_in(choice.get("text"))
    checked = looking.checked(text, Surface.ANSWER, f"{place}.text")
    found["text"] = checked.text
    if "logprobs" in choice:
        found["logprobs"] = None if checked.blocked else _logprobs(choice["logprobs"], text, checked.finds, looking)
    return found if checked.blocked is None else found | {"finish_reason": FILTERED}


def _logprobs(logprobs: Any, text: str, finds: Any, looking: Looking) -> Any:
    """As parallel lists, or as objects, whichever they came in."""
    if isinstance(logprobs, dict) and "content" in logprobs:
        spelt = tokens.spelling(logprobs["content"], text)
        return None if spelt is None else {"content": tokens.kept(spelt, finds, looking)}
    spelt = tokens.older(logprobs, text)
    return None if spelt is None else tokens.lists(unspelt(tokens.outside(spelt, finds), looking), looking)


class CompletionStream:
    """Chunks of a streamed completion in, chunks that may be said out."""

    def __init__(self, looking: Looking, request: dict[str, Any]) -> None:
        self._looking = looking
        prompt = request.get("prompt")
        self._wanted = min(MOST, wanted(request) * (len(prompt) if isinstance(prompt, list) else 1))
        self._channels: dict[int, Channel] = {}
        self._ended: set[int] = set()
        self._head = Head(looking)

    def feed(self, chunk: dict[str, Any]) -> list[dict[str, Any]]:
        """What may be said now. Raises Blocked, or Refusal for what is no chunk."""
        choices = chunk.get("choices") or []
        if not isinstance(choices, list):
            raise unreadable()
        head = self._head.of(chunk)
        usage = figures(chunk.get("usage"))
        made = [{**head, "choices": [each]} for choice in choices for each in self._choice(table(choice))]
        if not choices or (not made and usage is not None):
            made.append({**head, "choices": []})
        if "usage" in chunk:
            for each in made:
                each["usage"] = None
            if made:
                made[-1]["usage"] = usage
        return made

    def close(self) -> list[dict[str, Any]]:
        found = []
        for index, channel in self._channels.items():
            if index not in self._ended:
                found += self._rest(index, channel, {"finish_reason": None})
        return [{**self._head.of({}), "choices": [each]} for each in found]

    @property
    def is_over(self) -> bool:
        return len(self._channels) >= self._wanted and all(each.is_blocked for each in self._channels.values())

    @property
    def is_complete(self) -> bool:
        return len(self._channels) >= self._wanted and len(self._ended) == len(self._channels)

    def _choice(self, choice: dict[str, Any]) -> list[dict[str, Any]]:
        index = place_in(choice)
        if index in self._ended:
            return []
        if index not in self._channels:
            self._channels[index] = Channel.of(self._looking, Surface.ANSWER, f"choices.{index}.text")
        channel, piece = self._channels[index], text_in(choice.get("text"))
        let_go = channel.add(piece, tokens.older(choice.get("logprobs"), piece))
        if channel.is_blocked:
            self._ended.add(index)
            return [{"index": index, "text": let_go, "logprobs": None, "finish_reason": FILTERED}]
        made = [self._said(index, let_go, channel) | {"finish_reason": None}] if let_go else []
        if choice.get("finish_reason") is not None:
            reason = text_in(choice["finish_reason"])
            ended = {"finish_reason": self._looking.field("finish_reason", reason, Surface.ANSWER, "choices")}
            if choice.get("stop_reason") is not None:
                ended["stop_reason"] = self._looking.field(
                    "stop_reason", choice["stop_reason"], Surface.ANSWER, "choices"
                )
            made += self._rest(index, channel, ended)
        return made

    def _rest(self, index: int, channel: Channel, ended: dict[str, Any]) -> list[dict[str, Any]]:
        let_go = channel.end()
        self._ended.add(index)
        if channel.is_blocked:
            return [{"index": index, "text": let_go, "logprobs": None, "finish_reason": FILTERED}]
        return [self._said(index, let_go, channel, is_last=True) | ended]

    def _said(self, index: int, text: str, channel: Channel, *, is_last: bool = False) -> dict[str, Any]:
        told = channel.tokens(is_last=is_last)
        return {"index": index, "text": text, "logprobs": tokens.lists(told, self._looking) if told else None}
