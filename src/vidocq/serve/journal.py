"""The log of a guard: what was found where, never what it was. Whoever cannot write it lets nothing through."""

import hashlib
import json
import os
import secrets
import select
import stat
import sys
import threading
from pathlib import Path
from typing import Any, Self

from vidocq.core import moment
from vidocq.core.errors import ConfigurationError
from vidocq.filters.policy import Policy, key_of

PATIENCE_MS = 20
"""For a pipe that is full; whoever reads it may be a moment late."""
_AT_ONCE = 4096
"""Bytes that a pipe takes in whole or not at all."""


class Unwritable(Exception):
    """The log cannot be written."""


class Journal:
    """One JSON object a line, written at once; the file is readable by its owner only.

    A file that was moved away or removed is made again with the next line.   is_failing  whether the last line was lost.
    """

    def __init__(self) -> None:
        self.is_failing = False
        self._followed: tuple[Path | None, str | None] | None = None
        self._key = b""
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._descriptor: int | None = None
        self._is_broken_off = False

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Raises ConfigurationError."""
        made = cls()
        made.follow(policy)
        return made

    def follow(self, policy: Policy) -> None:
        """Writes from now on where this policy says. Raises ConfigurationError, and changes nothing, if that cannot be.

        Without a key of its own the hashes of one run cannot be held against those of the next.
        """
        serve = policy.serve
        path = None if serve.log is None else policy.base / serve.log
        if self._followed == (path, serve.log_key):
            return
        if self._followed is not None and self._followed[1] == serve.log_key:
            key = self._key
        else:
            key = secrets.token_bytes(32) if serve.log_key is None else key_of(serve.log_key)
        try:
            descriptor = None if path is None else _opened(path)
        except OSError as error:
            raise ConfigurationError(
                f"the log cannot be opened ({type(error).__name__})",
                where="serve.log",
                fix="check the path",
                fr=f"le journal ne peut être ouvert ({type(error).__name__})",
            ) from None
        with self._lock:
            self._close()
            self._key, self._followed = key, (path, serve.log_key)
            self._path, self._descriptor = path, descriptor
            self._is_broken_off = path is not None and _ends_within_a_line(path)

    def hashed(self, secret: str) -> str:
        """A client's key as the log has it."""
        return hashlib.blake2b(secret.encode(), key=self._key[:64], digest_size=8).hexdigest() if secret else ""

    def write(self, **told: Any) -> None:
        """Raises Unwritable."""
        line = (json.dumps({"at": moment.now(), **told}, ensure_ascii=False) + "\n").encode()
        with self._lock:
            self.is_failing = True
            try:
                self._return_to_place()
                self._put(line)
            except (OSError, ValueError) as error:
                raise Unwritable from error
            self.is_failing = False

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _return_to_place(self) -> None:
        """Opens the file anew where it is no longer the one that bears its name."""
        if self._path is None:
            return
        if self._descriptor is not None:
            held = os.fstat(self._descriptor)
            try:
                there = self._path.stat()
            except FileNotFoundError:
                there = None
            if there is not None and (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino):
                return
        descriptor = _opened(self._path)
        self._close()
        self._descriptor, self._is_broken_off = descriptor, _ends_within_a_line(self._path)

    def _put(self, line: bytes) -> None:
        """Raises OSError unless all of it was written; waits for no reader longer than a moment."""
        descriptor = sys.stderr.fileno() if self._descriptor is None else self._descriptor
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        left = b"\n" + line if self._is_broken_off else line
        while left:
            if not is_file:
                _require_room(descriptor)
            some = left if is_file else left[:_AT_ONCE]
            written = os.write(descriptor, some)
            left = left[written:]
            self._is_broken_off = bool(left) and (self._is_broken_off or written > 0)
            if written < len(some):
                raise OSError("a part was written")


def _opened(path: Path) -> int:
    """Never waits, for whoever should read a pipe either."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.fchmod(descriptor, 0o600)
    return descriptor


def _ends_within_a_line(path: Path) -> bool:
    """Whether the file ends inside a line, which a full disk or a crash leaves behind."""
    if not path.is_file() or path.stat().st_size == 0:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _require_room(descriptor: int) -> None:
    """Raises BlockingIOError where a pipe is full and stays so."""
    waits = select.poll()
    waits.register(descriptor, select.POLLOUT)
    if not waits.poll(PATIENCE_MS):
        raise BlockingIOError
