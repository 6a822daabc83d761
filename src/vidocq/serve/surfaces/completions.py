"""Completions of a text: /v1/completions."""

from dataclasses import dataclass, field
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unseen
from vidocq.serve.surfaces.channel import Channel
from vidocq.serve.surfaces.chat import FILTERED
from vidocq.serve.surfaces.looking import Looking, is_outside

_LISTS = ("tokens", "token_logprobs", "top_logprobs", "text_offset")


def asked(content: dict[str, Any], looking: Looking, *, lets_unseen: bool) -> dict[str, Any]:
    """The request as it goes on. Raises Blocked, or Refusal for a prompt in numbers of tokens, which cannot be read."""
    found = dict(content)
    for name in ("prompt", "suffix"):
        if name in content:
            if _has_numbers(content[name]) and not lets_unseen:
                raise unseen("tokens")
            found[name] = looking.everything(content[name], Surface.PROMPT, name)
    return found


def _has_numbers(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, list) and any(_has_numbers(each) for each in value))


def whole(content: dict[str, Any], looking: Looking) -> dict[str, Any]:
    choices = content.get("choices")
    if not isinstance(choices, list):
        return content
    return content | {"choices": [_choice(each, looking, f"choices.{at}") for at, each in enumerate(choices)]}


def _choice(choice: Any, looking: Looking, place: str) -> Any:
    if not isinstance(choice, dict) or not isinstance(choice.get("text"), str):
        return looking.everything(choice, Surface.ANSWER, place)
    text = choice["text"]
    checked = looking.guard.check(text, Surface.ANSWER)
    for find in checked.finds:
        looking.note(Surface.ANSWER, f"{place}.text", find)
    found = choice | {"text": checked.text}
    if choice.get("logprobs"):
        found["logprobs"] = (
            None if checked.blocked is not None else _tokens_kept(choice["logprobs"], text, list(checked.finds))
        )
    return found if checked.blocked is None else found | {"finish_reason": FILTERED}


def _tokens_kept(logprobs: Any, text: str, finds: list[Any]) -> Any:
    tokens = logprobs.get("tokens") if isinstance(logprobs, dict) else None
    if not isinstance(tokens, list) or "".join(map(str, tokens)) != text:
        return None
    kept, at = [], 0
    for which, token in enumerate(tokens):
        if is_outside(finds, at, at + len(token)):
            kept.append(which)
        at += len(token)
    return {
        name: [value[which] for which in kept] if name in _LISTS and isinstance(value, list) else value
        for name, value in logprobs.items()
    }


@dataclass
class CompletionStream:
    """Chunks of a streamed completion in, chunks that may be said out; log-probabilities of a stream are left out."""

    looking: Looking
    _channels: dict[int, Channel] = field(default_factory=dict)
    _ended: set[int] = field(default_factory=set)
    _last: dict[str, Any] = field(default_factory=dict)

    def feed(self, chunk: dict[str, Any]) -> list[dict[str, Any]]:
        choices = chunk.get("choices")
        if not isinstance(choices, list) or not choices:
            return [chunk]
        self._last = {name: value for name, value in chunk.items() if name not in ("choices", "usage")}
        found: list[dict[str, Any]] = []
        for choice in choices:
            if isinstance(choice, dict):
                found += self._choice(choice)
        made = [self._last | {"choices": [each]} for each in found]
        if made and "usage" in chunk:
            made[-1]["usage"] = chunk["usage"]
        return made

    def close(self) -> list[dict[str, Any]]:
        found = []
        for index, channel in self._channels.items():
            if index not in self._ended:
                found += self._rest(index, channel, None)
        return [self._last | {"choices": [each]} for each in found]

    @property
    def is_over(self) -> bool:
        return bool(self._channels) and all(channel.is_blocked for channel in self._channels.values())

    def _choice(self, choice: dict[str, Any]) -> list[dict[str, Any]]:
        index = choice.get("index", 0)
        if index in self._ended:
            return []
        if index not in self._channels:
            self._channels[index] = Channel.of(self.looking, Surface.ANSWER, f"choices.{index}.text")
        channel = self._channels[index]
        let_go = channel.add(str(choice.get("text") or ""))
        made = []
        if let_go or channel.is_blocked:
            made.append(self._said(index, let_go, FILTERED if channel.is_blocked else None))
        if channel.is_blocked:
            self._ended.add(index)
        elif choice.get("finish_reason") is not None:
            made += self._rest(index, channel, choice["finish_reason"])
        return made

    def _rest(self, index: int, channel: Channel, reason: str | None) -> list[dict[str, Any]]:
        let_go = channel.end()
        self._ended.add(index)
        return [self._said(index, let_go, FILTERED if channel.is_blocked else reason)]

    @staticmethod
    def _said(index: int, text: str, reason: str | None) -> dict[str, Any]:
        return {"index": index, "text": text, "logprobs": None, "finish_reason": reason}
