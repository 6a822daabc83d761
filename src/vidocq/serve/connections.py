"""Connections on which the head of a request does not come: let go of, so that they take nobody's place.

uvicorn is an extra: `pip install "vidocq[guard]"`.
"""

import asyncio
from typing import Any

from vidocq.core.text import Lang
from vidocq.serve.envelope import not_http

HEAD_SECONDS = 10.0
"""In which the head of a request has to come whole."""
MOST = 1000


def impatient(*, seconds: float = HEAD_SECONDS, most: int = MOST) -> type[asyncio.Protocol]:
    """uvicorn's protocol, with an end to its patience: `seconds` for a head, and `most` heads that are waited for at once;
    of more, what was waited for longest is let go of.
    """
    from uvicorn.protocols.http.auto import AutoHTTPProtocol  # noqa: PLC0415 - an extra, on use

    base: Any = AutoHTTPProtocol
    waiting: dict[Any, None] = {}  # the oldest first
    body = not_http().body(Lang.en)
    amiss = b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: %d\r\n" % len(body)
    amiss += b"connection: close\r\n\r\n" + body

    class Impatient(base):  # type: ignore[misc] # it is httptools' or h11's
        _clock: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._start_or_stop()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._start_or_stop()

        def on_response_complete(self, *args: Any) -> None:
            """The next head may have begun behind the request that was answered: nothing else would come to start its clock."""
            super().on_response_complete(*args)
            self._start_or_stop()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop()
            super().connection_lost(exc)

        def send_400_response(self, msg: str) -> None:
            """In the envelope, like every other error. `msg` is uvicorn's, in plain text."""
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(amiss)
            self.transport.close()

        def _start_or_stop(self) -> None:
            if self.cycle is not None and not self.cycle.response_complete:
                self._stop()
            elif self._clock is None:
                self._clock = self.loop.call_later(seconds, self.transport.close)
                waiting[self] = None
                if len(waiting) > most:
                    oldest = next(iter(waiting))
                    del waiting[oldest]
                    oldest.transport.close()

        def _stop(self) -> None:
            if self._clock is not None:
                self._clock.cancel()
                self._clock = None
            waiting.pop(self, None)

    return Impatient
