"""The model's server, asked by the guard: bounded in time and size, never trusted.

httpx is an extra: `pip install "vidocq[guard]"`.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from typing import Any

from vidocq.core.errors import ConfigurationError, MissingExtra
from vidocq.core.text import Text
from vidocq.serve import plain
from vidocq.serve.envelope import Refusal, upstream_failed

KEPT = frozenset({"openai-organization", "openai-project", "openai-beta", "accept-language"})
"""Headers of a client that go on, besides its key."""
_UNREACHED = Text("ne peut être joint", "cannot be reached")
_BROKEN = Text("a rompu la connexion", "broke the connection off")
_LATE = Text("n'a pas répondu à temps", "did not answer in time")
_LARGE = Text("a envoyé une réponse trop grande", "sent an answer that is too large")
_CODED = Text("a compressé sa réponse", "compressed its answer")
_NOT_JSON = Text("n'a pas répondu en JSON", "did not answer in JSON")


class Upstream:
    def __init__(self, url: str) -> None:
        """Raises MissingExtra without httpx, ConfigurationError for an address that is none."""
        try:
            import httpx  # noqa: PLC0415 - an extra, on use
        except ImportError:
            raise MissingExtra(
                "httpx is not installed", where="vidocq guard", fix='pip install "vidocq[guard]"'
            ) from None
        self._httpx = httpx
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL:
            address = httpx.URL("")
        if address.scheme not in ("http", "https") or not address.host:
            raise ConfigurationError(
                "the address of the model's server cannot be used",
                where="--upstream",
                fix="write it as https://host/v1",
            )
        self._base = str(address).rstrip("/")
        self._client = httpx.AsyncClient(
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(None),  # whoever asks or reads keeps the time
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=256),
        )

    async def close(self) -> None:
        await self._client.aclose()

    @contextlib.asynccontextmanager
    async def asked(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], *, timeout: float
    ) -> AsyncIterator[Any]:
        """The answer, of which the head has come within `timeout` seconds. Raises Refusal."""
        request = self._client.build_request(method, f"{self._base}{path}", content=body, headers=dict(headers))
        try:
            async with asyncio.timeout(timeout):
                answer = await self._client.send(request, stream=True)
        except TimeoutError:
            raise upstream_failed(_LATE) from None
        except self._httpx.HTTPError:
            raise upstream_failed(_UNREACHED) from None
        try:
            yield answer
        finally:
            await answer.aclose()

    async def pieces(self, answer: Any, *, largest: int) -> AsyncGenerator[bytes]:
        """Bytes as they come. Raises Refusal where the server breaks off or says too much."""
        size = 0
        try:
            async for piece in answer.aiter_raw():
                size += len(piece)
                if size > largest:
                    raise upstream_failed(_LARGE)
                yield piece
        except self._httpx.HTTPError:
            raise upstream_failed(_BROKEN) from None

    async def body(self, answer: Any, *, largest: int, seconds: float) -> bytes:
        """The whole of it, within so many seconds of its head. Raises Refusal."""
        require_uncoded(answer)
        try:
            async with asyncio.timeout(seconds):
                return b"".join([piece async for piece in self.pieces(answer, largest=largest)])
        except TimeoutError:
            raise upstream_failed(_LATE) from None


def whole_of(body: bytes) -> Any:
    """An answer's JSON. Raises Refusal."""
    try:
        return plain.answered(body)
    except ValueError:
        raise upstream_failed(_NOT_JSON) from None


def parsed(body: bytes) -> dict[str, Any]:
    """An answer's JSON object. Raises Refusal."""
    content = whole_of(body)
    if not isinstance(content, dict):
        raise upstream_failed(_NOT_JSON)
    return content


def require_uncoded(answer: Any) -> None:
    """Raises Refusal for an answer that is compressed, which was not asked for."""
    if answer.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise upstream_failed(_CODED)


def ended_early() -> Refusal:
    return upstream_failed(_BROKEN)


def late() -> Refusal:
    return upstream_failed(_LATE)
