"""Canonical JSON (RFC 8785) and hashes: equal content, equal bytes."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785


def canonical_bytes(content: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """Canonical JSON of plain content (str, int, float, bool, None, lists, dicts with str keys)."""
    return rfc8785.dumps(content)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def content_hash(content: Mapping[str, Any] | Sequence[Any]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical_bytes(content))
