"""A streamed answer on its way to a client, and what ends work before it is done: the model's server is let go of at once."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
LAST_SECONDS = 5.0
"""For a client that reads nothing to take the last words in."""


class ClientLeft(Exception):
    """Nobody waits for the answer any more."""


async def unless(work: Coroutine[Any, Any, T], *ends: Coroutine[Any, Any, NoReturn]) -> T:
    """What the work gives, or raises; it is stopped as soon as one of the ends raises, and that is raised."""
    task = asyncio.ensure_future(work)
    watches = [asyncio.ensure_future(each) for each in ends]
    try:
        await asyncio.wait((task, *watches), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            for watch in watches:
                if watch.done():
                    watch.result()
        return task.result()
    finally:
        for each in (*watches, task):
            each.cancel()
        await asyncio.wait((task, *watches))
        for each in (*watches, task):
            if not each.cancelled():
                each.exception()  # asked for, as asyncio would write it into its own log with what it says


async def left(receive: Receive) -> NoReturn:
    """Raises ClientLeft once the client has gone. Of a request whose body was read."""
    while (await receive())["type"] != "http.disconnect":
        pass
    raise ClientLeft


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
            await unless(self._tell(say), left(receive))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
