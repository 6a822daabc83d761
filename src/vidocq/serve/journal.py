"""The log of a guard: what was found where, never what it was. Whoever cannot write it lets nothing through."""

import hashlib
import json
import os
import secrets
import stat
import sys
import threading
from pathlib import Path
from typing import Any, Self

from vidocq.core import moment
from vidocq.core.errors import ConfigurationError
from vidocq.filters.policy import Policy, key_of


class Unwritable(Exception):
    """The log cannot be written."""


class Journal:
    """One JSON object a line, written at once; the file is readable by its owner only."""

    def __init__(self, path: Path | None, key: bytes) -> None:
        """Raises ConfigurationError if the file cannot be opened."""
        self._key = key
        self._lock = threading.Lock()
        self._is_broken_off = False
        try:
            self._descriptor = None if path is None else _opened(path)
        except OSError as error:
            raise ConfigurationError(
                f"the log cannot be opened ({type(error).__name__})", where="serve.log", fix="check the path"
            ) from None

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
                if self._descriptor is None:
                    sys.stderr.buffer.write(line)
                    sys.stderr.buffer.flush()
                    return
                line = b"\n" + line if self._is_broken_off else line
                self._is_broken_off = os.write(self._descriptor, line) != len(line)
        except (OSError, ValueError) as error:
            raise Unwritable from error
        if self._is_broken_off:
            raise Unwritable

    def close(self) -> None:
        with self._lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None


def _opened(path: Path) -> int:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.fchmod(descriptor, 0o600)
    return descriptor
