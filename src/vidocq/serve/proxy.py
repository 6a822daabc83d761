"""The proxy: an ASGI application in front of a model's server.

starlette is an extra: `pip install "vidocq[guard]"`.
"""

import asyncio
import contextlib
import hashlib
import re
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidocq.core.errors import MissingExtra
from vidocq.core.guarding import Surface
from vidocq.core.text import Lang, Text
from vidocq.serve import envelope, plain
from vidocq.serve.budgets import Budgets, latest
from vidocq.serve.envelope import Refusal
from vidocq.serve.exchange import ROUTES, STREAMS, Exchange, Say
from vidocq.serve.flow import LAST_SECONDS, ClientLeft, Flow, unless_left
from vidocq.serve.journal import Journal, Unwritable
from vidocq.serve.metrics import Metrics
from vidocq.serve.policies import InForce, Policies
from vidocq.serve.predictions import UnknownShape, coarser
from vidocq.serve.refused import refused
from vidocq.serve.surfaces import models
from vidocq.serve.surfaces.looking import Blocked
from vidocq.serve.upstream import KEPT, Upstream, parsed, require_uncoded

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    Answer = Response | Flow

REFRESH_SECONDS = 1.0
ASIDE = 2
"""Long texts that are looked through at once; more would slow all streams down."""
MIB = 1 << 20
_JSON = "application/json"
_MODEL = re.compile(r"/models(?:/[A-Za-z0-9_:@+-][A-Za-z0-9_.:@+-]*)*")
_NO_STREAM = Text("n'a pas répondu par un flux", "did not answer with a stream")


def application(*, upstream: str, policy: Path) -> "Starlette":
    """The proxy for the server at `upstream`, such as "https://host/v1", under the policy in a file.

    Raises ConfigurationError if the policy, its log or the address cannot be used, MissingExtra without starlette, httpx
    or orjson.
    """
    return _Proxy(upstream=upstream, policy=policy).made()


