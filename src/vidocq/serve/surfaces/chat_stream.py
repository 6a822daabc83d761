"""Chat completions that are streamed."""

from dataclasses import dataclass, field
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unreadable
from vidocq.serve.surfaces import tokens
from vidocq.serve.surfaces.channel import Channel
from vidocq.serve.surfaces.chat import FILTERED, TEXTS
from vidocq.serve.surfaces.heads import Head, figures, remarks
from vidocq.serve.surfaces.looking import MOST, Looking, place_in, table, text_in

_CALL = {"function": "arguments", "custom": "input"}
"""Where the text of a call stands, by the kind of its tool."""
_REMARKS = ("content_filter_results", "stop_reason")
_ENDS = ("stop_reason", "matched_stop", "native_finish_reason")
_EMPTY = ("content", "refusal", "role", "tool_calls", "function_call", "audio", "reasoning", "reasoning_content")
"""Fields of a piece that may be told to be nothing."""


@dataclass(slots=True)
class _Choice:
    """channels  by field and, for calls of tools, their number.
    once      what was said that is said but once: the role, and of each call its name, id and kind.
    """

    channels: dict[tuple[str, int], Channel] = field(default_factory=dict)
    once: set[tuple[str, int]] = field(default_factory=set)
    has_ended: bool = False
    is_stopped: bool = False


