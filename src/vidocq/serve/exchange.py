"""One request and its answer, from the first byte to the last: what came, what was found, what was let go of."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from vidocq.core import moment
from vidocq.core.errors import ModelError
from vidocq.core.guarding import Hit, Surface
from vidocq.core.text import Lang, Text
from vidocq.serve.envelope import Refusal, prompt_blocked, upstream_failed
from vidocq.serve.journal import Journal
from vidocq.serve.metrics import Metrics
from vidocq.serve.policies import InForce
from vidocq.serve.sse import DONE, Events, written
from vidocq.serve.surfaces import chat, completions, embeddings, responses
from vidocq.serve.surfaces.looking import Blocked, Looking
from vidocq.serve.upstream import Upstream, ended_early, parsed

MIB = 1 << 20
_NO_EVENTS = Text(
    "a envoyé ce qui n'est pas un flux d'événements lisible", "sent what is no readable stream of events"
)


class Stream(Protocol):
    def feed(self, event: dict[str, Any]) -> list[dict[str, Any]]: ...
    def close(self) -> list[dict[str, Any]]: ...
    @property
    def is_over(self) -> bool: ...


ROUTES: dict[str, tuple[Any, Any]] = {
    "/chat/completions": (chat, chat.ChatStream),
    "/completions": (completions, completions.CompletionStream),
    "/responses": (responses, responses.ResponseStream),
    "/embeddings": (embeddings, None),
}
"""Addresses that are guarded: how their requests and answers are looked through, whole and streamed."""


@dataclass
class Exchange:
    """id  under which the log speaks of it.   client  the client's key, hashed.   said  what was let go of, for the budget."""

    path: str
    held_to: InForce
    journal: Journal
    metrics: Metrics
    client: str
    id: str = field(default_factory=moment.new_id)
    said: list[str] = field(default_factory=list)

    @property
    def lang(self) -> Lang:
        return self.held_to.policy.lang

    def looking(self) -> Looking:
        return Looking(self.held_to.guard, self._note)

    def _note(self, surface: Surface, place: str, find: Hit) -> None:
        self.metrics.count(
            "vidocq_guard_finds_total",
            filter=find.filter,
            kind=find.kind,
            surface=surface.value,
            action=find.action.value,
        )
        self.journal.write(
            event="find",
            exchange=self.id,
            client=self.client,
            path=self.path,
            surface=surface.value,
            place=place,
            start=find.start,
            end=find.end,
            filter=find.filter,
            kind=find.kind,
            action=find.action.value,
            view=find.view,
            policy=self.held_to.policy.hash,
        )

    def prompt(self, content: dict[str, Any]) -> dict[str, Any]:
        """The request as it goes on. Raises Refusal."""
        lets_unseen = self.held_to.policy.serve.unseen == "pass"
        try:
            found: dict[str, Any] = ROUTES[self.path][0].asked(content, self.looking(), lets_unseen=lets_unseen)
        except Blocked:
            raise prompt_blocked() from None
        return found

    def whole(self, body: bytes) -> bytes:
        """An answer in one piece, as it may be said. Raises Refusal."""
        try:
            content = ROUTES[self.path][0].whole(parsed(body), self.looking())
        except Blocked:
            raise prompt_blocked() from None
        self.said.append(_all_texts(content))
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

    async def streamed(self, upstream: Upstream, answer: Any) -> AsyncIterator[bytes]:
        """Events of the answer that may be said; one of an error, and nothing more, where something goes wrong."""
        stream: Stream = ROUTES[self.path][1](self.looking())
        outcome = "done"
        try:
            async for piece in self._events(upstream, answer, stream):
                yield piece
        except Refusal as refusal:
            outcome = refusal.code
            yield written(json.dumps(refusal.content(self.lang), ensure_ascii=False))
        except asyncio.CancelledError:
            outcome = "left"
            raise
        finally:
            self.metrics.count("vidocq_guard_streams_total", outcome=outcome)

    async def _events(self, upstream: Upstream, answer: Any, stream: Stream) -> AsyncIterator[bytes]:
        events, has_ended = Events(), False
        largest = round(self.held_to.policy.serve.answer_mib * MIB)
        async for bytes_ in upstream.pieces(answer, largest=largest):
            made: list[bytes] = []
            try:
                for event in events.feed(bytes_):
                    if event.data.strip() == "[DONE]":
                        made += [self._written(each) for each in stream.close()]
                        has_ended = True
                        break
                    made += [self._written(each) for each in stream.feed(_object(event.data))]
            except ModelError:
                raise upstream_failed(_NO_EVENTS) from None
            if made:
                yield b"".join(made)
            if has_ended or stream.is_over:
                break
        else:
            if self.path != "/responses" or not stream.is_over:
                raise ended_early()
        if self.path != "/responses":
            yield DONE

    def _written(self, content: dict[str, Any]) -> bytes:
        self.said.append(_all_texts(content))
        name = str(content.get("type", "")) if self.path == "/responses" else ""
        return written(json.dumps(content, ensure_ascii=False, separators=(",", ":")), name=name)


def _object(data: str) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise upstream_failed(_NO_EVENTS) from None
    if not isinstance(content, dict):
        raise upstream_failed(_NO_EVENTS)
    if "error" in content and "choices" not in content:
        raise upstream_failed(Text("a signalé une erreur", "reported an error"))
    return content


_SAID = ("content", "text", "delta", "arguments", "reasoning_content", "reasoning", "refusal")


def _all_texts(content: Any) -> str:
    """Texts of an answer, for the budget of what is new."""
    if isinstance(content, dict):
        return "".join(
            each if isinstance(each, str) and name in _SAID else _all_texts(each) for name, each in content.items()
        )
    if isinstance(content, list):
        return "".join(_all_texts(each) for each in content)
    return ""
