"""A streamed answer on its way to a client, and what happens when he leaves: the model's server is let go of at once."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any, TypeVar

T = TypeVar("T")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
LAST_SECONDS = 5.0
"""For a client that reads nothing to take the last words in."""


class ClientLeft(Exception):
    """Nobody waits for the answer any more."""


async def unless_left(receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives; it is stopped when the client leaves. Raises ClientLeft then, and what the work raises."""
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait((task, watch), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientLeft
        return task.result()
    finally:
        for each in (watch, task):
            each.cancel()
        await asyncio.wait((task, watch))
        for each in (watch, task):
            if not each.cancelled():
                each.exception()  # asked for, as asyncio would write it into its own log with what it says


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Flow:
    """An ASGI response: `tell` says piece after piece. `status_code` is that of its head."""

    status_code = 200

    def __init__(self, tell: Callable[[Callable[[bytes], Awaitable[None]]], Coroutine[Any, Any, None]]) -> None:
        self._tell = tell

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-cache")]
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})

        async def say(piece: bytes) -> None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})

        with contextlib.suppress(ClientLeft):
            await unless_left(receive, self._tell(say))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
