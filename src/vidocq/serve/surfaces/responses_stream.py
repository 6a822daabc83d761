"""Responses that are streamed."""

from typing import Any

from vidocq.core.guarding import Surface
from vidocq.serve.envelope import unreadable
from vidocq.serve.surfaces.channel import Channel
from vidocq.serve.surfaces.looking import MOST, Blocked, Looking, place_in, text_in
from vidocq.serve.surfaces.responses import FILTERED, item, whole

_DELTAS = {
    "response.output_text.delta": Surface.ANSWER,
    "response.refusal.delta": Surface.ANSWER,
    "response.reasoning_text.delta": Surface.REASONING,
    "response.reasoning_summary_text.delta": Surface.REASONING,
    "response.function_call_arguments.delta": Surface.ARGUMENTS,
    "response.custom_tool_call_input.delta": Surface.ARGUMENTS,
    "response.mcp_call_arguments.delta": Surface.ARGUMENTS,
    "response.code_interpreter_call_code.delta": Surface.ARGUMENTS,
}
_WHOLES = {
    "response.output_text.done": "text",
    "response.refusal.done": "refusal",
    "response.reasoning_text.done": "text",
    "response.reasoning_summary_text.done": "text",
    "response.function_call_arguments.done": "arguments",
    "response.custom_tool_call_input.done": "input",
    "response.mcp_call_arguments.done": "arguments",
    "response.code_interpreter_call_code.done": "code",
}
_BARE = frozenset({"response.created", "response.in_progress", "response.queued"})
_LAST = frozenset({"response.completed", "response.incomplete", "response.failed", "response.cancelled"})
_STEPS = frozenset(
    f"response.{kind}.{step}"
    for kind, steps in {
        "output_item": ("added", "done"),
        "content_part": ("added", "done"),
        "reasoning_summary_part": ("added", "done"),
        "output_text.annotation": ("added",),
        "file_search_call": ("in_progress", "searching", "completed"),
        "web_search_call": ("in_progress", "searching", "completed"),
        "code_interpreter_call": ("in_progress", "interpreting", "completed"),
        "image_generation_call": ("in_progress", "generating", "completed"),
        "mcp_call": ("in_progress", "completed", "failed"),
        "mcp_list_tools": ("in_progress", "completed", "failed"),
    }.items()
    for step in steps
)
"""Other events, of which a part may stand whole in each; those that are not known are left out."""
_PLACE = ("output_index", "content_index", "summary_index")
_PARTS = ("item", "part", "annotation")
_INDEXES = frozenset({*_PLACE, "annotation_index"})


class ResponseStream:
    """Events in, events that may be said out. Numbers of sequence are given anew: events are left out and added.

    Log-probabilities of a stream are told with the whole text alone.
    """

    def __init__(self, looking: Looking, request: dict[str, Any]) -> None:
        del request
        self._looking = looking
        self._channels: dict[tuple[Any, ...], Channel] = {}
        self._ids: dict[int, str] = {}
        self._sequence = 0
        self._ended = False
        self._response: dict[str, Any] = {}

    def feed(self, event: dict[str, Any]) -> list[dict[str, Any]]:
        """What may be said now. Raises Refusal for what is no event."""
        if self._ended:
            return []
        try:
            made = self._event(event)
        except Blocked:
            made = self._stopped()
        return [self._numbered(each) for each in made]

    def close(self) -> list[dict[str, Any]]:
        """Raises Refusal unless an event of the end has come: what is held back was never whole."""
        if not self._ended:
            raise unreadable()
        return []

    @property
    def is_over(self) -> bool:
        return self._ended

    @property
    def is_complete(self) -> bool:
        return self._ended

    def _event(self, event: dict[str, Any]) -> list[dict[str, Any]]:
        kind = text_in(event.get("type"))
        if kind in _DELTAS:
            channel = self._channel(kind.removesuffix(".delta"), event, _DELTAS[kind])
            let_go = channel.add(text_in(event.get("delta")))
            said = [self._beside(event) | {"delta": let_go}] if let_go else []
            return [*said, *self._stopped()] if channel.is_blocked else said
        if kind in _WHOLES:
            return self._done(kind, event)
        if kind in _BARE or kind in _LAST:
            return self._of_response(kind, event)
        if kind not in _STEPS:
            return []  # cut into pieces, what is not known cannot be looked through
        parts = {name: item(event[name], self._looking, name) for name in _PARTS if name in event}
        return [self._beside(event) | parts]

    def _of_response(self, kind: str, event: dict[str, Any]) -> list[dict[str, Any]]:
        """The answer as a whole, at its beginning and at its end."""
        if not isinstance(event.get("response"), dict):
            raise unreadable()
        told = whole(event["response"], self._looking)
        self._response = {k: v for k, v in told.items() if k not in ("output", "error", "status")}
        if kind in _BARE:
            return [self._beside(event) | {"response": told}]
        is_cut = told.get("incomplete_details") == FILTERED["incomplete_details"] and kind != "response.incomplete"
        if is_cut:
            return self._stopped()
        self._ended = True
        return [self._beside(event) | {"response": told}]

    def _done(self, kind: str, event: dict[str, Any]) -> list[dict[str, Any]]:
        """The rest of a text, then the whole of it as it was said."""
        base, name = kind.removesuffix(".done"), _WHOLES[kind]
        channel = self._channel(base, event, _DELTAS[f"{base}.delta"])
        if not channel.has_come:
            channel.add(text_in(event.get(name)))
        rest = channel.end()
        said = "".join(channel.said)
        beside = self._beside(event)
        made = [beside | {"type": f"{base}.delta", "delta": rest}] if rest else []
        if channel.is_blocked:
            return [*made, *self._stopped()]
        return [*made, beside | {name: said}]

    def _beside(self, event: dict[str, Any]) -> dict[str, Any]:
        """What stands beside the texts of an event and is known. Raises Blocked, or Refusal for places that are none."""
        found: dict[str, Any] = {}
        for name, value in event.items():
            if name in _INDEXES:
                found[name] = place_in(event, name)
            elif name == "item_id":
                found[name] = self._id_of(event)
            elif name in ("type", "name"):
                found[name] = self._looking.field(name, text_in(value), Surface.ANSWER, "")
            elif name == "logprobs":
                found[name] = []
        return found

    def _id_of(self, event: dict[str, Any]) -> str:
        """Of an item, looked through when it first comes, and the same ever after."""
        at = place_in(event, "output_index")
        if at not in self._ids:
            self._ids[at] = self._looking.field("item_id", text_in(event["item_id"]), Surface.ANSWER, "")
        return self._ids[at]

    def _channel(self, base: str, event: dict[str, Any], surface: Surface) -> Channel:
        key = (base, *(place_in(event, name) for name in _PLACE))
        if key not in self._channels:
            if len(self._channels) >= MOST:
                raise unreadable()
            place = ".".join(map(str, key))
            self._channels[key] = Channel.of(self._looking, surface, place, keeps=True)
        return self._channels[key]

    def _stopped(self) -> list[dict[str, Any]]:
        self._ended = True
        response = self._response | {"output": []} | FILTERED
        return [{"type": "response.incomplete", "response": response}]

    def _numbered(self, event: dict[str, Any]) -> dict[str, Any]:
        self._sequence += 1
        return event | {"sequence_number": self._sequence - 1}
