"""What is done for one request, from its body to the answer; ends at once when the client leaves or everything is paused."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from vidocq.core.guarding import Surface
from vidocq.core.text import Text
from vidocq.serve import envelope, plain
from vidocq.serve.beside import Beside
from vidocq.serve.budgets import Budgets, latest
from vidocq.serve.envelope import Refusal
from vidocq.serve.exchange import ROUTES, STREAMS, Exchange
from vidocq.serve.flow import LAST_SECONDS, Flow, left, unless
from vidocq.serve.incoming import JSON, MIB, admitted, content_of, headers_for
from vidocq.serve.journal import Journal, Unwritable
from vidocq.serve.metrics import Metrics
from vidocq.serve.places import place_of
from vidocq.serve.policies import InForce
from vidocq.serve.predictions import UnknownShape, coarser
from vidocq.serve.refused import refused
from vidocq.serve.streaming import Say, streamed
from vidocq.serve.surfaces import models
from vidocq.serve.surfaces.looking import Blocked
from vidocq.serve.switch import Switch
from vidocq.serve.upstream import Upstream, parsed, require_uncoded, whole_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    Answer = Response | Flow

T = TypeVar("T")
_MODEL = re.compile(r"/models(?:/[A-Za-z0-9_:@+-][A-Za-z0-9_.:@+-]*)*")
_NO_STREAM = Text("n'a pas répondu par un flux", "did not answer with a stream")


class Answers:
    """The methods answer a request or raise Refusal, ClientLeft or Unwritable."""

    def __init__(self, upstream: Upstream, journal: Journal, metrics: Metrics, switch: Switch) -> None:
        self._upstream = upstream
        self._journal = journal
        self._metrics = metrics
        self._switch = switch
        self._budgets = Budgets()
        self._beside = Beside()

    def close(self) -> None:
        self._beside.close()

    async def models(self, request: "Request", held_to: InForce) -> "Answer":
        exchange = self._begun(request, held_to)
        path = request.url.path.removeprefix("/v1")
        if _MODEL.fullmatch(path) is None:
            raise envelope.not_guarded()

        async def answered() -> "Answer":
            exchange.tell("asked")
            told = await self._told(request, exchange, "GET", path, b"")
            return await self._looked(exchange, lambda: models.whole(parsed(told), exchange.looking()), len(told))

        return await self._held(exchange, answered(), left(request.receive))

    async def predicted(self, request: "Request", held_to: InForce) -> "Answer":
        exchange = self._begun(request, held_to)
        section = held_to.policy.predictions
        if section is None:
            raise envelope.not_guarded()
        content, size = await self._asked(request, exchange)

        async def answered() -> "Answer":
            exchange.give_time()
            looking = exchange.looking()
            try:
                seen = await exchange.aside(lambda: looking.everything(content, Surface.PROMPT, ""), size=size)
            except Blocked:
                raise envelope.prompt_blocked() from None
            except RecursionError:
                raise envelope.not_json() from None
            exchange.tell("asked")
            told = await self._told(request, exchange, "POST", "", plain.write(seen))

            def looked() -> Any:
                try:
                    coarse = coarser(whole_of(told), section)
                except UnknownShape:
                    raise envelope.unknown_shape() from None
                return looking.everything(coarse, Surface.ANSWER, "")

            return await self._looked(exchange, looked, len(told))

        return await self._held(exchange, answered(), left(request.receive))

    async def guarded(self, request: "Request", held_to: InForce) -> "Answer":
        exchange = self._begun(request, held_to)
        content, size = await self._asked(request, exchange)

        async def answered() -> "Answer":
            asked = await exchange.prompt(content, size=size)
            exchange.tell("asked")
            if asked.get("stream") is True and exchange.path in STREAMS:
                return await self._flow(request, exchange, asked)
            told = await self._told(request, exchange, "POST", exchange.path, plain.write(asked))
            return _json(await exchange.whole(told))

        return await self._held(exchange, answered(), left(request.receive))

    def _begun(self, request: "Request", held_to: InForce) -> Exchange:
        """An exchange of an admitted client. Raises Refusal, and while everything is paused too."""
        client = self._journal.hashed(admitted(request, held_to.policy))
        path = request.url.path.removeprefix("/v1")
        budget = held_to.policy.budget
        counts = budget is not None and budget.novelty is not None
        exchange = Exchange(
            path if path in ROUTES else "other",
            held_to,
            self._journal,
            self._metrics,
            client,
            self._beside,
            (lambda said: self._budgets.told(client, said, budget)) if counts and budget is not None else None,
        )
        refusal = self._switch.refusal
        if refusal is not None:
            self._tell_end(exchange, refusal)
            raise refusal
        return exchange

    async def _held(
        self, exchange: Exchange, work: Coroutine[Any, Any, T], *ends: Coroutine[Any, Any, NoReturn]
    ) -> T:
        """What the work gives; how it ended is in the log. Nothing is given while everything is paused."""
        try:
            result = await unless(work, self._switch.ended(), *ends)
            refusal = self._switch.refusal
            if refusal is not None and not isinstance(result, Flow):  # which looks itself
                raise refusal
        except Refusal as refused_:
            self._tell_end(exchange, refused_)
            raise
        return result

    def _tell_end(self, exchange: Exchange, refusal: Refusal) -> None:
        if refusal.code == envelope.paused().code:
            exchange.tell("paused", because=self._switch.section.because)
        else:
            exchange.tell("ended", outcome=refusal.code)

    async def _asked(self, request: "Request", exchange: Exchange) -> tuple[dict[str, Any], int]:
        """The request's content, counted by the budget, and its bytes."""
        policy = exchange.held_to.policy

        async def counted() -> tuple[dict[str, Any], int]:
            content, size = await content_of(request, policy)
            if policy.budget is not None:
                try:
                    asked = latest(content)
                except RecursionError:
                    raise envelope.not_json() from None
                self._budgets.ask(exchange.client, asked, policy.budget)
            return content, size

        return await self._held(exchange, counted())

    async def _looked(self, exchange: Exchange, work: Any, size: int) -> "Response":
        """A whole answer, as it may be said."""
        exchange.give_time()
        try:
            return _json(plain.write(await exchange.aside(work, size=size)))
        except Blocked:
            raise envelope.answer_blocked() from None
        except RecursionError:
            raise envelope.unreadable() from None

    async def _told(self, request: "Request", exchange: Exchange, method: str, path: str, body: bytes) -> bytes:
        """The body of an answer in one piece."""
        headers = headers_for(request, exchange.held_to.policy)
        async with self._upstream.asked(method, path, body, headers, timeout=exchange.timeout) as answer:
            told = await self._body(answer, exchange)
        if answer.status_code != 200:
            raise await self._refused(answer, told, exchange)
        return told

    async def _body(self, answer: Any, exchange: Exchange) -> bytes:
        serve = exchange.held_to.policy.serve
        return await self._upstream.body(answer, largest=round(serve.answer_mib * MIB), seconds=serve.timeout)

    async def _refused(self, answer: Any, told: bytes, exchange: Exchange) -> Refusal:
        exchange.give_time()
        later = answer.headers.get("retry-after")
        work = partial(refused, answer.status_code, told, later, exchange.looking())
        return await exchange.aside(work, size=len(told))

    async def _flow(self, request: "Request", exchange: Exchange, asked: dict[str, Any]) -> Flow:
        """A streamed answer of which the head has come and is right."""
        serve = exchange.held_to.policy.serve
        headers = headers_for(request, exchange.held_to.policy)
        async with contextlib.AsyncExitStack() as stack:
            answer = await stack.enter_async_context(
                self._upstream.asked("POST", exchange.path, plain.write(asked), headers, timeout=serve.timeout)
            )
            if answer.status_code != 200:
                raise await self._refused(answer, await self._body(answer, exchange), exchange)
            if answer.headers.get("content-type", "").partition(";")[0].strip().lower() != "text/event-stream":
                raise envelope.upstream_failed(_NO_STREAM)
            require_uncoded(answer)
            pieces = await stack.enter_async_context(
                contextlib.aclosing(self._upstream.pieces(answer, largest=round(serve.answer_mib * MIB)))
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
                await self._held(exchange, streamed(exchange, asked, pieces, say))
        except Refusal as refusal:
            outcome, failed = refusal.code, refusal
        except Unwritable:
            outcome, failed = "unlogged", envelope.unlogged()
        except asyncio.CancelledError:
            outcome = "left"
            raise
        except Exception as error:  # noqa: BLE001 - a boundary: the guard fails closed
            outcome, failed = "failed", envelope.ours(place_of(error))
        finally:
            self._metrics.count("vidocq_guard_streams_total", outcome=outcome)
            exchange.count_rest()
        if failed is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    await say(exchange.event_of(failed))


def _json(body: bytes) -> "Response":
    from starlette.responses import Response  # noqa: PLC0415

    return Response(body, media_type=JSON)
