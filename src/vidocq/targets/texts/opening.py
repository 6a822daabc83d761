"""Bytes of a file: never a device, never through a link that was not named, never more than a bound once unpacked."""

import errno
import gzip
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from vidocq.targets.texts.limits import KIB, MIB, Limits
from vidocq.targets.texts.problems import Kind, Unreadable

STEP = 16 * KIB  # unpacked at once


class Bytes(Protocol):
    """Whatever gives bytes in order."""

    def read(self, size: int, /) -> bytes: ...


@contextmanager
def opened(path: str, *, size: int, mtime_ns: int) -> Iterator[BinaryIO]:
    """The file as it was when it was listed. Raises Unreadable if it cannot be opened, or is another one by now."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise Unreadable(_why(error), error=type(error).__name__) from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):  # asked before it becomes a stream: a folder makes none
        os.close(descriptor)
        raise Unreadable(Kind.NOT_A_FILE)
    with os.fdopen(descriptor, "rb", buffering=0) as raw:
        if (found.st_size, found.st_mtime_ns) != (size, mtime_ns):
            raise Unreadable(Kind.CHANGED)
        yield io.BufferedReader(raw, MIB)


@contextmanager
def reading() -> Iterator[None]:
    """Turns what reading a damaged file raises into Unreadable."""
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable(Kind.DAMAGED, error=type(error).__name__) from None
    except MemoryError:
        raise Unreadable(Kind.MEMORY) from None
    except OSError as error:  # Arrow's errors about damaged files among them
        raise Unreadable(_why(error), error=type(error).__name__) from None


def sha256_of(stream: BinaryIO) -> str:
    """Of the whole file, whose position is left at the beginning."""
    digest = hashlib.sha256()
    stream.seek(0)
    while block := stream.read(MIB):
        digest.update(block)
    stream.seek(0)
    return digest.hexdigest()


class Unpacked:
    """The bytes of a .gz or .zst file, as many as the limits allow; then, or where it is damaged, read() raises Unreadable."""

    def __init__(self, packed: BinaryIO, *, codec: str, size: int, limits: Limits) -> None:
        self._read = _unpacking(packed, codec)
        self._size = size
        self._limits = limits
        self._given = 0
        self._broken: Unreadable | None = None

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes. What stands before the damage is given first."""
        held = bytearray()
        wanted = min(size, MIB)
        while len(held) < wanted and self._broken is None:
            try:
                with reading():
                    found = self._read(min(STEP, wanted - len(held)))
            except Unreadable as error:
                self._broken = error
                break
            if not found:
                break
            held += found
        if self._broken is not None and not held:
            raise self._broken
        self._given += len(held)
        past = self._given > self._limits.ratio_from and self._given > self._limits.ratio * self._size
        if past or self._given > self._limits.unpacked_bytes:
            raise Unreadable(Kind.BOMB if past else Kind.TOO_LARGE)
        return bytes(held)


def _unpacking(packed: BinaryIO, codec: str) -> Callable[[int], bytes]:
    """Gives the next bytes, fewer than it is asked for where damage follows."""
    if codec == "gzip":
        return gzip.GzipFile(fileobj=packed, mode="rb").read1
    import pyarrow as pa  # noqa: PLC0415 - heavy, on use

    read: Callable[[int], bytes] = pa.CompressedInputStream(pa.PythonFile(packed, mode="r"), codec).read
    return read


def _why(error: OSError) -> Kind:
    return {
        errno.ELOOP: Kind.LINK_LOOP,
        errno.ENOENT: Kind.VANISHED,
        errno.EACCES: Kind.DENIED,
        errno.EPERM: Kind.DENIED,
        errno.ENXIO: Kind.NOT_A_FILE,
        errno.EISDIR: Kind.NOT_A_FILE,
    }.get(error.errno or 0, Kind.DAMAGED)
