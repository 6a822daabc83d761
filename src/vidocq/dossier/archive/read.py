"""Reads an archive without unpacking it to disk, within bounds, and believes nothing in it."""

import base64
import contextlib
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from vidocq.core.errors import LedgerError
from vidocq.dossier.anchors.anchor import Anchor, read_anchor
from vidocq.dossier.archive.members import (
    ANCHORS,
    ASIDE,
    ENTRIES,
    HASHES,
    KNOWN,
    LARGEST,
    LONGEST_LINE,
    MANIFEST,
    SCHEMA,
)
from vidocq.dossier.entries import Stored, parse


@dataclass(frozen=True)
class Aside:
    """What was kept aside, as in the ledger it comes from."""

    id: str
    salt: str
    body: bytes


class Archive:
    """An archive whose manifest was read; its entries have still to be walked. Got from `opened`."""

    def __init__(self, archive: zipfile.ZipFile, where: str) -> None:
        self._archive = archive
        self._where = where
        names = archive.namelist()
        if len(names) > len(KNOWN) or len(set(names)) != len(names) or not set(names) <= KNOWN:
            raise self._broken("it holds files that no archive of ours does")
        if not {MANIFEST, ENTRIES, HASHES} <= set(names):
            raise self._broken("it is not an archive of a ledger")
        if any(member.file_size > LARGEST[member.filename] for member in archive.infolist()):
            raise self._broken("it holds a file larger than any ledger's")
        with self._speaking(), archive.open(MANIFEST) as file:
            content = parse(file.read(LARGEST[MANIFEST] + 1)[: LARGEST[MANIFEST]])
        schema = content.get("schema") if isinstance(content, dict) else None
        if not isinstance(schema, str) or not schema.startswith("vidocq.ledger/"):
            raise self._broken("it is not an archive of a ledger")
        if schema != SCHEMA:
            raise self._broken("it was written by another version", fix="use the version of Vidocq that wrote it")
        members = content.get("members")
        if set(content) != {"schema", "length", "head", "members"} or not isinstance(members, dict):
            raise self._broken("its manifest lacks a field or has one too many")
        if set(members) != set(names) - {MANIFEST}:
            raise self._broken("its manifest names other files than there are")
        self._members: dict[str, Any] = members
        self.length, self.head = content["length"], content["head"]

    def rows(self) -> Iterator[Stored]:
        """Rows of the chain, in order, as the ledger stored them. Raises LedgerError if its bytes are not whole."""
        missing = object()
        both = zip_longest(self._lines(ENTRIES), self._lines(HASHES), fillvalue=missing)
        for place, (line, digest) in enumerate(both, start=1):
            if not isinstance(line, bytes) or not isinstance(digest, bytes):
                raise self._broken("it has not one hash for each entry")
            yield Stored(place, line, digest.decode("ascii", "replace"))

    def aside(self) -> list[Aside] | None:
        """What is kept aside, or None in an archive without."""
        if ASIDE not in self._members:
            return None
        with self._speaking():
            found = [parse(line) for line in self._lines(ASIDE)]
            return [Aside(row["id"], row["salt"], base64.b64decode(row["body"], validate=True)) for row in found]

    def anchors(self) -> list[Anchor]:
        return [read_anchor(line) for line in self._lines(ANCHORS)] if ANCHORS in self._members else []

    def require_whole(self, length: int, head: str) -> None:
        """Raises LedgerError unless the manifest announces what was walked."""
        if (self.length, self.head) != (length, head):
            raise self._broken("its manifest announces another length or head than its entries have")

    def _lines(self, name: str) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        with self._speaking(), self._archive.open(name) as file:
            while line := file.readline(LONGEST_LINE):
                size += len(line)
                if size > LARGEST[name] or not line.endswith(b"\n"):
                    raise self._broken("it is cut short, or holds a line longer than any ledger's")
                digest.update(line)
                yield line[:-1]
        if digest.hexdigest() != self._members[name]:
            raise self._broken("a file in it is not the one its manifest announces")

    @contextlib.contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except LedgerError:
            raise
        except UNREADABLE as error:
            raise self._broken(f"it is damaged ({type(error).__name__})") from None

    def _broken(self, why: str, *, fix: str = "ask for the archive again; nothing was changed") -> LedgerError:
        return LedgerError(f"the archive cannot be read: {why}", where=self._where, fix=fix)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at this path. Raises LedgerError if it is none, is damaged, or comes from another version."""
    try:
        archive = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise LedgerError(
            f"the archive cannot be read: {type(error).__name__}",
            where=str(path),
            fix="give a file written by `vidocq dossier export`; nothing was changed",
        ) from None
    with archive:
        yield Archive(archive, str(path))


UNREADABLE = (
    OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, TypeError, RuntimeError,
)  # fmt: skip
