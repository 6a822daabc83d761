"""One request and its answer, from the first byte to the last: what came, what was found, what was let go of."""

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeVar

from vidocq.core import moment
from vidocq.core.errors import ModelError
from vidocq.core.guarding import Hit, Surface
from vidocq.core.text import Lang, Text
from vidocq.serve import plain
from vidocq.serve.envelope import (
    Refusal,
    answer_blocked,
    not_json,
    paused,
    prompt_blocked,
    unreadable,
    upstream_failed,
)
from vidocq.serve.journal import Journal
from vidocq.serve.metrics import Metrics
from vidocq.serve.policies import InForce
from vidocq.serve.refused import of_error
from vidocq.serve.sse import DONE, Event, Events, written
from vidocq.serve.surfaces import chat, chat_stream, completions, embeddings, responses, responses_stream
from vidocq.serve.surfaces.looking import Blocked, Looking
from vidocq.serve.upstream import ended_early, late, parsed

LONG = 1 << 11
"""Bytes from which on a text is looked through beside the others, not before them."""
SLOW = 0.01
"""Seconds that a piece of a stream took after which the next is looked through beside the others."""
DRAIN_SECONDS = 0.05
T = TypeVar("T")
_NO_EVENTS = Text(
    "a envoyé ce qui n'est pas un flux d'événements lisible", "sent what is no readable stream of events"
)
Say = Callable[[bytes], Awaitable[None]]


class Stream(Protocol):
    """A streamed answer of one API: what comes in, what may be said out."""

    def feed(self, event: dict[str, Any]) -> list[dict[str, Any]]: ...
    def close(self) -> list[dict[str, Any]]: ...
    @property
    def is_over(self) -> bool: ...
    @property
    def is_complete(self) -> bool: ...


class Api(Protocol):
    """How the requests and answers of one API are looked through."""

    def asked(self, content: dict[str, Any], looking: Looking, *, lets_unseen: bool) -> dict[str, Any]: ...
    def whole(self, content: dict[str, Any], looking: Looking) -> dict[str, Any]: ...


ROUTES: dict[str, Api] = {
    "/chat/completions": chat,
    "/completions": completions,
    "/responses": responses,
    "/embeddings": embeddings,
}
"""Addresses that are guarded."""
STREAMS: dict[str, Callable[[Looking, dict[str, Any]], Stream]] = {
    "/chat/completions": chat_stream.ChatStream,
    "/completions": completions.CompletionStream,
    "/responses": responses_stream.ResponseStream,
}
_RESPONSES = "/responses"


