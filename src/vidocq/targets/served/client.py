"""One question put to an endpoint, again where a failure may pass; counted, paced, and never longer than it may take.

httpx is an extra: `pip install "vidocq[http]"`.
"""

import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from vidocq.core import moment
from vidocq.core.errors import ConfigurationError, MissingExtra, ModelError
from vidocq.core.version import VERSION
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.mapping import WHERE
from vidocq.targets.served.meter import Load, Meter
from vidocq.targets.served.pace import Pace, Stopped

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same question may be put again."""
LONGEST_BACKOFF = 60.0
LOGGER = "httpx"
Refused = Callable[[int, Any], Exception | None]
LONGEST_REFUSAL = 64 << 10
"""Bytes read of an answer that says why a question is refused."""
_LOOKED_EVERY = 0.5  # seconds between looks at whether anybody still waits
_GONE_BEFORE = 0.05  # of a deadline: the waiting thread gives up this share after the asking one


def require_httpx(table: str) -> Any:
    """The module httpx. Raises MissingExtra if it is not installed."""
    try:
        import httpx  # noqa: PLC0415 - an extra, on use
    except ImportError:
        raise MissingExtra("httpx is not installed", where=table, fix='pip install "vidocq[http]"') from None
    return httpx


class Passing(Exception):
    """An answer that is not what was asked for, and may be at another attempt.

    kind  under which it is counted.   how  continues the sentence "the endpoint ...".   fix  what its user can do.
    """

    def __init__(self, kind: str, how: str, fix: str) -> None:
        super().__init__(kind)
        self.kind, self.how, self.fix = kind, how, fix


@dataclass(frozen=True)
class _Failed:
    """An attempt that may be made again. wait: seconds that the endpoint asks for, or None."""

    kind: str
    how: str
    wait: float | None = None
    fix: str = (
        "start the same audit again once it answers; if it takes too long, ask for less at once or raise timeout"
    )


def as_it_came(content: Any) -> Any:
    return content


def nothing_known(status: int, content: Any) -> Exception | None:
    """Nothing particular is known of why a question is refused."""
    return None


class Client:
    """Puts questions to one endpoint, one after the other. Made in the process that asks; never pickled."""

    def __init__(
        self, endpoint: Endpoint, meter: Meter, *, pace: Pace | None = None, garbage_may_pass: bool = False
    ) -> None:
        """`pace` is shared by the clients of one endpoint; what is no JSON is asked for again if `garbage_may_pass`.

        Raises MissingExtra without httpx, ConfigurationError if a secret, a certificate or the address is at fault.
        """
        self._endpoint = endpoint
        self._meter = meter
        self._pace = Pace(endpoint.per_second) if pace is None else pace
        self._garbage_may_pass = garbage_may_pass
        self._httpx = require_httpx(endpoint.table)
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
                "the address cannot be read", where=f"{endpoint.table} url", fix="write url as https://host/path"
            ) from None
        self._unlogged = _Unlogged(self._address)
        self._session: Any = None

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
            logging.getLogger(LOGGER).removeFilter(self._unlogged)

    def ask(
        self,
        body: bytes,
        load: Load,
        *,
        read: Callable[[Any], Any] = as_it_came,
        refused: Refused = nothing_known,
    ) -> Any:
        """What `read` makes of the endpoint's answer, which is JSON. Raises ModelError, which quotes nothing of it.

        read     may raise Passing for an answer that is to be asked for again.
        refused  is told the status and the content (None unless JSON) of a refusal; what it returns is raised.
        """
        pause = self._endpoint.backoff
        for attempt in range(self._endpoint.retries + 1):
            session = self._opened()  # takes a while, and is no part of the pace
            self._pace.wait()
            found = self._attempt(session, body, load, read, refused)
            if not isinstance(found, _Failed):
                return found
            self._meter.noted(found.kind)
            if attempt < self._endpoint.retries:
                self._wait(found, pause)
                pause = min(2 * pause, LONGEST_BACKOFF)
        times = self._endpoint.retries + 1
        raise ModelError(
            f"the endpoint {found.how}, {times} times in a row" if times > 1 else f"the endpoint {found.how}",
            where=self._endpoint.host,
            fix=found.fix,
        )

    def _wait(self, failed: _Failed, pause: float) -> None:
        if failed.wait is not None and failed.wait > self._endpoint.longest_wait:
            raise ModelError(
                f"the endpoint {failed.how} and asks to wait {failed.wait:.0f} seconds",
                where=self._endpoint.host,
                fix="start the same audit again then, or raise longest_wait",
            )
        if failed.wait is not None:
            self._pace.hold(failed.wait)
        self._pace.pause(max(pause, failed.wait or 0.0))

    def _attempt(
        self,
        session: Any,
        body: bytes,
        load: Load,
        read: Callable[[Any], Any],
        refused: Refused,
    ) -> Any:
        """What was read of the answer, or how the attempt failed."""
        self._meter.sets_out(load)
        try:
            content = self._in_time(session, body, refused)
        except (self._httpx.ConnectError, self._httpx.ConnectTimeout):
            self._meter.unsent(load)
            self.close()
            return _Failed("unreachable", "cannot be reached")
        except (TimeoutError, self._httpx.TimeoutException):
            self.close()
            return _Failed("too_slow", f"did not answer within {self._endpoint.timeout:g} s")
        except self._httpx.HTTPError as error:
            self.close()
            return _Failed("broken_off", f"broke the connection off ({type(error).__name__})")
        except Stopped:
            self.close()
            raise
        except Passing as wrong:
            self.close()
            return _Failed(wrong.kind, wrong.how, fix=wrong.fix)
        except _Refusal as refusal:
            self._meter.unbilled(load)
            raise refusal.error from None
        if isinstance(content, _Failed):
            self._meter.unbilled(load)
            return content
        try:
            return read(content)
        except Passing as wrong:
            return _Failed(wrong.kind, wrong.how, fix=wrong.fix)

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

    def _in_time(self, session: Any, body: bytes, refused: Refused) -> Any:
        """The exchange in a thread of its own: whatever drips in slowly, it ends in time. Raises TimeoutError, Stopped."""
        found = Future[Any]()

        def exchange() -> None:
            try:
                found.set_result(self._exchange(session, body, refused))
            except BaseException as error:  # noqa: BLE001 - carried to the thread that waits, and raised there
                found.set_exception(error)

        threading.Thread(target=exchange, daemon=True).start()
        over = moment.seconds() + self._endpoint.timeout * (1 + _GONE_BEFORE)
        while not found.done():
            left = over - moment.seconds()
            if left <= 0:
                raise TimeoutError
            if self._pace.is_abandoned:
                raise Stopped
            wait([found], timeout=min(left, _LOOKED_EVERY))
        return found.result()

    def _exchange(self, session: Any, body: bytes, refused: Refused) -> Any:
        deadline = moment.seconds() + self._endpoint.timeout
        with session.stream(self._endpoint.method, self._address, content=body) as answer:
            status = answer.status_code
            if status in PASSING:
                return _Failed(
                    f"status_{status}",
                    f"answered with status {status}",
                    _retry_after(answer.headers.get("retry-after")),
                )
            if not 200 <= status < 300:
                raise _Refusal(self._refusal(status, lambda: self._reason(answer, deadline), refused))
            self._require_json(answer)
            return self._parsed(self._whole(answer, deadline, self._endpoint.largest))

    def _whole(self, answer: Any, deadline: float, most: int) -> bytes:
        parts, size = [], 0
        for part in answer.iter_raw():
            size += len(part)
            if size > most:
                raise self._too_large()
            if moment.seconds() > deadline:
                raise TimeoutError
            parts.append(part)
        return b"".join(parts)

    def _refusal(self, status: int, reason: Callable[[], Any], refused: Refused) -> Exception:
        """What a status means that no other attempt would change."""
        if 300 <= status < 400:
            return self._refused(f"redirects elsewhere (status {status})", "give the final address as url")
        if status in {401, 403}:
            return self._refused(f"refuses access (status {status})", "check the secrets that its headers take")
        return refused(status, reason()) or self._refused(
            f"refuses the question (status {status})",
            f"check url and what {self._endpoint.table} says of how it is asked",
        )

    def _reason(self, answer: Any, deadline: float) -> Any:
        """The JSON that comes with a refusal; None if it is none, or too long."""
        try:
            return json.loads(self._whole(answer, deadline, LONGEST_REFUSAL))
        except (ValueError, RecursionError, ModelError):
            return None

    def _require_json(self, answer: Any) -> None:
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            raise self._garbage("does not say that it answers in JSON", "let it send Content-Type: application/json")
        if answer.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
            raise self._refused("compresses its answer unasked", "let it heed Accept-Encoding: identity")
        length = answer.headers.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > self._endpoint.largest:
            raise self._too_large()

    def _parsed(self, body: bytes) -> Any:
        try:
            return json.loads(body, parse_constant=_no_number)
        except _NotFinite:
            raise self._garbage("answered with a number that is not finite", "let it answer with numbers") from None
        except (ValueError, RecursionError):
            raise self._garbage(
                "says that it answers in JSON and does not", "put the same question by hand to see it"
            ) from None

    def _too_large(self) -> ModelError:
        self._meter.noted("too_large")
        return self._refused(
            f"answers with more than {self._endpoint.largest / 2**20:g} MiB",
            "ask for less at once, or raise largest_mib",
        )

    def _garbage(self, what: str, fix: str) -> Exception:
        return Passing("garbage", what, fix) if self._garbage_may_pass else self._refused(what, fix)

    def _refused(self, what: str, fix: str) -> ModelError:
        return ModelError(f"the endpoint {what}", where=f"{WHERE}, {self._endpoint.host}", fix=fix)


class _Refusal(Exception):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


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
            where=f"{endpoint.table} certificates, {endpoint.certificates.name}",
            fix="give a PEM file of certificates",
        ) from None
