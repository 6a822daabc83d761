"""The log of a guard: what was found where, never what it was. Whoever cannot write it lets nothing through."""

import hashlib
import json
import os
import secrets
import sys
import threading
from pathlib import Path
from typing import Any, Self

from vidocq.core import moment
from vidocq.filters.policy import Policy, key_of


class Unwritable(Exception):
    """The log cannot be written."""


class Journal:
    """One JSON object a line, written at once; the file is readable by its owner only."""

    def __init__(self, path: Path | None, key: bytes) -> None:
        self._path = path
        self._key = key
        self._lock = threading.Lock()
        self._descriptor: int | None = None

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Without a key of its own the hashes of one run cannot be held against those of the next."""
        serve = policy.serve
        key = secrets.token_bytes(32) if serve.log_key is None else key_of(serve.log_key)
        return cls(None if serve.log is None else policy.base / serve.log, key)

    def hashed(self, secret: str) -> str:
        """A client's key as the log has it."""
        return hashlib.blake2b(secret.encode(), key=self._key[:64], digest_size=8).hexdigest() if secret else ""

    def write(self, **told: Any) -> None:
        """Raises Unwritable."""
        line = (json.dumps({"at": moment.now(), **told}, ensure_ascii=False) + "\n").encode()
        try:
            with self._lock:
                if self._path is None:
                    sys.stderr.buffer.write(line)
                    sys.stderr.buffer.flush()
                    return
                if self._descriptor is None:
                    self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
                written = os.write(self._descriptor, line)
        except OSError as error:
            raise Unwritable from error
        if written != len(line):
            raise Unwritable

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
