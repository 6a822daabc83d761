"""One request and its answer, from the first byte to the last: what came, what was found, what was let go of."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from vidocq.core import moment
from vidocq.core.guarding import Hit, Surface
from vidocq.core.text import Lang
from vidocq.serve import plain
from vidocq.serve.beside import Beside
from vidocq.serve.envelope import Refusal, answer_blocked, not_json, prompt_blocked, unreadable
from vidocq.serve.journal import Journal
from vidocq.serve.metrics import Metrics
from vidocq.serve.policies import InForce
from vidocq.serve.sse import written
from vidocq.serve.surfaces import chat, chat_stream, completions, embeddings, responses, responses_stream
from vidocq.serve.surfaces.looking import Blocked, Looking
from vidocq.serve.turns import Job
from vidocq.serve.upstream import parsed

LONG = 1 << 8
"""Bytes from which on a text is looked through beside the others, not before them."""
COUNTED = 1 << 10
"""Characters of an answer that the budget counts at a time, from its beginning on."""
_LONGEST_PLACE = 500
T = TypeVar("T")


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
RESPONSES = "/responses"


@dataclass
class Exchange:
    """id  under which the log speaks of it.   client  the client's key, hashed.
    spend   counts what was said against the client's budget, part by part; raises Refusal once that is spent.
    beside  where long texts are looked through, so that others need not wait.   job  all such work of this exchange.
    """

    path: str
    held_to: InForce
    journal: Journal
    metrics: Metrics
    client: str
    beside: Beside | None = None
    spend: Callable[[str], None] | None = None
    id: str = field(default_factory=moment.new_id)
    job: Job = field(default_factory=Job)
    _said: str = ""  # not counted yet

    def __post_init__(self) -> None:
        self.job.client = self.client

    @property
    def lang(self) -> Lang:
        return self.held_to.policy.lang

    @property
    def timeout(self) -> float:
        return self.held_to.policy.serve.timeout

    def looking(self) -> Looking:
        """For as long as `give_time` gave."""
        return Looking(self.held_to.guard.asking(self.job.ask), self._note, self.held_to.clean)

    def give_time(self) -> None:
        """What has come by now has to be looked through within the time for an answer, that for waiting its turn included."""
        self.job.until = moment.seconds() + self.timeout

    async def aside(self, work: Callable[[], T], *, size: int, is_streamed: bool = False) -> T:
        """What the work on so many bytes gives."""
        if size <= LONG or self.beside is None:
            return work()
        return await self.beside.do(self.job, work, is_streamed=is_streamed)

    def tell(self, event: str, **told: Any) -> None:
        """Into the log. Raises Unwritable."""
        about = {"exchange": self.id, "client": self.client, "path": self.path, **told}
        self.journal.write(event=event, **about, policy=self.held_to.policy.hash)

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
        self.tell(
            "find",
            surface=surface.value,
            place=place[:_LONGEST_PLACE],
            start=find.start,
            end=find.end,
            filter=find.filter,
            kind=find.kind,
            action=find.action.value,
            view=find.view,
            late=find.late,
        )

    async def prompt(self, content: dict[str, Any], *, size: int) -> dict[str, Any]:
        """The request as it goes on; `size` are its bytes. Raises Refusal."""
        lets_unseen = self.held_to.policy.serve.unseen == "pass"

        def looked() -> dict[str, Any]:
            return ROUTES[self.path].asked(content, self.looking(), lets_unseen=lets_unseen)

        self.give_time()
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

        self.give_time()
        try:
            content = await self.aside(looked, size=len(body))
        except Blocked:
            raise answer_blocked() from None
        except RecursionError:
            raise unreadable() from None
        self.count(content)
        self.count_rest()
        return plain.write(content)

    def event_of(self, refusal: Refusal) -> bytes:
        """An error in the shape that clients of this API understand in a stream."""
        content: dict[str, Any] = dict(refusal.content(self.lang))
        if self.path != RESPONSES:
            return written(plain.write(content))
        told = {"type": "error", "code": refusal.code, "message": refusal.message.to(self.lang), "param": None}
        return written(plain.write(told | content | {"sequence_number": 0}), name="error")

    def count(self, content: dict[str, Any]) -> None:
        """Counts what is about to be said. Raises Refusal once the budget was spent before it."""
        if self.spend is None:
            return
        self._said += _all_texts(content)
        while len(self._said) >= COUNTED:
            part, self._said = self._said[:COUNTED], self._said[COUNTED:]
            self.spend(part)

    def count_rest(self) -> None:
        """At the end: nothing more will be said."""
        if self.spend is not None:
            part, self._said = self._said, ""
            with contextlib.suppress(Refusal):
                self.spend(part)


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