class _Proxy:
    def __init__(self, *, upstream: str, policy: Path) -> None:
        plain.codec()
        self.policies = Policies(policy)
        self.upstream = Upstream(upstream)
        self.journal = Journal.of(self.policies.current.policy)
        self.metrics = Metrics()
        self.budgets = Budgets()
        self.beside = ThreadPoolExecutor(max_workers=ASIDE)

    def made(self) -> "Starlette":
        try:
            from starlette.applications import Starlette  # noqa: PLC0415 - an extra, on use
            from starlette.routing import Route  # noqa: PLC0415
        except ImportError:
            raise MissingExtra(
                "starlette is not installed", where="vidocq guard", fix='pip install "vidocq[guard]"'
            ) from None
        routes = [
            Route("/health", self.health),
            Route("/metrics", self.told_metrics),
            Route("/v1/models", self._answering(self._models)),
            Route("/v1/models/{name:path}", self._answering(self._models)),
            Route("/predict", self._answering(self._predicted), methods=["POST"]),
        ]
        routes += [Route(f"/v1{path}", self._answering(self._guarded), methods=["POST"]) for path in ROUTES]
        methods = ["GET", "POST", "PUT", "DELETE", "PATCH"]
        routes.append(Route("/{path:path}", self._answering(self._nowhere), methods=methods))
        return Starlette(routes=routes, lifespan=self.lifespan)

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Any) -> AsyncIterator[None]:
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            await self.upstream.close()
            self.beside.shutdown(wait=False, cancel_futures=True)
            self.journal.close()

    async def _watch(self) -> None:
        """Looks for a new policy; one that cannot be used is told and changes nothing."""
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            before = self.policies.refused
            with contextlib.suppress(Unwritable):
                if await asyncio.to_thread(self.policies.refresh):
                    self.metrics.count("vidocq_guard_policy_reloads_total", outcome="in force")
                    self.journal.write(event="policy", outcome="in force", policy=self.policies.current.policy.hash)
                elif self.policies.refused is not before and self.policies.refused is not None:
                    self.metrics.count("vidocq_guard_policy_reloads_total", outcome="refused")
                    self.journal.write(event="policy", outcome="refused", why=self.policies.refused.what)

    async def health(self, _: "Request") -> "Response":
        policy = self.policies.current.policy
        content = {"status": "paused" if policy.stop.paused else "ok", "policy": policy.hash}
        if self.policies.refused is not None:
            content["newest_policy_refused"] = self.policies.refused.what
        return _json(200, plain.write(content))

    async def told_metrics(self, _: "Request") -> "Response":
        from starlette.responses import PlainTextResponse  # noqa: PLC0415

        return PlainTextResponse(self.metrics.text(), media_type="text/plain; version=0.0.4")

    def _answering(
        self, answer: "Callable[[Request, InForce], Awaitable[Answer]]"
    ) -> "Callable[[Request], Awaitable[Answer]]":
        """The boundary that lets no failure say anything: what was caught is told by its place alone."""

        async def guarded(request: "Request") -> "Answer":
            held_to = self.policies.current
            lang = held_to.policy.lang
            try:
                response = await answer(request, held_to)
            except Refusal as refusal:
                response = _refused(refusal, lang)
            except Unwritable:
                response = _refused(envelope.unlogged(), lang)
            except ClientLeft:
                response = _json(499, b"")
            except Exception as error:  # noqa: BLE001 - a boundary: the guard fails closed
                response = _refused(envelope.ours(_place_of(error)), lang)
            path = request.url.path
            self.metrics.count(
                "vidocq_guard_requests_total",
                path=path if path.removeprefix("/v1") in ROUTES else "other",
                status=str(response.status_code),
            )
            return response

        return guarded

    async def _nowhere(self, _: "Request", __: InForce) -> "Answer":
        raise envelope.not_guarded()

    async def _models(self, request: "Request", held_to: InForce) -> "Answer":
        exchange = self._begun(request, held_to)
        path = request.url.path.removeprefix("/v1")
        if _MODEL.fullmatch(path) is None:
            raise envelope.not_guarded()
        told = await self._told(request, exchange, "GET", path, b"")
        try:
            return _json(200, plain.write(models.whole(parsed(told), exchange.looking())))
        except Blocked:
            raise envelope.answer_blocked() from None

    async def _guarded(self, request: "Request", held_to: InForce) -> "Answer":
        exchange = self._begun(request, held_to)
        content, size = await self._content(request, exchange)
        asked = await exchange.prompt(content, size=size)
        self.journal.write(
            event="asked",
            exchange=exchange.id,
            client=exchange.client,
            path=exchange.path,
            policy=held_to.policy.hash,
        )
        if asked.get("stream") is True and exchange.path in STREAMS:
            return await unless_left(request.receive, self._flow(request, exchange, asked))
        told = await unless_left(
            request.receive, self._told(request, exchange, "POST", exchange.path, plain.write(asked))
        )
        whole = await exchange.whole(told)
        self._spent(exchange)
        return _json(200, whole)

    async def _predicted(self, request: "Request", held_to: InForce) -> "Answer":
        exchange = self._begun(request, held_to)
        section = held_to.policy.predictions
        if section is None:
            raise envelope.not_guarded()
        looking = exchange.looking()
        content, size = await self._content(request, exchange)
        try:
            seen = await exchange.aside(lambda: looking.everything(content, Surface.PROMPT, ""), size=size)
            asked = plain.write(seen)
        except Blocked:
            raise envelope.prompt_blocked() from None
        told = await unless_left(request.receive, self._told(request, exchange, "POST", "", asked))
        try:
            coarse = coarser(parsed(told), section)
        except UnknownShape:
            self.journal.write(
                event="prediction", exchange=exchange.id, client=exchange.client, outcome="unknown shape"
            )
            raise envelope.unknown_shape() from None
        try:
            said = await exchange.aside(lambda: looking.everything(coarse, Surface.ANSWER, ""), size=len(told))
            return _json(200, plain.write(said))
        except Blocked:
            raise envelope.answer_blocked() from None

    def _begun(self, request: "Request", held_to: InForce) -> Exchange:
        """An exchange of an admitted client. Raises Refusal, and while everything is paused too."""
        client = self._admitted(request, held_to)
        path = request.url.path.removeprefix("/v1")
        named = path if path in ROUTES else "other"
        exchange = Exchange(named, held_to, self.journal, self.metrics, client, self.beside)
        stop = held_to.policy.stop
        if stop.paused:
            self.journal.write(event="paused", exchange=exchange.id, client=client, because=stop.because)
            raise envelope.paused()
        return exchange

    async def _told(self, request: "Request", exchange: Exchange, method: str, path: str, body: bytes) -> bytes:
        """The body of an answer in one piece. Raises Refusal."""
        serve = exchange.held_to.policy.serve
        headers = _headers(request, exchange.held_to)
        async with self.upstream.asked(method, path, body, headers, timeout=serve.timeout) as answer:
            told = await self._body(answer, exchange)
        if answer.status_code != 200:
            raise refused(answer.status_code, told, answer.headers.get("retry-after"), exchange.looking())
        return told

    async def _body(self, answer: Any, exchange: Exchange) -> bytes:
        serve = exchange.held_to.policy.serve
        return await self.upstream.body(answer, largest=round(serve.answer_mib * MIB), seconds=serve.timeout)

    async def _flow(self, request: "Request", exchange: Exchange, asked: dict[str, Any]) -> Flow:
        """A streamed answer of which the head has come and is right. Raises Refusal."""
        serve = exchange.held_to.policy.serve
        headers = _headers(request, exchange.held_to)
        async with contextlib.AsyncExitStack() as stack:
            answer = await stack.enter_async_context(
                self.upstream.asked("POST", exchange.path, plain.write(asked), headers, timeout=serve.timeout)
            )
            if answer.status_code != 200:
                told = await self._body(answer, exchange)
                raise refused(answer.status_code, told, answer.headers.get("retry-after"), exchange.looking())
            if answer.headers.get("content-type", "").partition(";")[0].strip().lower() != "text/event-stream":
                raise envelope.upstream_failed(_NO_STREAM)
            require_uncoded(answer)
            pieces = await stack.enter_async_context(
                contextlib.aclosing(self.upstream.pieces(answer, largest=round(serve.answer_mib * MIB)))
            )
            held = stack.pop_all()
        return Flow(lambda say: self._say(exchange, asked, pieces, held, say))

    async def _say(
        self,
        exchange: Exchange,
        asked: dict[str, Any],
        pieces: AsyncIterator[bytes],
        held: contextlib.AsyncExitStack,
        say: Say,
    ) -> None:
        """The streamed answer, and after it, once the model's server was let go of, what went wrong if something did."""
        outcome, failed = "done", None
        try:
            async with held:
                await exchange.streamed(
                    asked, pieces, say, is_paused=lambda: self.policies.current.policy.stop.paused
                )
        except Refusal as refusal:
            outcome, failed = refusal.code, refusal
        except Unwritable:
            outcome, failed = "unlogged", envelope.unlogged()
        except asyncio.CancelledError:
            outcome = "left"
            raise
        except Exception as error:  # noqa: BLE001 - a boundary: the guard fails closed
            outcome, failed = "failed", envelope.ours(_place_of(error))
        finally:
            self.metrics.count("vidocq_guard_streams_total", outcome=outcome)
            self._spent(exchange)
        if failed is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    await say(exchange.event_of(failed))

    def _spent(self, exchange: Exchange) -> None:
        budget = exchange.held_to.policy.budget
        if budget is not None:
            self.budgets.told(exchange.client, "".join(exchange.said), budget)

    def _admitted(self, request: "Request", held_to: InForce) -> str:
        """The client's key, hashed for the log. Raises Refusal if the policy names clients and it is none of them."""
        secret = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        clients = held_to.policy.serve.clients
        if clients is not None and hashlib.sha256(secret.encode()).hexdigest() not in clients:
            raise envelope.not_admitted()
        return self.journal.hashed(secret)

    async def _content(self, request: "Request", exchange: Exchange) -> tuple[dict[str, Any], int]:
        """The request's JSON object, and its bytes; counted by the budget. Raises Refusal."""
        policy = exchange.held_to.policy
        try:
            async with asyncio.timeout(policy.serve.timeout):
                body = await _read(request, largest=round(policy.serve.body_mib * MIB))
        except TimeoutError:
            raise envelope.too_slow() from None
        try:
            content = plain.read(body)
        except ValueError:
            raise envelope.not_json() from None
        if not isinstance(content, dict):
            raise envelope.not_json()
        if policy.budget is not None:
            try:
                asked = latest(content)
            except RecursionError:
                raise envelope.not_json() from None
            self.budgets.ask(exchange.client, asked, policy.budget)
        return content, len(body)


async def _read(request: "Request", *, largest: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise envelope.too_large()
        parts.append(part)
    return b"".join(parts)


def _headers(request: "Request", held_to: InForce) -> dict[str, str]:
    """Those that go on, with the key of the model's server where the policy has one."""
    headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT}
    secret = held_to.policy.upstream_key()
    given = request.headers.get("authorization")
    if secret is not None:
        headers["authorization"] = f"Bearer {secret}"
    elif given is not None and held_to.policy.serve.clients is None:
        headers["authorization"] = given
    return headers | {"content-type": _JSON, "accept-encoding": "identity"}


def _json(status: int, body: bytes) -> "Response":
    from starlette.responses import Response  # noqa: PLC0415

    return Response(body, status_code=status, media_type=_JSON)


def _refused(refusal: Refusal, lang: Lang) -> "Response":
    from starlette.responses import Response  # noqa: PLC0415

    headers = {} if refusal.retry_after is None else {"retry-after": str(refusal.retry_after)}
    return Response(refusal.body(lang), status_code=refusal.status, media_type=_JSON, headers=headers)


def _place_of(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
