"""Chat completions: /v1/chat/completions."""

from dataclasses import dataclass, field
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unseen
from vidocq.serve.surfaces.channel import Channel
from vidocq.serve.surfaces.looking import Blocked, Looking, is_outside

FILTERED = "content_filter"
TEXTS = {
    "content": Surface.ANSWER,
    "refusal": Surface.ANSWER,
    "reasoning_content": Surface.REASONING,
    "reasoning": Surface.REASONING,
}
_PARTS = ("text", "input_text", "output_text", "refusal")
_STRUCTURE = frozenset({"role", "tool_call_id", "id", "type"})


def asked(content: dict[str, Any], looking: Looking, *, lets_unseen: bool) -> dict[str, Any]:
    """The request as it goes on. Raises Blocked, or Refusal for what cannot be looked through."""
    messages = content.get("messages")
    if not isinstance(messages, list):
        return content
    return content | {
        "messages": [
            _message(each, looking, f"messages.{at}", lets_unseen=lets_unseen) for at, each in enumerate(messages)
        ]
    }


def _message(message: Any, looking: Looking, place: str, *, lets_unseen: bool) -> Any:
    if not isinstance(message, dict):
        return looking.everything(message, Surface.PROMPT, place)
    found = {}
    for name, value in message.items():
        if name in _STRUCTURE:
            found[name] = value
        elif name == "content" and isinstance(value, list):
            found[name] = [part(each, looking, f"{place}.content", lets_unseen=lets_unseen) for each in value]
        elif name in ("tool_calls", "function_call"):
            found[name] = _calls(value, looking, Surface.PROMPT, f"{place}.{name}")
        else:
            found[name] = looking.everything(value, Surface.PROMPT, f"{place}.{name}")
    return found


def part(value: Any, looking: Looking, place: str, *, lets_unseen: bool) -> Any:
    """One part of what a user says: text is looked through, pictures and sound cannot be."""
    if isinstance(value, dict) and value.get("type") not in _PARTS:
        if not lets_unseen:
            raise unseen(str(value.get("type"))[:20] if str(value.get("type")).isidentifier() else "?")
        return value
    if isinstance(value, dict):
        return {
            name: each if name == "type" else looking.everything(each, Surface.PROMPT, f"{place}.{name}")
            for name, each in value.items()
        }
    return looking.everything(value, Surface.PROMPT, place)


def _calls(value: Any, looking: Looking, surface: Surface, place: str) -> Any:
    """Calls of tools: their arguments and names are looked through, their ids and types are structure."""
    if isinstance(value, list):
        return [_calls(each, looking, surface, place) for each in value]
    if not isinstance(value, dict):
        return looking.everything(value, surface, place)
    return {
        name: each
        if name in ("id", "type", "index")
        else _calls(each, looking, surface, f"{place}.{name}")
        if isinstance(each, dict)
        else looking.everything(each, surface, f"{place}.{name}")
        for name, each in value.items()
    }


def whole(content: dict[str, Any], looking: Looking) -> dict[str, Any]:
    """An answer that comes in one piece, as it may be said."""
    choices = content.get("choices")
    if not isinstance(choices, list):
        return content
    return content | {"choices": [_choice(each, looking, f"choices.{at}") for at, each in enumerate(choices)]}


def _choice(choice: Any, looking: Looking, place: str) -> Any:
    if not isinstance(choice, dict):
        return looking.everything(choice, Surface.ANSWER, place)
    message = choice.get("message") or {}
    found: dict[str, Any] = {}
    finished, logprobs = choice.get("finish_reason"), choice.get("logprobs")
    for name, value in message.items():
        at = f"{place}.message.{name}"
        if name in _STRUCTURE or value is None:
            found[name] = value
        elif name in ("tool_calls", "function_call"):
            try:
                found[name] = _calls(value, looking, Surface.ARGUMENTS, at)
            except Blocked:
                finished = FILTERED
        elif name in TEXTS and isinstance(value, str):
            checked = looking.guard.check(value, TEXTS[name])
            for find in checked.finds:
                looking.note(TEXTS[name], at, find)
            found[name] = checked.text
            if name in ("content", "refusal"):
                logprobs = tokens_kept(logprobs, name, value, list(checked.finds), is_cut=checked.blocked is not None)
            finished = FILTERED if checked.blocked is not None else finished
        else:
            try:
                found[name] = looking.everything(value, TEXTS.get(name, Surface.ANSWER), at)
            except Blocked:
                finished = FILTERED
    if finished == FILTERED:
        found = {name: found[name] for name in found if name in ("role", "content", "refusal")}
    rest = {k: v for k, v in choice.items() if k not in ("message", "finish_reason", "logprobs")}
    told = {} if "logprobs" not in choice else {"logprobs": logprobs}
    return rest | {"message": found} | told | {"finish_reason": finished}


def tokens_kept(logprobs: Any, name: str, text: str, finds: list[Any], *, is_cut: bool) -> Any:
    """Log-probabilities without those of what was found; None where they do not spell the text, or it was cut."""
    tokens = logprobs.get(name) if isinstance(logprobs, dict) else None
    if not tokens:
        return logprobs
    if is_cut or "".join(str(each.get("token", "")) for each in tokens) != text:
        return None
    kept, at = [], 0
    for each in tokens:
        end = at + len(each["token"])
        if is_outside(finds, at, end):
            kept.append(each)
        at = end
    return logprobs | {name: kept}


