"""Responses: /v1/responses."""

from dataclasses import dataclass, field
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.surfaces.channel import Channel
from vidocq.serve.surfaces.chat import part
from vidocq.serve.surfaces.looking import Blocked, Looking

_STRUCTURE = frozenset({"id", "type", "role", "status", "call_id", "object", "name", "encrypted_content"})
_DELTAS = {
    "response.output_text.delta": Surface.ANSWER,
    "response.refusal.delta": Surface.ANSWER,
    "response.reasoning_text.delta": Surface.REASONING,
    "response.reasoning_summary_text.delta": Surface.REASONING,
    "response.function_call_arguments.delta": Surface.ARGUMENTS,
    "response.custom_tool_call_input.delta": Surface.ARGUMENTS,
    "response.mcp_call_arguments.delta": Surface.ARGUMENTS,
}
_WHOLES = {
    "response.output_text.done": "text",
    "response.refusal.done": "refusal",
    "response.reasoning_text.done": "text",
    "response.reasoning_summary_text.done": "text",
    "response.function_call_arguments.done": "arguments",
    "response.custom_tool_call_input.done": "input",
    "response.mcp_call_arguments.done": "arguments",
}
_BARE = frozenset({"response.created", "response.in_progress", "response.queued"})
_PLACE = ("output_index", "content_index", "summary_index")
_SURFACES = {
    "reasoning": Surface.REASONING,
    "function_call": Surface.ARGUMENTS,
    "custom_tool_call": Surface.ARGUMENTS,
    "mcp_call": Surface.ARGUMENTS,
}
_FILTERED = {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}}


def asked(content: dict[str, Any], looking: Looking, *, lets_unseen: bool) -> dict[str, Any]:
    """The request as it goes on. Raises Blocked, or Refusal for what cannot be looked through."""
    found = dict(content)
    if "instructions" in content:
        found["instructions"] = looking.everything(content["instructions"], Surface.PROMPT, "instructions")
    given = content.get("input")
    if isinstance(given, list):
        found["input"] = [
            _given(each, looking, f"input.{at}", lets_unseen=lets_unseen) for at, each in enumerate(given)
        ]
    elif given is not None:
        found["input"] = looking.everything(given, Surface.PROMPT, "input")
    return found


def _given(item: Any, looking: Looking, place: str, *, lets_unseen: bool) -> Any:
    if not isinstance(item, dict):
        return looking.everything(item, Surface.PROMPT, place)
    found = {}
    for name, value in item.items():
        if name in _STRUCTURE:
            found[name] = value
        elif name == "content" and isinstance(value, list):
            found[name] = [part(each, looking, f"{place}.content", lets_unseen=lets_unseen) for each in value]
        else:
            found[name] = looking.everything(value, Surface.PROMPT, f"{place}.{name}")
    return found


def whole(content: dict[str, Any], looking: Looking) -> dict[str, Any]:
    """An answer that comes in one piece; without what follows once something is blocked."""
    output = content.get("output")
    if not isinstance(output, list):
        return content
    kept: list[Any] = []
    for at, item in enumerate(output):
        try:
            kept.append(_item(item, looking, f"output.{at}"))
        except Blocked:
            return content | {"output": kept} | _FILTERED
    return content | {"output": kept}


def _item(item: Any, looking: Looking, place: str) -> Any:
    surface = _SURFACES.get(str(item.get("type")), Surface.ANSWER) if isinstance(item, dict) else Surface.ANSWER
    return _texts(item, looking, surface, place)


def _texts(value: Any, looking: Looking, surface: Surface, place: str) -> Any:
    """Every text but words of the structure; log-probabilities are left out where something was found."""
    if isinstance(value, list):
        return [_texts(each, looking, surface, f"{place}.{at}") for at, each in enumerate(value)]
    if not isinstance(value, dict):
        return looking.everything(value, surface, place)
    found = {}
    for name, each in value.items():
        if name in _STRUCTURE or name == "logprobs":
            found[name] = each
        else:
            found[name] = _texts(each, looking, surface, f"{place}.{name}")
    if "logprobs" in found and found.get("text") != value.get("text"):
        found["logprobs"] = []
    return found


