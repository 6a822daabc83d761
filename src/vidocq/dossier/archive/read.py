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
from vidocq.core.text import Text
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

FOREIGN_FILES = Text(
    fr="elle contient des fichiers qu'aucune de nos archives ne contient",
    en="it holds files that no archive of ours does",
)
NO_LEDGER = Text(fr="ce n'est pas l'archive d'un journal", en="it is not an archive of a ledger")
TOO_LARGE = Text(
    fr="elle contient un fichier plus gros que tout journal", en="it holds a file larger than any ledger's"
)
OTHER_VERSION = Text(fr="une autre version l'a écrite", en="it was written by another version")
ODD_MANIFEST = Text(
    fr="un champ manque à son manifeste, ou il en a un de trop", en="its manifest lacks a field or has one too many"
)
OTHER_FILES = Text(
    fr="son manifeste cite d'autres fichiers que les siens", en="its manifest names other files than there are"
)
HASH_MISSING = Text(fr="elle n'a pas une empreinte par inscription", en="it has not one hash for each entry")
OTHER_LENGTH = Text(
    fr="son manifeste annonce une autre longueur ou une autre empreinte de tête que celles de ses inscriptions",
    en="its manifest announces another length or head than its entries have",
)
CUT_SHORT = Text(
    fr="elle est tronquée, ou contient une ligne plus longue que celles d'un journal",
    en="it is cut short, or holds a line longer than any ledger's",
)
OTHER_CONTENT = Text(
    fr="un de ses fichiers n'est pas celui que son manifeste annonce",
    en="a file in it is not the one its manifest announces",
)
DAMAGED = Text(fr="elle est abîmée", en="it is damaged")
ASK_AGAIN = Text(
    fr="redemandez l'archive ; rien n'a été modifié", en="ask for the archive again; nothing was changed"
)
USE_ITS_VERSION = Text(fr="prenez la version de Vidocq qui l'a écrite", en="use the version of Vidocq that wrote it")
_WHY = {
    zipfile.BadZipFile: Text(
        fr="ce n'est pas une archive ZIP, ou elle est tronquée", en="it is no ZIP archive, or it is cut short"
    ),
    FileNotFoundError: Text(fr="ce fichier n'existe pas", en="there is no such file"),
    IsADirectoryError: Text(fr="c'est un dossier", en="it is a folder"),
    PermissionError: Text(fr="ce fichier n'est pas lisible avec vos droits", en="you may not read this file"),
    OSError: Text(fr="ce fichier ne peut pas être lu", en="the file cannot be read"),
}
"""Why a file is not opened, from what is told apart to the rest."""


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
            raise self._broken(FOREIGN_FILES)
        if not {MANIFEST, ENTRIES, HASHES} <= set(names):
            raise self._broken(NO_LEDGER)
        if any(member.file_size > LARGEST[member.filename] for member in archive.infolist()):
            raise self._broken(TOO_LARGE)
        with self._speaking(), archive.open(MANIFEST) as file:
            content = parse(file.read(LARGEST[MANIFEST] + 1)[: LARGEST[MANIFEST]])
        schema = content.get("schema") if isinstance(content, dict) else None
        if not isinstance(schema, str) or not schema.startswith("vidocq.ledger/"):
            raise self._broken(NO_LEDGER)
        if schema != SCHEMA:
            raise self._broken(OTHER_VERSION, fix=USE_ITS_VERSION)
        members = content.get("members")
        if set(content) != {"schema", "length", "head", "members"} or not isinstance(members, dict):
            raise self._broken(ODD_MANIFEST)
        if set(members) != set(names) - {MANIFEST}:
            raise self._broken(OTHER_FILES)
        self._members: dict[str, Any] = members
        self.length, self.head = content["length"], content["head"]

    def rows(self) -> Iterator[Stored]:
        """Rows of the chain, in order, as the ledger stored them. Raises LedgerError if its bytes are not whole."""
        missing = object()
        both = zip_longest(self._lines(ENTRIES), self._lines(HASHES), fillvalue=missing)
        for place, (line, digest) in enumerate(both, start=1):
            if not isinstance(line, bytes) or not isinstance(digest, bytes):
                raise self._broken(HASH_MISSING)
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
            raise self._broken(OTHER_LENGTH)

    def _lines(self, name: str) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        with self._speaking(), self._archive.open(name) as file:
            while line := file.readline(LONGEST_LINE):
                size += len(line)
                if size > LARGEST[name] or not line.endswith(b"\n"):
                    raise self._broken(CUT_SHORT)
                digest.update(line)
                yield line[:-1]
        if digest.hexdigest() != self._members[name]:
            raise self._broken(OTHER_CONTENT)

    @contextlib.contextmanager
    def _speaking(self) -> Iterator[None]:
        try:
            yield
        except LedgerError:
            raise
        except UNREADABLE:
            raise self._broken(DAMAGED) from None

    def _broken(self, why: Text, *, fix: Text = ASK_AGAIN) -> LedgerError:
        return LedgerError(
            f"the archive cannot be read: {why.en}",
            where=self._where,
            fix=fix.en,
            fr=f"l'archive ne peut pas être lue : {why.fr}",
            fix_fr=fix.fr,
        )


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at this path. Raises LedgerError if it is none, is damaged, or comes from another version."""
    try:
        archive = zipfile.ZipFile(path)
    except UNREADABLE as error:
        why = next((words for kind, words in _WHY.items() if isinstance(error, kind)), DAMAGED)
        raise LedgerError(
            f"the archive cannot be read: {why.en}",
            where=str(path),
            fix="give a file written by `vidocq dossier export`; nothing was changed",
            fr=f"l'archive ne peut pas être lue : {why.fr}",
            fix_fr="donnez un fichier écrit par « vidocq dossier export » ; rien n'a été modifié",
        ) from None
    with archive:
        yield Archive(archive, str(path))


UNREADABLE = (
    OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, TypeError, RuntimeError,
)  # fmt: skip