@dataclass
class _Choice:
    channels: dict[tuple[str, int], Channel] = field(default_factory=dict)
    has_ended: bool = False
    is_stopped: bool = False


@dataclass
class ChatStream:
    """Chunks of a streamed answer in, chunks that may be said out."""

    looking: Looking
    _choices: dict[int, _Choice] = field(default_factory=dict)
    _last: dict[str, Any] = field(default_factory=dict)

    def feed(self, chunk: dict[str, Any]) -> list[dict[str, Any]]:
        """What may be said now. Chunks without a choice, such as that of the usage, pass as they are."""
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
        """What is left of choices that nobody ended."""
        found = []
        for index, held in self._choices.items():
            if not held.has_ended:
                found += self._rest(index, held, {})
        return [self._last | {"choices": [each]} for each in found]

    @property
    def is_over(self) -> bool:
        """Every choice was stopped by the filters: nothing more will be said, whatever comes."""
        return bool(self._choices) and all(held.is_stopped for held in self._choices.values())

    def _choice(self, choice: dict[str, Any]) -> list[dict[str, Any]]:
        index = choice.get("index", 0)
        held = self._choices.setdefault(index, _Choice())
        if held.has_ended:
            return []
        delta, said = choice.get("delta") or {}, {}
        tokens: dict[str, list[Any]] = {}
        for name, value in delta.items():
            if name == "role":
                said[name] = value
            elif name in TEXTS and isinstance(value, str):
                given = (choice.get("logprobs") or {}).get(name)
                channel = self._channel(held, index, name, 0, TEXTS[name])
                self._put(said, name, channel.add(value, given), value)
                if given is not None:
                    tokens[name] = channel.tokens()
            elif name == "tool_calls" and isinstance(value, list):
                self._calls(held, index, value, said)
            elif name == "function_call" and isinstance(value, dict):
                calls = self._call(held, index, 0, {"function": value})
                if calls is not None:
                    said[name] = calls["function"]
            elif value is None:
                said[name] = None
        if any(channel.is_blocked for channel in held.channels.values()):
            return self._stopped(index, held, said)
        made = []
        rest = {k: v for k, v in choice.items() if k not in ("delta", "finish_reason", "logprobs", "index")}
        if said or rest:
            told = {} if "logprobs" not in choice else {"logprobs": tokens or None}
            made.append({"index": index, "delta": said} | told | {"finish_reason": None} | rest)
        if choice.get("finish_reason") is not None:
            ended = {"finish_reason": choice["finish_reason"]}
            made += self._rest(index, held, ended)
        return made

    def _channel(self, held: _Choice, index: int, name: str, at: int, surface: Surface) -> Channel:
        if (name, at) not in held.channels:
            held.channels[name, at] = Channel.of(self.looking, surface, f"choices.{index}.delta.{name}")
        return held.channels[name, at]

    def _calls(self, held: _Choice, index: int, value: list[Any], said: dict[str, Any]) -> None:
        made = []
        for call in value:
            if isinstance(call, dict):
                found = self._call(held, index, call.get("index", 0), call)
                if found is not None:
                    made.append(found)
        if made:
            said["tool_calls"] = made

    def _call(self, held: _Choice, index: int, at: int, call: dict[str, Any]) -> dict[str, Any] | None:
        """A piece of a call; None if nothing of it may be said yet."""
        function = dict(call.get("function") or {})
        channel = self._channel(held, index, "arguments", at, Surface.ARGUMENTS)
        piece = function.pop("arguments", None)
        if isinstance(function.get("name"), str):
            named = self._channel(held, index, "name", at, Surface.ARGUMENTS)
            function["name"] = named.add(function["name"]) + named.end()
        let_go = "" if piece is None else channel.add(str(piece))
        if not let_go and not function and "id" not in call:
            return None
        if piece is not None:
            function["arguments"] = let_go
        return call | {"function": function}

    def _rest(self, index: int, held: _Choice, ended: dict[str, Any]) -> list[dict[str, Any]]:
        """What was held back, once nothing more comes, and then the end of the choice."""
        made: list[dict[str, Any]] = []
        for (name, at), channel in held.channels.items():
            let_go = channel.end()
            if channel.is_blocked:
                return [*made, *self._stopped(index, held, {name: let_go} if let_go and name in TEXTS else {})]
            if not let_go:
                continue
            if name in TEXTS:
                tokens = channel.tokens()
                told = {"logprobs": {name: tokens}} if tokens else {}
                made.append({"index": index, "delta": {name: let_go}} | told | {"finish_reason": None})
            else:
                call = {"index": at, "function": {"arguments": let_go}}
                made.append({"index": index, "delta": {"tool_calls": [call]}, "finish_reason": None})
        held.has_ended = True
        return [*made, {"index": index, "delta": {}} | ended] if ended else made

    @staticmethod
    def _put(said: dict[str, Any], name: str, let_go: str, piece: str) -> None:
        if let_go or not piece:
            said[name] = let_go

    @staticmethod
    def _stopped(index: int, held: _Choice, said: dict[str, Any]) -> list[dict[str, Any]]:
        held.has_ended = held.is_stopped = True
        kept = {name: value for name, value in said.items() if name in TEXTS or name == "role"}
        return [{"index": index, "delta": kept, "finish_reason": FILTERED}]
