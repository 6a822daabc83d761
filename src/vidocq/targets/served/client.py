"""One question put to an endpoint, again where a failure may pass; counted, paced, and never longer than it may take.

httpx is an extra: `pip install "vidocq[http]"`.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from vidocq.core import moment
from vidocq.core.errors import ConfigurationError, MissingExtra, ModelError
from vidocq.core.version import VERSION
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.mapping import WHERE

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same question may be put again."""
LONGEST_BACKOFF = 60.0
LOGGER = "httpx"
_GONE_BEFORE = 0.05  # of a deadline: the waiting thread gives up this share after the asking one


def require_httpx() -> Any:
    """The module httpx. Raises MissingExtra if it is not installed."""
    try:
        import httpx  # noqa: PLC0415 - an extra, on use
    except ImportError:
        raise MissingExtra(
            "httpx is not installed", where="[model] kind = 'http'", fix='pip install "vidocq[http]"'
        ) from None
    return httpx


@dataclass
class Tally:
    """What was asked so far, every attempt that set out counted; `answered` are the queries that need no other."""

    queries: int = 0
    requests: int = 0
    answered: int = 0


@dataclass(frozen=True)
class _Failed:
    """An attempt that may be made again. wait: seconds that the endpoint asks for, or None."""

    how: str
    wait: float | None = None


