"""A streamed answer: events in, and out what may be said of them, within the time that each side has."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

from vidocq.core.errors import ModelError
from vidocq.core.moment import seconds
from vidocq.core.text import Text
from vidocq.serve import plain
from vidocq.serve.envelope import Refusal, answer_blocked, not_taken, unreadable, upstream_failed
from vidocq.serve.exchange import LONG, RESPONSES, STREAMS, Exchange
from vidocq.serve.refused import of_error
from vidocq.serve.sse import DONE, Event, Events, written
from vidocq.serve.surfaces.looking import Blocked
from vidocq.serve.upstream import ended_early, late

LONG_EVENT = 1 << 9
"""Bytes of an event from which on it is looked through beside the others; its frame has some two hundred."""
SLOW = 0.01
"""Seconds that an event took after which the next ones are looked through beside the others."""
ASIDE_FOR = 256
"""So many of them: where one was slow, the next decision is, and most events only add a few letters to it."""
LINGER = 2.0
"""Seconds for what may follow the end of all choices, such as a count of tokens, where the server says no [DONE]."""
DRAIN_SECONDS = 0.05
_NO_EVENTS = Text(
    "a envoyé ce qui n'est pas un flux d'événements lisible", "sent what is no readable stream of events"
)
Say = Callable[[bytes], Awaitable[None]]


async def streamed(exchange: Exchange, request: dict[str, Any], pieces: AsyncIterator[bytes], say: Say) -> None:
    """Says what may be said of a streamed answer, until it ends. Raises Refusal where something goes wrong."""
    try:
        await _Streaming(exchange, request, say).all(pieces)
    except Blocked:
        raise answer_blocked() from None
    except ModelError:
        raise upstream_failed(_NO_EVENTS) from None
    except RecursionError:
        raise unreadable() from None
    if exchange.path != RESPONSES:
        await _said_in_time(say, DONE, exchange.timeout)
    await _drained(pieces)


class _Streaming:
    def __init__(self, exchange: Exchange, request: dict[str, Any], say: Say) -> None:
        self._exchange = exchange
        self._looking = exchange.looking()
        self._stream = STREAMS[exchange.path](self._looking, request)
        self._say = say
        self._events = Events()
        self._aside = 0  # events that go on being looked through beside the others
        self._made: list[bytes] = []  # not said yet

    async def all(self, pieces: AsyncIterator[bytes]) -> None:
        """The server may be silent for the time that it has; neither the client's time nor ours counts as the server's."""
        left = self._exchange.timeout
        while True:
            ends = self._stream.is_complete and self._events.is_between
            began = seconds()
            try:
                async with asyncio.timeout(min(left, LINGER) if ends else left):
                    bytes_ = await anext(pieces, None)
            except TimeoutError:
                if ends:
                    return
                raise late() from None
            left -= seconds() - began
            if bytes_ is None:
                if ends:
                    return
                raise ended_early()
            has_come, has_ended = await self._of(bytes_)
            await self._say_made()
            if has_come or b"\n" in bytes_:  # a comment is a sign of life too
                left = self._exchange.timeout
            if has_ended or self._stream.is_over:
                return

    async def _of(self, bytes_: bytes) -> tuple[bool, bool]:
        """Looks through the events that came; whether there were any, and whether the last of all was among them."""
        has_come = False
        for event in self._events.feed(bytes_):
            has_come = True
            if event.data.strip() == "[DONE]":
                await self._make(self._stream.close, is_aside=True)
                return True, True
            content = await self._content(event)
            began = seconds()
            is_aside = self._aside > 0 or len(event.data) > LONG_EVENT
            await self._make(partial(self._stream.feed, content), is_aside=is_aside)
            self._aside = ASIDE_FOR if seconds() - began > SLOW else max(self._aside - 1, 0)
        return has_come, False

    async def _make(self, work: Callable[[], list[dict[str, Any]]], *, is_aside: bool) -> None:
        if is_aside:
            await self._say_made()  # which need not wait for what follows
        for content in await self._looked(work, size=LONG + 1 if is_aside else 0):
            self._exchange.count(content)
            name = str(content.get("type", "")) if self._exchange.path == RESPONSES else ""
            self._made.append(written(plain.write(content), name=name))

    async def _say_made(self) -> None:
        if self._made:
            made, self._made = b"".join(self._made), []
            await _said_in_time(self._say, made, self._exchange.timeout)

    async def _looked(self, work: Callable[[], Any], *, size: int) -> Any:
        self._exchange.give_time()
        return await self._exchange.aside(work, size=size, is_streamed=True)

    async def _content(self, event: Event) -> dict[str, Any]:
        try:
            content = plain.answered(event.data)
        except ValueError:
            raise upstream_failed(_NO_EVENTS) from None
        if not isinstance(content, dict):
            raise upstream_failed(_NO_EVENTS)
        told = content.get("error")
        if told is None and (content.get("type") == "error" or event.name == "error"):
            told = content
        if told is not None:
            raise await self._looked(partial(of_error, told, self._looking), size=len(event.data))
        return content


async def _said_in_time(say: Say, piece: bytes, time: float) -> None:
    """Raises Refusal where the client takes nothing in."""
    try:
        async with asyncio.timeout(time):
            await say(piece)
    except TimeoutError:
        raise not_taken() from None


async def _drained(pieces: AsyncIterator[bytes]) -> None:
    """Takes in what the server says after the end, so that its connection may be used again; but waits for nothing."""
    with contextlib.suppress(TimeoutError, Refusal):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in pieces:
                pass
