"""Questions put to an OpenAI-compatible server, several at a time: counted, paid for, kept, and of one model only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, TypeVar

from vidocq.core.canonical import content_hash
from vidocq.core.errors import ModelError, SignalError
from vidocq.engine.store import Store
from vidocq.targets.served.client import Client, Passing
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.kept import Kept
from vidocq.targets.served.mapping import WHERE
from vidocq.targets.served.meter import Load, Meter, Spending, Tally
from vidocq.targets.served.openai_answers import is_overflow, is_withheld, name_in, usage_in
from vidocq.targets.served.openai_terms import Form, OpenAiTerms, address_of, guessed, written
from vidocq.targets.served.pace import Pace, Stopped

UNWILLING = frozenset({400, 404, 405, 422, 501})
"""Refusals after which the question is put in a simpler way, where there is one."""
_LOOKED_EVERY = 0.5  # seconds
T = TypeVar("T")


class TooLong(Exception):
    """The text is longer than the model's context."""


class Withheld(Exception):
    """A filter lets the prompt not through."""


class Unwilling(Exception):
    """The server refuses a question that might be put in a simpler way."""


class Exchange:
    """All that is asked of one server for one audit. Closed when nothing more is asked."""

    def __init__(
        self,
        endpoint: Endpoint,
        terms: OpenAiTerms,
        *,
        described: dict[str, Any],
        store: Store | None,
        audit: str,
        answered: Callable[[], None],
    ) -> None:
        self.endpoint, self.terms = endpoint, terms
        self.kept = Kept(store)
        self._answered = answered
        self._key = content_hash({"openai": "tally", "model": described, "audit": audit})
        self._pace = Pace(endpoint.per_second)
        self._idle: dict[Form, list[Client]] = {"completion": [], "chat": []}
        kept = self.kept.content(self._key) or {}
        self._name: str | None = kept.get("name")
        self.meter = Meter(endpoint, Tally(**kept.get("tally", {})), self._keep, terms.price, terms.budget_cost)
        self.meter.spending = Spending(**kept.get("spending", {}))
        self.meter.kinds.update(kept.get("kinds", {}))

    def require_ready(self) -> None:
        """Asks nothing. Raises MissingExtra, or ConfigurationError where a secret or a certificate is missing."""
        for form in self.terms.forms:
            self._client(form)

    def close(self) -> None:
        """Lets connections go."""
        for idle in self._idle.values():
            while idle:
                idle.pop().close()
        self._keep()

    def ask(
        self,
        form: Form,
        content: dict[str, Any],
        *,
        answers: int,
        most_tokens: int,
        read: Callable[[Any], T],
        simpler: bool = False,
    ) -> T:
        """What `read` makes of the answer.

        simpler  the question could be put in a simpler way.
        Raises   ModelError, SignalError, TooLong, Withheld; Unwilling if `simpler`. Errors say what was asked so far.
        """
        body = written(content)
        load = Load(answers, guessed(body, answers=answers, most_tokens=most_tokens))

        def checked(came: Any) -> T:
            usage = usage_in(came)
            if usage is not None:
                self.meter.took(load, usage)
            self._require_name(came)
            return read(came)

        def refused(status: int, reason: Any) -> Exception | None:
            if is_overflow(reason):
                return TooLong()
            if is_withheld(reason):
                return Withheld()
            return Unwilling() if simpler and status in UNWILLING else None

        with self._borrowed(form) as client:
            try:
                found: T = client.ask(body, load, read=checked, refused=refused)
            except (ModelError, SignalError) as error:
                with self.meter.lock:
                    self._keep()
                raise type(error)(
                    error.what, where=error.where, fix=f"{error.fix}; {self._so_far()}", fr=error.fr
                ) from None
        return found

    def each(self, do: Callable[[T], None], items: Iterable[T]) -> None:
        """Does all, several at a time. After a failure nothing more sets out; the first one, in their order, is raised."""
        listed = list(items)
        if self.terms.at_once == 1 or len(listed) < 2:
            for item in listed:
                do(item)
            return
        try:
            with ThreadPoolExecutor(self.terms.at_once) as pool:
                futures = [pool.submit(do, item) for item in listed]
                try:
                    _first_failure(futures)
                except BaseException:  # it was interrupted
                    self._pace.stop(abandon=True)
                    raise
                finally:
                    unfinished = [future for future in futures if not future.done()]
                    if unfinished:
                        self._pace.stop()
                    for future in unfinished:
                        future.cancel()
        finally:
            self._pace.resume()
        errors = [error for future in futures if not future.cancelled() if (error := future.exception()) is not None]
        for error in sorted(errors, key=lambda one: isinstance(one, Stopped)):
            raise error from None

    def done(self) -> None:
        """One prompt or text needs nothing more."""
        with self.meter.lock:
            self._answered()

    def account(self) -> dict[str, Any]:
        """What was asked, failed attempts included, over all runs of this audit; what it cost, and what was met."""
        meter, price = self.meter, self.terms.price
        return {
            **asdict(meter.tally),
            "tokens_given": meter.spending.given,
            "tokens_written": meter.spending.written,
            "tokens_guessed": meter.spending.guessed,
            "cost": None if price is None else round(meter.spending.cost, 6),
            "currency": None if price is None else price.currency,
            "budget": self.endpoint.budget,
            "budget_cost": self.terms.budget_cost,
            "answers_as": self._name,
            "met": dict(sorted(meter.kinds.items())),
        }

    def _require_name(self, content: Any) -> None:
        """Raises Passing, or ModelError before it ever answered as it should, for an answer of another model."""
        name = name_in(content)
        if name is None:
            self.meter.noted("unnamed")
            return
        with self.meter.lock:
            if self.terms.is_name(name) and self._name in {None, name}:
                self._name = name
                return
            known = self._name
        how = "answers as another model than the one asked for"
        fix = "correct model, or name what it answers as in answers_as"
        if known is None:
            self.meter.noted("another_model")
            raise ModelError(f"the endpoint {how}", where=f"{WHERE}, {self.endpoint.host}", fix=fix)
        raise Passing("another_model", how, f"{fix}; answers of two models are never mixed")

    @contextmanager
    def _borrowed(self, form: Form) -> Iterator[Client]:
        """A client that no other thread uses."""
        with self.meter.lock:
            idle = self._idle[form]
            client = idle.pop() if idle else None
        client = self._client(form) if client is None else client
        try:
            yield client
        finally:
            with self.meter.lock:
                self._idle[form].append(client)

    def _client(self, form: Form) -> Client:
        return Client(address_of(self.endpoint, form), self.meter, pace=self._pace, garbage_may_pass=True)

    def _so_far(self) -> str:
        told = self.account()
        cost = "" if told["cost"] is None else f", {told['cost']:g} {told['currency']}"
        kept = "; answers had so far are kept and will not be asked for again" if self.kept.lasts else ""
        return f"so far {told['queries']} queries in {told['requests']} requests{cost}{kept}"

    def _keep(self) -> None:
        if not self.kept.lasts:
            return
        meter = self.meter
        self.kept.put_content(
            self._key,
            {
                "tally": asdict(meter.tally),
                "spending": asdict(meter.spending),
                "kinds": dict(meter.kinds),
                "name": self._name,
            },
        )


def _first_failure(futures: Sequence[Future[None]]) -> None:
    """Returns once one has failed or all are done; looks up now and then, for a wait without end is not interrupted everywhere."""
    while True:
        done, left = wait(futures, timeout=_LOOKED_EVERY, return_when=FIRST_EXCEPTION)
        if not left or any(future.exception() is not None for future in done):
            return