@dataclass
class ResponseStream:
    """Events in, events that may be said out. Numbers of sequence are given anew: events are left out and added."""

    looking: Looking
    _channels: dict[tuple[str, ...], Channel] = field(default_factory=dict)
    _sequence: int = 0
    _ended: bool = False
    _response: dict[str, Any] = field(default_factory=dict)

    def feed(self, event: dict[str, Any]) -> list[dict[str, Any]]:
        if self._ended:
            return []
        try:
            made = self._event(event)
        except Blocked:
            made = self._stopped()
        return [self._numbered(each) for each in made]

    def close(self) -> list[dict[str, Any]]:
        """Nothing is said that no event of the end stood for: what is held back then was never whole."""
        return []

    @property
    def is_over(self) -> bool:
        return self._ended

    def _event(self, event: dict[str, Any]) -> list[dict[str, Any]]:
        kind = str(event.get("type"))
        if kind in _DELTAS:
            channel = self._channel(kind.removesuffix(".delta"), event, _DELTAS[kind])
            let_go = channel.add(str(event.get("delta") or ""))
            said = [_without_tokens(event | {"delta": let_go})] if let_go else []
            return [*said, *self._stopped()] if channel.is_blocked else said
        if kind in _WHOLES:
            return self._done(kind, event)
        if kind.endswith(".delta"):
            return []  # of a kind that is not known: cut into pieces it cannot be looked through
        if isinstance(event.get("response"), dict):
            self._response = {k: v for k, v in event["response"].items() if k not in ("output", "error")}
            if kind in _BARE:
                return [event | {"response": whole(event["response"], self.looking)}]
            told = whole(event["response"], self.looking)
            if told.get("incomplete_details") == _FILTERED["incomplete_details"]:
                return self._stopped()
            self._ended = True
            return [event | {"response": told}]
        found = dict(event)
        for name in ("item", "part", "annotation"):
            if name in event:
                found[name] = _item(event[name], self.looking, name)
        if kind == "error":
            return [{"type": "error", "code": "upstream_failed", "message": "", "param": None}]
        return [found]

    def _done(self, kind: str, event: dict[str, Any]) -> list[dict[str, Any]]:
        """The rest of a text, then the whole of it as it was said."""
        base = kind.removesuffix(".done")
        channel = self._channel(base, event, _DELTAS[f"{base}.delta"])
        name = _WHOLES[kind]
        if not channel.said and not channel.held.done and isinstance(event.get(name), str):
            channel.add(event[name])
        rest = channel.end()
        made = []
        if rest:
            delta = {k: v for k, v in event.items() if k not in (name, "logprobs")}
            made.append(delta | {"type": f"{base}.delta", "delta": rest})
        if channel.is_blocked:
            return [*made, *self._stopped()]
        return [*made, _without_tokens(event | {name: "".join(channel.said)})]

    def _channel(self, base: str, event: dict[str, Any], surface: Surface) -> Channel:
        key = (base, *(str(event.get(name)) for name in _PLACE))
        if key not in self._channels:
            self._channels[key] = Channel.of(self.looking, surface, ".".join(key))
        return self._channels[key]

    def _stopped(self) -> list[dict[str, Any]]:
        self._ended = True
        response = self._response | {"output": []} | _FILTERED
        return [{"type": "response.incomplete", "response": response}]

    def _numbered(self, event: dict[str, Any]) -> dict[str, Any]:
        self._sequence += 1
        return event | {"sequence_number": self._sequence - 1}


def _without_tokens(event: dict[str, Any]) -> dict[str, Any]:
    return event | {"logprobs": []} if "logprobs" in event else event
