"""The proxy: an ASGI application in front of a model's server.

starlette is an extra: `pip install "vidocq[guard]"`.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidocq.core.errors import MissingExtra
from vidocq.core.text import Lang
from vidocq.serve import envelope, plain
from vidocq.serve.answers import Answers
from vidocq.serve.envelope import Refusal
from vidocq.serve.exchange import ROUTES
from vidocq.serve.flow import ClientLeft, Flow
from vidocq.serve.incoming import JSON
from vidocq.serve.journal import Journal, Unwritable
from vidocq.serve.metrics import Metrics
from vidocq.serve.places import place_of
from vidocq.serve.policies import InForce, Policies
from vidocq.serve.switch import Switch
from vidocq.serve.upstream import Upstream

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    Answer = Response | Flow

REFRESH_SECONDS = 1.0
STOP_SECONDS = 0.2
"""Between two looks at the stop switch."""


def application(*, upstream: str, policy: Path) -> "Starlette":
    """The proxy for the server at `upstream`, such as "https://host/v1", under the policy in a file.

    Raises ConfigurationError if the policy, its log or the address cannot be used, MissingExtra without starlette, httpx
    or orjson.
    """
    return _Proxy(upstream=upstream, policy=policy).made()


class _Proxy:
    def __init__(self, *, upstream: str, policy: Path) -> None:
        plain.codec()
        self.journal = Journal()
        self.policies = Policies(policy, accept=self.journal.follow)
        self.upstream = Upstream(upstream)
        self.metrics = Metrics()
        self.switch = Switch(self.policies.current.policy.stop)
        self.answers = Answers(self.upstream, self.journal, self.metrics, self.switch)

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
            Route("/v1/models", self._answering(self.answers.models)),
            Route("/v1/models/{name:path}", self._answering(self.answers.models)),
            Route("/predict", self._answering(self.answers.predicted), methods=["POST"]),
        ]
        routes += [Route(f"/v1{path}", self._answering(self.answers.guarded), methods=["POST"]) for path in ROUTES]
        methods = ["GET", "POST", "PUT", "DELETE", "PATCH"]
        routes.append(Route("/{path:path}", self._answering(self._nowhere), methods=methods))
        made = Starlette(routes=routes, lifespan=self.lifespan, exception_handlers={405: self._no_such_method})
        made.state.leave = self.switch.leave
        return made

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Any) -> AsyncIterator[None]:
        watches = [
            asyncio.create_task(self._watch(self._look_at_switch, every=STOP_SECONDS)),
            asyncio.create_task(self._watch(self._look_at_policy, every=REFRESH_SECONDS)),
        ]
        try:
            yield
        finally:
            for watch in watches:
                watch.cancel()
            await self.upstream.close()
            self.answers.close()
            self.journal.close()

    async def _watch(self, look: Callable[[], Awaitable[None]], *, every: float) -> None:
        """Looks again and again; the boundary that no failure of one look goes beyond."""
        while True:
            await asyncio.sleep(every)
            try:
                await look()
            except Unwritable:
                continue  # told to whoever asks next
            except Exception:  # noqa: BLE001 - a boundary: what is in force stays
                self.metrics.count("vidocq_guard_policy_reloads_total", outcome="failed")

    async def _look_at_switch(self) -> None:
        """The stop switch is read by itself: nothing else that is wrong with a policy, or slow about it, keeps it from holding."""
        said = await asyncio.to_thread(self.policies.refresh_stop)
        if said.paused and said != self.switch.section:
            self.switch.turn(said)
            self.journal.write(event="stop", outcome="paused", because=said.because)

    async def _look_at_policy(self) -> None:
        """One that cannot be used is told and changes nothing, a pause apart."""
        before = self.policies.refused
        if await asyncio.to_thread(self.policies.refresh):
            policy = self.policies.current.policy
            if policy.stop.paused or not self.policies.refresh_stop().paused:
                self.switch.turn(policy.stop)  # a pause ends with a policy that is in force, and no sooner
            self.metrics.count("vidocq_guard_policy_reloads_total", outcome="in force")
            self.journal.write(event="policy", outcome="in force", policy=policy.hash)
        elif self.policies.refused is not before and self.policies.refused is not None:
            self.metrics.count("vidocq_guard_policy_reloads_total", outcome="refused")
            self.journal.write(event="policy", outcome="refused", why=self.policies.refused.what)

    async def health(self, _: "Request") -> "Response":
        """Anybody may ask: nothing that stands in a file of the operator's is told."""
        if self.journal.is_failing:
            with contextlib.suppress(Unwritable):
                self.journal.write(event="log", outcome="written again")
        status = "log_unwritable" if self.journal.is_failing else "ok"
        refusal = self.switch.refusal
        content = {
            "status": status if refusal is None else refusal.code,
            "policy": self.policies.current.policy.hash,
        }
        if self.policies.refused is not None:
            content["newest_policy_refused"] = f"{type(self.policies.refused).__name__}; the log says why"
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
                response = _refused(envelope.ours(place_of(error)), lang)
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

    async def _no_such_method(self, _: "Request", __: Exception) -> "Response":
        return _refused(envelope.no_such_method(), self.policies.current.policy.lang)


def _json(status: int, body: bytes) -> "Response":
    from starlette.responses import Response  # noqa: PLC0415

    return Response(body, status_code=status, media_type=JSON)


def _refused(refusal: Refusal, lang: Lang) -> "Response":
    from starlette.responses import Response  # noqa: PLC0415

    headers = {} if refusal.retry_after is None else {"retry-after": str(refusal.retry_after)}
    return Response(refusal.body(lang), status_code=refusal.status, media_type=JSON, headers=headers)
