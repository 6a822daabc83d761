"""What the model's server said when it refused: words of its API as they are, sentences only once looked through."""

from typing import Any

from vidocq.core.guarding import Surface
from vidocq.core.text import Text
from vidocq.serve import plain
from vidocq.serve.envelope import Refusal
from vidocq.serve.surfaces.looking import Blocked, Looking

KINDS = frozenset(
    {
        "api_error",
        "authentication_error",
        "BadRequestError",
        "insufficient_quota",
        "InternalServerError",
        "invalid_request_error",
        "not_found_error",
        "NotFoundError",
        "overloaded_error",
        "permission_error",
        "rate_limit_error",
        "rate_limit_exceeded",
        "requests",
        "server_error",
        "tokens",
    }
)
CODES = frozenset(
    {
        "billing_hard_limit_reached",
        "content_filter",
        "content_policy_violation",
        "context_length_exceeded",
        "insufficient_quota",
        "integer_above_max_value",
        "integer_below_min_value",
        "invalid_api_key",
        "invalid_prompt",
        "invalid_type",
        "invalid_value",
        "missing_required_parameter",
        "model_not_found",
        "rate_limit_exceeded",
        "server_error",
        "string_above_max_length",
        "unknown_parameter",
        "unsupported_parameter",
        "unsupported_value",
    }
)
_PASSED = frozenset({400, 401, 403, 404, 408, 409, 413, 422, 429, 503})
_LONGEST = 2000
_LATEST = 86_400


def refused(status: int, body: bytes, retry_after: str | None, looking: Looking) -> Refusal:
    """The refusal that a client is told. Its status passes, others than usual ones as 502."""
    try:
        content = plain.read(body)
    except ValueError:
        content = None
    told = content.get("error", content) if isinstance(content, dict) else content
    kind = "invalid_request_error" if 400 <= status < 500 else "server_error"
    refusal = of_error(told, looking, status=status if status in _PASSED else 502, kind=kind, told_as=status)
    refusal.retry_after = _seconds(retry_after)
    return refusal


def of_error(
    told: Any, looking: Looking, *, status: int = 502, kind: str = "server_error", told_as: int | None = None
) -> Refusal:
    """`told` is what stands under "error", of whatever shape.   told_as  the status that the model's server gave."""
    number = "" if told_as is None else f" ({told_as})"
    told = told if isinstance(told, dict) else {"message": told}
    message = _message(told.get("message"), looking)
    return Refusal(
        status,
        _among(told.get("type"), KINDS) or kind,
        _among(told.get("code"), CODES) or "upstream_status",
        Text(message, message)
        if message
        else Text(
            f"Le serveur du modèle a répondu par une erreur{number}.",
            f"The model's server answered with an error{number}.",
        ),
    )


def _message(message: Any, looking: Looking) -> str:
    """Looked through like a prompt, which it may quote; nothing of it where something is blocked."""
    if not isinstance(message, str) or len(message) > _LONGEST:
        return ""
    try:
        return looking.through(looking.through(message, Surface.PROMPT, "error"), Surface.ANSWER, "error")
    except Blocked:
        return ""


def _among(word: Any, words: frozenset[str]) -> str | None:
    return word if isinstance(word, str) and word in words else None


def _seconds(retry_after: str | None) -> int | None:
    if retry_after is None or not retry_after.isdecimal() or len(retry_after) > 6:
        return None
    return min(int(retry_after), _LATEST)
