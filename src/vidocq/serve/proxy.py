"""The proxy: an ASGI application in front of a model's server.

starlette is an extra: `pip install "vidocq[guard]"`.
"""

import asyncio
import contextlib
import hashlib
import json
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidocq.core.errors import MissingExtra
from vidocq.core.text import Text
from vidocq.serve import envelope
from vidocq.serve.budgets import Budgets
from vidocq.serve.envelope import Refusal
from vidocq.serve.exchange import MIB, ROUTES, Exchange
from vidocq.serve.journal import Journal, Unwritable
from vidocq.serve.metrics import Metrics
from vidocq.serve.policies import Policies
from vidocq.serve.predictions import coarser
from vidocq.serve.upstream import KEPT, Upstream, parsed

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

REFRESH_SECONDS = 1.0
_JSON = "application/json"


def application(*, upstream: str, policy: Path) -> "Starlette":
    """The proxy for the server at `upstream`, such as "https://host/v1", under the policy in a file.

    Raises ConfigurationError if the policy or the address cannot be used, MissingExtra without starlette or httpx.
    """
    return _Proxy(upstream=upstream, policy=policy).made()


class _Proxy:
    def __init__(self, *, upstream: str, policy: Path) -> None:
        self.policies = Policies(policy)
        self.upstream = Upstream(upstream)
        self.journal = Journal.of(self.policies.current.policy)
        self.metrics = Metrics()
        self.budgets = Budgets()

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
            Route("/v1/models", self.models),
            Route("/v1/models/{name:path}", self.models),
            Route("/predict", self.predict, methods=["POST"]),
        ]
        routes += [Route(f"/v1{path}", self.guarded, methods=["POST"]) for path in ROUTES]
        routes.append(Route("/{path:path}", self.elsewhere, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]))
        return Starlette(routes=routes, lifespan=self.lifespan)

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Any) -> AsyncIterator[None]:
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            await self.upstream.close()
            self.journal.close()

    async def _watch(self) -> None:
        """Looks for a new policy; one that cannot be used is told and changes nothing."""
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            before = self.policies.refused
            with contextlib.suppress(Unwritable):
                if self.policies.refresh():
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
        return _json(200, json.dumps(content).encode())

    async def told_metrics(self, _: "Request") -> "Response":
        from starlette.responses import PlainTextResponse  # noqa: PLC0415

        return PlainTextResponse(self.metrics.text(), media_type="text/plain; version=0.0.4")

    async def elsewhere(self, request: "Request") -> "Response":
        return await self._answering(request, self._nowhere)

    async def _nowhere(self, _: "Request") -> "Response":
        raise envelope.not_guarded()

    async def models(self, request: "Request") -> "Response":
        return await self._answering(request, self._models)

    async def _models(self, request: "Request") -> "Response":
        serve = self.policies.current.policy.serve
        status, body = await self.upstream.get(
            request.url.path.removeprefix("/v1"),
            self._headers(request),
            timeout=serve.timeout,
            largest=round(serve.answer_mib * MIB),
        )
        return _json(status, body)

    async def guarded(self, request: "Request") -> "Response":
        return await self._answering(request, self._guarded)

    async def predict(self, request: "Request") -> "Response":
        return await self._answering(request, self._predict)

    async def _answering(
        self, request: "Request", answer: Callable[["Request"], Awaitable["Response"]]
    ) -> "Response":
        """The boundary that lets no failure say anything: what was caught is told by its place alone."""
        lang = self.policies.current.policy.lang
        try:
            response = await answer(request)
        except Refusal as refusal:
            response = _refused(refusal, lang)
        except Unwritable:
            response = _refused(envelope.unlogged(), lang)
        except Exception as error:  # noqa: BLE001 - a boundary: the guard fails closed
            response = _refused(envelope.ours(_place_of(error)), lang)
        self.metrics.count(
            "vidocq_guard_requests_total",
            path=request.url.path if request.url.path.removeprefix("/v1") in ROUTES else "other",
            status=str(response.status_code),
        )
        return response

    async def _guarded(self, request: "Request") -> "Response":
        held_to = self.policies.current
        policy = held_to.policy
        path = request.url.path.removeprefix("/v1")
        client = self._admitted(request)
        exchange = Exchange(path, held_to, self.journal, self.metrics, client)
        if policy.stop.paused:
            self.journal.write(event="paused", exchange=exchange.id, client=client, because=policy.stop.because)
            raise envelope.paused()
        content = await self._content(request, largest=round(policy.serve.body_mib * MIB))
        if policy.budget is not None:
            self.budgets.ask(client, json.dumps(content, ensure_ascii=False)[: 1 << 16], policy.budget)
        content = exchange.prompt(content)
        self.journal.write(event="asked", exchange=exchange.id, client=client, path=path, policy=policy.hash)
        body = json.dumps(content, ensure_ascii=False).encode()
        return await self._answer(request, exchange, body, is_streamed=content.get("stream") is True)

    async def _answer(self, request: "Request", exchange: Exchange, body: bytes, *, is_streamed: bool) -> "Response":
        from starlette.responses import StreamingResponse  # noqa: PLC0415

        serve = exchange.held_to.policy.serve
        asked = self.upstream.asked("POST", exchange.path, body, self._headers(request), timeout=serve.timeout)
        answer = await asked.__aenter__()
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if is_streamed and answer.status_code == 200 and ROUTES[exchange.path][1] is not None:
            if kind != "text/event-stream":
                await asked.__aexit__(None, None, None)
                raise envelope.upstream_failed(Text("n'a pas répondu par un flux", "did not answer with a stream"))
            return StreamingResponse(self._stream(exchange, asked, answer), media_type="text/event-stream")
        try:
            told = await self.upstream.body(answer, largest=round(serve.answer_mib * MIB))
        finally:
            await asked.__aexit__(None, None, None)
        if answer.status_code != 200:
            raise _failed(answer.status_code)
        whole = exchange.whole(told)
        self._spent(exchange)
        return _json(200, whole)

    async def _stream(self, exchange: Exchange, asked: Any, answer: Any) -> AsyncIterator[bytes]:
        """What may be said; closed on the model's side too when the client leaves."""
        try:
            async for piece in exchange.streamed(self.upstream, answer):
                yield piece
        except Unwritable:
            yield _event(envelope.unlogged(), exchange)
        except Exception as error:  # noqa: BLE001 - a boundary: the guard fails closed
            yield _event(envelope.ours(_place_of(error)), exchange)
        finally:
            self._spent(exchange)
            await asked.__aexit__(None, None, None)

    async def _predict(self, request: "Request") -> "Response":
        policy = self.policies.current.policy
        client = self._admitted(request)
        if policy.stop.paused:
            raise envelope.paused()
        if policy.predictions is None:
            raise envelope.not_guarded()
        content = await self._content(request, largest=round(policy.serve.body_mib * MIB))
        body = json.dumps(content, ensure_ascii=False).encode()
        if policy.budget is not None:
            self.budgets.ask(client, body.decode()[: 1 << 16], policy.budget)
        serve = policy.serve
        async with self.upstream.asked("POST", "", body, self._headers(request), timeout=serve.timeout) as answer:
            told = await self.upstream.body(answer, largest=round(serve.answer_mib * MIB))
        if answer.status_code != 200:
            raise _failed(answer.status_code)
        return _json(200, json.dumps(coarser(parsed(told), policy.predictions)).encode())

    def _spent(self, exchange: Exchange) -> None:
        budget = exchange.held_to.policy.budget
        if budget is not None:
            self.budgets.told(exchange.client, "".join(exchange.said), budget)

    def _admitted(self, request: "Request") -> str:
        """The client's key, hashed for the log. Raises Refusal if the policy names clients and it is none of them."""
        secret = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        clients = self.policies.current.policy.serve.clients
        if clients is not None and hashlib.sha256(secret.encode()).hexdigest() not in clients:
            raise Refusal(
                401,
                "invalid_request_error",
                "invalid_api_key",
                Text("Cette clé n'est pas admise.", "This key is not admitted."),
            )
        return self.journal.hashed(secret)

    def _headers(self, request: "Request") -> dict[str, str]:
        headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT}
        secret = self.policies.current.policy.upstream_key()
        given = request.headers.get("authorization")
        if secret is not None:
            headers["authorization"] = f"Bearer {secret}"
        elif given is not None and self.policies.current.policy.serve.clients is None:
            headers["authorization"] = given
        return headers | {"accept-encoding": "identity"}

    @staticmethod
    async def _content(request: "Request", *, largest: int) -> dict[str, Any]:
        """The request's JSON object. Raises Refusal."""
        parts, size = [], 0
        async for part in request.stream():
            size += len(part)
            if size > largest:
                raise envelope.too_large()
            parts.append(part)
        try:
            content = json.loads(b"".join(parts))
        except (ValueError, RecursionError):
            raise envelope.not_json() from None
        if not isinstance(content, dict):
            raise envelope.not_json()
        return content


def _json(status: int, body: bytes) -> "Response":
    from starlette.responses import Response  # noqa: PLC0415

    return Response(body, status_code=status, media_type=_JSON)


def _refused(refusal: Refusal, lang: Any) -> "Response":
    from starlette.responses import Response  # noqa: PLC0415

    headers = {} if refusal.retry_after is None else {"retry-after": str(refusal.retry_after)}
    return Response(refusal.body(lang), status_code=refusal.status, media_type=_JSON, headers=headers)


def _event(refusal: Refusal, exchange: Exchange) -> bytes:
    return b"data: " + refusal.body(exchange.lang) + b"\n\n"


def _failed(status: int) -> Refusal:
    """The server's own refusal, by its status alone: its words may quote the prompt."""
    kind = "invalid_request_error" if 400 <= status < 500 else "server_error"
    passed = status if status in (400, 401, 403, 404, 408, 409, 413, 422, 429) else 502
    return Refusal(
        passed,
        kind,
        "upstream_status",
        Text(f"Le serveur du modèle a répondu avec le statut {status}.", f"The model's server answered with status {status}."),
    )  # fmt: skip


def _place_of(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