@dataclass
class Exchange:
    """id  under which the log speaks of it.   client  the client's key, hashed.   said  what was let go of, for the budget.
    beside  where long texts are looked through, so that others need not wait.
    """

    path: str
    held_to: InForce
    journal: Journal
    metrics: Metrics
    client: str
    beside: Executor | None = None
    id: str = field(default_factory=moment.new_id)
    said: list[str] = field(default_factory=list)
    _is_slow: bool = False

    @property
    def lang(self) -> Lang:
        return self.held_to.policy.lang

    def looking(self, *, is_streamed: bool = False) -> Looking:
        """For texts that came whole, within the time for an answer; a stream is over when nothing comes any more."""
        until = math.inf if is_streamed else moment.seconds() + self.held_to.policy.serve.timeout
        return Looking(self.held_to.guard, self._note, self.held_to.clean, until)

    async def aside(self, work: Callable[[], T], *, size: int) -> T:
        """What the work on so many bytes gives."""
        return await asyncio.get_running_loop().run_in_executor(self.beside, work) if size > LONG else work()

    def _note(self, surface: Surface, place: str, find: Hit) -> None:
        self.metrics.count(
            "vidocq_guard_finds_total",
            filter=find.filter,
            kind=find.kind,
            surface=surface.value,
            action=find.action.value,
        )
        if find.late:
            self.metrics.count("vidocq_guard_late_finds_total", filter=find.filter, kind=find.kind)
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
            late=find.late,
            policy=self.held_to.policy.hash,
        )

    async def prompt(self, content: dict[str, Any], *, size: int) -> dict[str, Any]:
        """The request as it goes on; `size` are its bytes. Raises Refusal."""
        lets_unseen = self.held_to.policy.serve.unseen == "pass"

        def looked() -> dict[str, Any]:
            return ROUTES[self.path].asked(content, self.looking(), lets_unseen=lets_unseen)

        try:
            return await self.aside(looked, size=size)
        except Blocked:
            raise prompt_blocked() from None
        except RecursionError:
            raise not_json() from None

    async def whole(self, body: bytes) -> bytes:
        """An answer in one piece, as it may be said. Raises Refusal."""

        def looked() -> dict[str, Any]:
            return ROUTES[self.path].whole(parsed(body), self.looking())

        try:
            content = await self.aside(looked, size=len(body))
        except Blocked:
            raise answer_blocked() from None
        except RecursionError:
            raise unreadable() from None
        self._remember(content)
        return plain.write(content)

    async def streamed(
        self, request: dict[str, Any], pieces: AsyncIterator[bytes], say: Say, *, is_paused: Callable[[], bool]
    ) -> None:
        """Says what may be said of a streamed answer, until it ends. Raises Refusal where something goes wrong."""
        looking = self.looking(is_streamed=True)
        stream = STREAMS[self.path](looking, request)
        seconds = self.held_to.policy.serve.timeout
        try:
            async with asyncio.timeout(seconds) as limit:
                events = Events()
                async for bytes_ in pieces:
                    if is_paused():
                        raise paused()
                    made, has_come, has_ended = await self._of(events.feed(bytes_), stream, looking)
                    if made:
                        await say(b"".join(made))
                    if has_come:
                        limit.reschedule(asyncio.get_running_loop().time() + seconds)
                    if has_ended or stream.is_over:
                        break
                else:
                    if not (stream.is_complete and events.is_between):
                        raise ended_early()
        except Blocked:
            raise answer_blocked() from None
        except ModelError:
            raise upstream_failed(_NO_EVENTS) from None
        except RecursionError:
            raise unreadable() from None
        except TimeoutError:
            raise late() from None
        if self.path != _RESPONSES:
            await say(DONE)
        await _drained(pieces)

    async def _of(self, events: Any, stream: Stream, looking: Looking) -> tuple[list[bytes], bool, bool]:
        """What may be said of the events that came, whether there were any, and whether the last of all was among them."""
        made: list[bytes] = []
        has_come = False
        for event in events:
            has_come = True
            if event.data.strip() == "[DONE]":
                return made + [self._written(each) for each in stream.close()], True, True
            content = self._content(event, looking)
            size = LONG + 1 if self._is_slow else len(event.data)
            began = moment.seconds()
            said = await self.aside(partial(stream.feed, content), size=size)
            self._is_slow = moment.seconds() - began > SLOW
            made += [self._written(each) for each in said]
        return made, has_come, False

    def _content(self, event: Event, looking: Looking) -> dict[str, Any]:
        try:
            content = plain.answered(event.data)
        except ValueError:
            raise upstream_failed(_NO_EVENTS) from None
        if not isinstance(content, dict):
            raise upstream_failed(_NO_EVENTS)
        if content.get("error") is not None:
            raise of_error(content["error"], looking)
        if content.get("type") == "error" or event.name == "error":
            raise of_error(content, looking)
        return content

    def _written(self, content: dict[str, Any]) -> bytes:
        self._remember(content)
        name = str(content.get("type", "")) if self.path == _RESPONSES else ""
        return written(plain.write(content), name=name)

    def event_of(self, refusal: Refusal) -> bytes:
        """An error in the shape that clients of this API understand in a stream."""
        content: dict[str, Any] = dict(refusal.content(self.lang))
        if self.path != _RESPONSES:
            return written(plain.write(content))
        told = {"type": "error", "code": refusal.code, "message": refusal.message.to(self.lang), "param": None}
        return written(plain.write(told | content | {"sequence_number": 0}), name="error")

    def _remember(self, content: dict[str, Any]) -> None:
        budget = self.held_to.policy.budget
        if budget is not None and budget.novelty is not None:
            self.said.append(_all_texts(content))


async def _drained(pieces: AsyncIterator[bytes]) -> None:
    """Takes in what the server says after the end, so that its connection may be used again; but waits for nothing."""
    with contextlib.suppress(TimeoutError, Refusal):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in pieces:
                pass


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