class Client:
    """Puts questions to one endpoint, one after the other. Made in the process that asks; never pickled."""

    def __init__(self, endpoint: Endpoint, tally: Tally, *, changed: Callable[[], None]) -> None:
        """`changed` is called whenever the tally was, before the attempt that it counts sets out.

        Raises MissingExtra without httpx, ConfigurationError if a secret, a certificate or the address is at fault.
        """
        self._endpoint = endpoint
        self._tally = tally
        self._changed = changed
        self._httpx = require_httpx()
        self._headers = {
            "User-Agent": f"vidocq/{VERSION}",
            **endpoint.secret_headers(),
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        self._verify = _trusted(endpoint)
        try:
            self._address = self._httpx.URL(endpoint.address())
        except self._httpx.InvalidURL:
            raise ConfigurationError(
                "the address cannot be read", where="[model.http] url", fix="write url as https://host/path"
            ) from None
        self._unlogged = _Unlogged(self._address)
        self._session: Any = None
        self._began: float | None = None

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
            logging.getLogger(LOGGER).removeFilter(self._unlogged)

    def ask(self, body: bytes, *, queries: int) -> Any:
        """What the endpoint answers, as JSON. Raises ModelError, which quotes nothing of it."""
        pause = self._endpoint.backoff
        for attempt in range(self._endpoint.retries + 1):
            session = self._opened()  # takes a while, and is no part of the pace
            self._pace()
            found = self._attempt(session, body, queries)
            if not isinstance(found, _Failed):
                return found
            if attempt < self._endpoint.retries:
                self._wait(found, pause)
                pause = min(2 * pause, LONGEST_BACKOFF)
        raise ModelError(
            f"the endpoint {found.how}, {self._endpoint.retries + 1} times in a row",
            where=self._endpoint.host,
            fix="start the same audit again once it answers; if it takes too long, lower batch_size or raise timeout",
        )

    def _pace(self) -> None:
        if self._endpoint.per_second is not None and self._began is not None:
            time.sleep(max(self._began + 1 / self._endpoint.per_second - moment.seconds(), 0.0))
        self._began = moment.seconds()

    def _wait(self, failed: _Failed, pause: float) -> None:
        if failed.wait is not None and failed.wait > self._endpoint.longest_wait:
            raise ModelError(
                f"the endpoint {failed.how} and asks to wait {failed.wait:.0f} seconds",
                where=self._endpoint.host,
                fix="start the same audit again then, or raise longest_wait",
            )
        time.sleep(max(pause, failed.wait or 0.0))

    def _attempt(self, session: Any, body: bytes, queries: int) -> Any:
        """The answer as JSON, or how the attempt failed."""
        self._count(queries)
        try:
            return self._in_time(session, body)
        except (self._httpx.ConnectError, self._httpx.ConnectTimeout):
            self._tally.queries -= queries  # nothing was sent
            self._tally.requests -= 1
            self._changed()
            self.close()
            return _Failed("cannot be reached")
        except (TimeoutError, self._httpx.TimeoutException):
            self.close()
            return _Failed(f"did not answer within {self._endpoint.timeout:g} s")
        except self._httpx.HTTPError as error:
            self.close()
            return _Failed(f"broke the connection off ({type(error).__name__})")

    def _count(self, queries: int) -> None:
        budget = self._endpoint.budget
        if budget is not None and self._tally.queries + queries > budget:
            raise ModelError(
                f"the budget of {budget} queries is spent, retries included",
                where=self._endpoint.host,
                fix="raise budget in [model.http] and start the same audit again",
            )
        self._tally.queries += queries
        self._tally.requests += 1
        self._changed()

    def _opened(self) -> Any:
        if self._session is None:
            logging.getLogger(LOGGER).addFilter(self._unlogged)
            self._session = self._httpx.Client(
                headers=self._headers,
                verify=self._verify,
                timeout=self._endpoint.timeout,
                follow_redirects=False,
                trust_env=False,  # no proxy but the endpoint sees the records
            )
        return self._session

    def _in_time(self, session: Any, body: bytes) -> Any:
        """The exchange in a thread of its own: whatever drips in slowly, it ends in time. Raises TimeoutError."""
        found = Future[Any]()

        def exchange() -> None:
            try:
                found.set_result(self._exchange(session, body))
            except BaseException as error:  # noqa: BLE001 - carried to the thread that waits, and raised there
                found.set_exception(error)

        threading.Thread(target=exchange, daemon=True).start()
        return found.result(timeout=self._endpoint.timeout * (1 + _GONE_BEFORE))

    def _exchange(self, session: Any, body: bytes) -> Any:
        deadline = moment.seconds() + self._endpoint.timeout
        with session.stream(self._endpoint.method, self._address, content=body) as answer:
            failed = self._status(answer)
            if failed is not None:
                return failed
            self._require_json(answer)
            parts, size = [], 0
            for part in answer.iter_raw():
                size += len(part)
                if size > self._endpoint.largest:
                    raise self._too_large()
                if moment.seconds() > deadline:
                    raise TimeoutError
                parts.append(part)
        return self._parsed(b"".join(parts))

    def _status(self, answer: Any) -> _Failed | None:
        status = answer.status_code
        if status in PASSING:
            return _Failed(f"answered with status {status}", _retry_after(answer.headers.get("retry-after")))
        if 300 <= status < 400:
            raise self._refused(f"redirects elsewhere (status {status})", "give the final address as url")
        if status in {401, 403}:
            raise self._refused(f"refuses access (status {status})", "check the secrets that its headers take")
        if not 200 <= status < 300:
            raise self._refused(
                f"refuses the question (status {status})", "check url, method and how [model.http] writes records"
            )
        return None

    def _require_json(self, answer: Any) -> None:
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            raise self._refused("does not say that it answers in JSON", "let it send Content-Type: application/json")
        if answer.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
            raise self._refused("compresses its answer unasked", "let it heed Accept-Encoding: identity")
        length = answer.headers.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > self._endpoint.largest:
            raise self._too_large()

    def _parsed(self, body: bytes) -> Any:
        try:
            return json.loads(body, parse_constant=_no_number)
        except _NotFinite:
            raise self._refused("answered with a number that is not finite", "let it answer with numbers") from None
        except (ValueError, RecursionError):
            raise self._refused(
                "says that it answers in JSON and does not", "put the same question by hand to see it"
            ) from None

    def _too_large(self) -> ModelError:
        return self._refused(
            f"answers with more than {self._endpoint.largest / 2**20:g} MiB", "lower batch_size, or raise largest_mib"
        )

    def _refused(self, what: str, fix: str) -> ModelError:
        return ModelError(f"the endpoint {what}", where=f"{WHERE}, {self._endpoint.host}", fix=fix)


class _Unlogged(logging.Filter):
    """httpx writes whole addresses into its log, with the secrets that they may bear: ours are shown by their host."""

    def __init__(self, address: Any) -> None:
        super().__init__()
        self._address = address

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            shown = (self._address.host if arg == self._address else arg for arg in record.args)
            record.args = tuple(shown)
        return True


class _NotFinite(ValueError):
    """NaN or Infinity in what should be JSON."""


def _no_number(_: str) -> Any:
    raise _NotFinite


def _retry_after(value: str | None) -> float | None:
    """Seconds from a Retry-After header, which holds seconds or a date; None if it is absent or unreadable."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:12])
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    date = date.replace(tzinfo=UTC) if date.tzinfo is None else date
    return max((date - datetime.fromisoformat(moment.now())).total_seconds(), 0.0)


def _trusted(endpoint: Endpoint) -> Any:
    """What certificates are checked against; they always are."""
    if endpoint.certificates is None:
        return True
    import ssl  # noqa: PLC0415

    try:
        return ssl.create_default_context(cafile=str(endpoint.certificates))
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(
            f"the certificates cannot be read ({type(error).__name__})",
            where=f"[model.http] certificates, {endpoint.certificates.name}",
            fix="give a PEM file of certificates",
        ) from None
