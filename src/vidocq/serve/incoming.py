"""What a client sent: its key, its body, the headers that go on. Bounded in time and size."""

import asyncio
import hashlib
import re
from typing import TYPE_CHECKING, Any

from vidocq.filters.policy import Policy
from vidocq.serve import envelope, plain
from vidocq.serve.flow import ClientLeft
from vidocq.serve.upstream import KEPT

if TYPE_CHECKING:
    from starlette.requests import Request

MIB = 1 << 20
JSON = "application/json"
_BEARER = re.compile(r"bearer\s+", re.IGNORECASE)


def admitted(request: "Request", policy: Policy) -> str:
    """The client's key. Raises Refusal if the policy names clients and it is none of them."""
    given = request.headers.get("authorization", "").strip()
    secret = _BEARER.sub("", given, count=1) if _BEARER.match(given) else given
    clients = policy.serve.clients
    if clients is not None and hashlib.sha256(secret.encode()).hexdigest() not in clients:
        raise envelope.not_admitted()
    return secret


async def content_of(request: "Request", policy: Policy) -> tuple[dict[str, Any], int]:
    """The request's JSON object, and its bytes. Raises Refusal, or ClientLeft."""
    from starlette.requests import ClientDisconnect  # noqa: PLC0415 - an extra, on use

    try:
        async with asyncio.timeout(policy.serve.timeout):
            body = await _read(request, largest=round(policy.serve.body_mib * MIB))
    except TimeoutError:
        raise envelope.too_slow() from None
    except ClientDisconnect:
        raise ClientLeft from None
    try:
        content = plain.read(body)
    except ValueError:
        raise envelope.not_json() from None
    if not isinstance(content, dict):
        raise envelope.not_json()
    return content, len(body)


async def _read(request: "Request", *, largest: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise envelope.too_large()
        parts.append(part)
    return b"".join(parts)


def headers_for(request: "Request", policy: Policy) -> dict[str, str]:
    """Those that go on, with the key of the model's server where the policy has one."""
    headers = {name: value for name, value in request.headers.items() if name.lower() in KEPT}
    secret = policy.upstream_key()
    given = request.headers.get("authorization")
    if secret is not None:
        headers["authorization"] = f"Bearer {secret}"
    elif given is not None and policy.serve.clients is None:
        headers["authorization"] = given
    return headers | {"content-type": JSON, "accept-encoding": "identity"}
