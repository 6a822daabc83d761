"""The address of a served model: how it may be asked, how often, and what that costs."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, quote, urlsplit

from vidocq.core.errors import ConfigurationError

SECRET_HEADERS = re.compile(r"authorization|cookie|key|token|secret|password|credential", re.IGNORECASE)
OURS = {"content-type", "content-length", "accept", "accept-encoding", "host", "transfer-encoding", "connection"}
SECRET_PARAMETERS = re.compile(
    rf"{SECRET_HEADERS.pattern}|signature|passwd|(^|[-_.])(code|sig|auth|pwd)$", re.IGNORECASE
)
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@dataclass(frozen=True, kw_only=True)
class Price:
    """amount for so many (`per`) queries or requests, in a currency; attempts that failed are counted too."""

    amount: float
    currency: str
    per: int = 1
    of: Literal["queries", "requests"] = "queries"

    def cost(self, *, queries: int, requests: int) -> float:
        return round(self.amount * (queries if self.of == "queries" else requests) / self.per, 6)


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where a model answers over HTTP, and the terms on which it is asked.

    A query is one record sent, a request one call about a batch of them; a batch that is sent again counts again.

    url           https, or http on this machine; elsewhere only if `cleartext` says so, for records and secrets then
                  travel unencrypted. `${NAME}` in its path or query is taken from the environment; a parameter that
                  bears a secret has to be so, and nothing but the host is ever shown.
    headers       `${NAME}` in a value is taken from the environment; a header that bears a secret has to be so.
    version       what its operator calls the model served; it stands in the hash by which the model is registered.
    per_second    most requests begun a second.
    timeout       seconds that one request may take in all.
    retries       how often a batch is sent again after a failure that may pass.
    backoff       seconds before the first of them; each next pause is twice as long.
    longest_wait  seconds; an endpoint that asks to wait longer (Retry-After) stops the run.
    largest       bytes of an answer.
    certificates  file of the authorities to trust, in PEM; those that certifi knows without it.
    budget        most queries, retries included; None for no limit.
    table         of the configuration, where whoever reads an error finds these terms.
    """

    url: str
    method: Literal["POST", "PUT"] = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    version: str | None = None
    batch_size: int = 100
    per_second: float | None = None
    timeout: float = 30.0
    retries: int = 4
    backoff: float = 1.0
    longest_wait: float = 300.0
    largest: int = 16 << 20
    cleartext: bool = False
    certificates: Path | None = None
    budget: int | None = None
    price: Price | None = None
    table: str = "[model.http]"

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise self._refused("the address cannot be read", "write url as https://host/path") from None
        if parts.scheme not in {"http", "https"} or not host or parts.fragment or not self.url.isprintable():
            raise self._refused("the address is not one of HTTP", "write url as https://host/path")
        if parts.username is not None or parts.password is not None:
            raise self._refused(
                "the address holds a user name or a password", "give it as a header, from the environment"
            )
        if _VARIABLE.search(parts.netloc):
            raise self._refused("the host of the address is left to the environment", "write the host out")
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            if SECRET_PARAMETERS.search(name) and not _VARIABLE.search(value):
                raise self._refused(
                    "a parameter of the address bears a secret and has it written out",
                    'write its value as "${NAME}" and put the secret into the environment variable NAME',
                )
        if parts.scheme == "http" and not self.cleartext and not _is_here(host):
            raise self._refused(
                "the records would travel unencrypted",
                "use https, or set cleartext = true if the network in between is trusted",
            )
        for name, value in self.headers.items():
            if not _NAME.fullmatch(name) or name.lower() in OURS:
                raise self._refused("a header is none that can be set", "leave it out", f", headers.{name[:40]}")
            if SECRET_HEADERS.search(name) and not _VARIABLE.search(value):
                raise self._refused(
                    "a header that bears a secret has it written out",
                    'write its value as "${NAME}" and put the secret into the environment variable NAME',
                    f", headers.{name[:40]}",
                )

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def address(self) -> str:
        """The url with what the environment holds. Raises ConfigurationError if it lacks a variable."""
        return _VARIABLE.sub(lambda found: quote(self._held(found[1], " url"), safe=""), self.url)

    def secret_headers(self) -> dict[str, str]:
        """Headers with what the environment holds. Raises ConfigurationError if it lacks a variable."""
        return {name: self._resolved(name, value) for name, value in self.headers.items()}

    def describe(self) -> dict[str, Any]:
        """What is asked where, without secrets; limits, pace and price play no part in what is answered."""
        return {
            "url": self.url,
            "method": self.method,
            "headers": dict(self.headers),
            "version": self.version,
        }

    def _resolved(self, header: str, value: str) -> str:
        resolved = _VARIABLE.sub(lambda found: self._held(found[1], f", headers.{header}"), value)
        if not (resolved.isascii() and resolved.isprintable()):
            raise self._refused(
                "a header holds characters that cannot be sent", "use printable ASCII", f", headers.{header}"
            )
        return resolved

    def _held(self, variable: str, place: str) -> str:
        """What an environment variable holds. Raises ConfigurationError if it is not set."""
        secret = os.environ.get(variable, "").strip()
        if not secret:
            raise self._refused(f"the environment variable {variable} is not set", "set it before the audit", place)
        return secret

    def _refused(self, what: str, fix: str, place: str = "") -> ConfigurationError:
        return ConfigurationError(what, where=f"{self.table}{place or ' url'}", fix=fix)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
