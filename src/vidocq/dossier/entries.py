"""One entry of the ledger: canonical bytes, and the hash that ties it to the one before."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.core.canonical import canonical_bytes, sha256
from vidocq.core.errors import LedgerError
from vidocq.core.text import Text

GENESIS = "0" * 64
FIELDS = {"seq", "previous", "kind", "id", "at", "data"}


@dataclass(frozen=True)
class Entry:
    """What was recorded.

    seq       1, 2, 3… without gaps.
    previous  the hash of the entry before; 64 zeros for the first.
    kind      what it is, such as "audit.registered".
    id, at    a random identifier, and the time in UTC.
    data      plain content, without personal values.
    hash      SHA-256 of the stored bytes.
    """

    seq: int
    previous: str
    kind: str
    id: str
    at: str
    data: dict[str, Any]
    hash: str


@dataclass(frozen=True)
class Stored:
    """A row as the database gives it, before anything about it is believed."""

    seq: Any
    body: Any
    hash: Any


@dataclass(frozen=True)
class Problem:
    """The first entry that does not hold, and why. `seq` is the place where it stands, counted from 1."""

    seq: int
    reason: Text


def encode(*, seq: int, previous: str, kind: str, id: str, at: str, data: Mapping[str, Any]) -> bytes:
    """The bytes to store and hash. Raises LedgerError if `data` is not plain content."""
    try:
        return canonical_bytes(
            {"seq": seq, "previous": previous, "kind": kind, "id": id, "at": at, "data": dict(data)}
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise LedgerError(
            f"an entry of kind '{kind}' holds what JSON cannot: {type(error).__name__}",
            where="dossier.entries",
            fix="keep to text, finite numbers, booleans, None, lists, and mappings with text keys",
        ) from None


def parse(body: bytes) -> Any:
    """Plain content from JSON. Integers beyond 2**53 are floats: canonical JSON writes large floats that way."""
    return json.loads(body, parse_int=_number)


def decode(body: bytes) -> Entry:
    """The entry in these bytes. Raises ValueError if they are not the canonical form of one."""
    content = parse(body)
    if not isinstance(content, dict) or set(content) != FIELDS:
        raise ValueError("not an entry")
    texts = (content["previous"], content["kind"], content["id"], content["at"])
    if not all(isinstance(text, str) for text in texts) or not isinstance(content["data"], dict):
        raise ValueError("not an entry")
    if type(content["seq"]) is not int or canonical_bytes(content) != body:
        raise ValueError("not canonical")
    return Entry(**content, hash=sha256(body))


def walk(rows: Iterable[Stored]) -> Iterator[Entry | Problem]:
    """Entries in order as long as the chain holds; then, and last, the first problem."""
    previous = GENESIS
    for place, row in enumerate(rows, start=1):
        found = _examine(row, place=place, previous=previous)
        yield found
        if isinstance(found, Problem):
            return
        previous = found.hash


def _number(digits: str) -> int | float:
    number = int(digits)
    return number if abs(number) < 2**53 else float(digits)


def _examine(row: Stored, *, place: int, previous: str) -> Entry | Problem:
    def problem(fr: str, en: str) -> Problem:
        return Problem(place, Text(fr=fr, en=en))

    if row.seq != place:
        return problem(
            f"l'entrée {place} manque (on trouve le numéro {row.seq})", f"entry {place} is missing (found {row.seq})"
        )
    if not isinstance(row.body, bytes | memoryview) or sha256(bytes(row.body)) != row.hash:
        return problem("l'empreinte ne correspond pas au contenu", "the hash does not match the content")
    try:
        entry = decode(bytes(row.body))
    except (ValueError, RecursionError):
        return problem(
            "le contenu n'est pas la forme canonique d'une entrée",
            "the content is not the canonical form of an entry",
        )
    if entry.seq != place:
        return problem("le numéro inscrit n'est pas celui de la place", "the number inside is not that of its place")
    if entry.previous != previous:
        return problem("l'entrée ne suit pas la précédente", "the entry does not follow the one before")
    return entry