class ChatStream:
    """Chunks of a streamed answer in, chunks that may be said out."""

    def __init__(self, looking: Looking, request: dict[str, Any]) -> None:
        self._looking = looking
        self._wanted = wanted(request)
        self._choices: dict[int, _Choice] = {}
        self._head = Head(looking)

    def feed(self, chunk: dict[str, Any]) -> list[dict[str, Any]]:
        """What may be said now. Raises Blocked, or Refusal for what is no chunk."""
        choices = chunk.get("choices") or []
        if not isinstance(choices, list):
            raise unreadable()
        head = self._head.of(chunk)
        usage = figures(chunk.get("usage"))
        if not choices:
            return [{**head, "choices": [], **({"usage": usage} if "usage" in chunk else {})}]
        made = [{**head, "choices": [each]} for choice in choices for each in self._choice(table(choice))]
        if "usage" in chunk:
            if not made and usage is not None:
                made.append({**head, "choices": []})
            for each in made:
                each["usage"] = None
            if made:
                made[-1]["usage"] = usage
        return made

    def close(self) -> list[dict[str, Any]]:
        """What is left of choices that nobody ended."""
        found = []
        for index, held in self._choices.items():
            if not held.has_ended:
                found += self._rest(index, held, None)
        return [{**self._head.of({}), "choices": [each]} for each in found]

    @property
    def is_over(self) -> bool:
        """Every choice was stopped by the filters: nothing more will be said, whatever comes."""
        return len(self._choices) >= self._wanted and all(held.is_stopped for held in self._choices.values())

    @property
    def is_complete(self) -> bool:
        """Every choice has come to its end."""
        return len(self._choices) >= self._wanted and all(held.has_ended for held in self._choices.values())

    def _choice(self, choice: dict[str, Any]) -> list[dict[str, Any]]:
        index = place_in(choice)
        held = self._choices.setdefault(index, _Choice())
        if held.has_ended:
            return []
        said, told = self._delta(index, held, table(choice.get("delta")), choice.get("logprobs"))
        if any(channel.is_blocked for channel in held.channels.values()):
            return self._stopped(index, held, said)
        rest = remarks(choice, _REMARKS)
        made = []
        reason = choice.get("finish_reason")
        if said or (reason is None and any(value is not None for value in rest.values())):
            logprobs = {"logprobs": told or None} if "logprobs" in choice else {}
            made.append({"index": index, "delta": said, **logprobs, "finish_reason": None, **rest})
        if reason is not None:
            reason = self._looking.field("finish_reason", text_in(reason), Surface.ANSWER, "choices")
            made += self._rest(index, held, {"finish_reason": reason, **rest, **self._ends(choice)})
        return made

    def _ends(self, choice: dict[str, Any]) -> dict[str, Any]:
        """What is said of the end, once."""
        names = [name for name in _ENDS if choice.get(name) is not None]
        return {name: self._looking.field(name, choice[name], Surface.ANSWER, "choices") for name in names}

    def _delta(
        self, index: int, held: _Choice, delta: dict[str, Any], logprobs: Any
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """What of it may be said now, with its log-probabilities; fields that are not known are left out."""
        said: dict[str, Any] = {}
        told: dict[str, Any] = {}
        for name, value in delta.items():
            if name in TEXTS and value is not None:
                piece = text_in(value)
                channel = self._channel(held, index, name, 0, TEXTS[name])
                given = tokens.spelling(logprobs.get(name), piece) if isinstance(logprobs, dict) else None
                let_go = channel.add(piece, given)
                if let_go or not piece:
                    said[name] = let_go
                    if given:
                        told[name] = self._tokens(channel)
            elif name == "tool_calls" and isinstance(value, list):
                calls = [self._call(held, index, table(call)) for call in value]
                if any(calls):
                    said[name] = [call for call in calls if call is not None]
            elif name == "function_call" and isinstance(value, dict):
                function = self._function(held, index, name, 0, value, "arguments")
                if function:
                    said[name] = function
            elif name == "role" and value is not None:
                if _first(held, name, 0):
                    said[name] = self._looking.field(name, text_in(value), Surface.ANSWER, f"choices.{index}.delta")
            elif value is None and name in _EMPTY:
                said[name] = None
        return said, told

    def _tokens(self, channel: Channel, *, is_last: bool = False) -> list[dict[str, Any]]:
        return [tokens.told(each, self._looking) for each in channel.tokens(is_last=is_last)]

    def _channel(self, held: _Choice, index: int, name: str, at: int, surface: Surface) -> Channel:
        if (name, at) not in held.channels:
            held.channels[name, at] = Channel.of(self._looking, surface, f"choices.{index}.delta.{name}")
        return held.channels[name, at]

    def _call(self, held: _Choice, index: int, call: dict[str, Any]) -> dict[str, Any] | None:
        """A piece of a call; None if nothing of it may be said yet."""
        at = place_in(call)
        made: dict[str, Any] = {"index": at}
        for name in ("id", "type"):
            if call.get(name) and _first(held, name, at):
                made[name] = self._looking.field(name, text_in(call[name]), Surface.ARGUMENTS, "tool_calls")
        for kind, text in _CALL.items():
            if call.get(kind) is not None:
                function = self._function(held, index, kind, at, table(call[kind]), text)
                if function:
                    made[kind] = function
        return made if len(made) > 1 else None

    def _function(
        self, held: _Choice, index: int, kind: str, at: int, function: dict[str, Any], text: str
    ) -> dict[str, Any]:
        """A piece of what is called, its name once and whole."""
        made: dict[str, Any] = {}
        if function.get("name") and _first(held, kind, at):
            made["name"] = self._looking.through(text_in(function["name"]), Surface.ARGUMENTS, "tool_calls.name")
        if function.get(text) is not None:
            piece = text_in(function[text])
            let_go = self._channel(held, index, kind, at, Surface.ARGUMENTS).add(piece)
            if let_go or not piece or made:
                made[text] = let_go
        return made

    def _rest(self, index: int, held: _Choice, ended: dict[str, Any] | None) -> list[dict[str, Any]]:
        """What was held back, once nothing more comes, and then the end of the choice."""
        made: list[dict[str, Any]] = []
        for (name, at), channel in held.channels.items():
            let_go = channel.end()
            said: dict[str, Any] = {}
            if let_go and name in TEXTS:
                said = {name: let_go}
            elif let_go and name == "function_call":
                said = {name: {"arguments": let_go}}
            elif let_go:
                said = {"tool_calls": [{"index": at, name: {_CALL[name]: let_go}}]}
            if channel.is_blocked:
                return [*made, *self._stopped(index, held, said)]
            told = self._tokens(channel, is_last=True) if name in TEXTS else []
            if said or told:
                logprobs = {"logprobs": {name: told}} if told else {}
                made.append({"index": index, "delta": said, **logprobs, "finish_reason": None})
        held.has_ended = True
        return made if ended is None else [*made, {"index": index, "delta": {}, **ended}]

    @staticmethod
    def _stopped(index: int, held: _Choice, said: dict[str, Any]) -> list[dict[str, Any]]:
        held.has_ended = held.is_stopped = True
        kept = {name: value for name, value in said.items() if name in TEXTS or name == "role"}
        return [{"index": index, "delta": kept, "finish_reason": FILTERED}]


def _first(held: _Choice, name: str, at: int) -> bool:
    """Whether this is said for the first time."""
    is_first = (name, at) not in held.once
    held.once.add((name, at))
    return is_first


def wanted(request: dict[str, Any]) -> int:
    """Answers that were asked for; a number that is none is taken for one, which the model's server refuses."""
    n = request.get("n")
    return min(n, MOST) if isinstance(n, int) and n > 0 else 1
