"""One entry of the ledger: canonical bytes, and the hash that ties it to the one before."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic_core import from_json

from vidocq.core.canonical import canonical_bytes, sha256
from vidocq.core.errors import LedgerError
from vidocq.core.text import Text

GENESIS = "0" * 64
_ORDER = ("seq", "previous", "kind", "id", "at", "data")
_fields = itemgetter(*_ORDER)


class Entry(NamedTuple):
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


class Stored(NamedTuple):
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
            fr=f"une inscription de nature « {kind} » contient ce que JSON ne sait pas écrire",
            fix_fr="tenez-vous-en à du texte, des nombres finis, des booléens, None, des listes et des tables à clés de texte",
        ) from None


def parse(body: bytes) -> Any:
    """Plain content from JSON. Integers beyond 2**53 are floats: canonical JSON writes large floats that way."""
    if _may_be_large(body):
        return _whole(_LARGE, body)
    return from_json(body, allow_inf_nan=False, cache_strings="keys")  # half the time of the standard decoder


def decode(body: bytes, *, canonical: bool = True, digest: str | None = None) -> Entry:
    """The entry in these bytes. Raises ValueError if they are none, or not in canonical form where that is asked.

    digest  SHA-256 of the bytes, where it was computed already.
    """
    content = _canonical_content(body) if canonical else parse(body)
    if type(content) is not dict or len(content) != len(_ORDER):
        raise ValueError("not an entry")
    try:
        seq, previous, kind, name, at, data = _fields(content)
    except KeyError:
        raise ValueError("not an entry") from None
    is_text = type(previous) is type(kind) is type(name) is type(at) is str
    if not is_text or type(data) is not dict or type(seq) is not int:
        raise ValueError("not an entry")
    return Entry(seq, previous, kind, name, at, data, digest or sha256(body))


def walk(
    rows: Iterable[Stored], *, place: int = 1, previous: str = GENESIS, canonical: bool = True
) -> Iterator[Entry | Problem]:
    """Entries in order as long as the chain holds; then, and last, the first problem.

    place, previous  number of the first row, and the hash it must follow.
    canonical        also check the form of the content, which the hash does not vouch for but no reading depends on.
    """
    for number, row in enumerate(rows, start=place):
        found = _examine(row, place=number, previous=previous, canonical=canonical)
        yield found
        if isinstance(found, Problem):
            return
        previous = found.hash


def followed(
    rows: Iterable[Stored], *, place: int = 1, previous: str = GENESIS, canonical: bool = True
) -> Iterator[tuple[Stored, Entry | Problem]]:
    """As `walk`, each with the row it was read from."""
    for number, row in enumerate(rows, start=place):
        found = _examine(row, place=number, previous=previous, canonical=canonical)
        yield row, found
        if isinstance(found, Problem):
            return
        previous = found.hash


def _read(body: bytes, *, is_large: bool) -> Any:
    return _whole(_LARGE if is_large else _PLAIN, body)


def _whole(decoder: json.JSONDecoder, body: bytes) -> Any:
    text = body.decode()
    content, end = decoder.raw_decode(text)
    if end != len(text):
        raise ValueError("not JSON")
    return content


def _canonical_content(body: bytes) -> Any:
    """Content of canonical bytes. Raises ValueError if they are not RFC 8785.

    The standard encoder, four times as fast, settles what both write alike: no character beyond the BMP, which would
    order keys differently, no integer beyond 2**53, and no number as the standard encoder alone would write it.
    """
    is_large = _may_be_large(body)
    content = _read(body, is_large=is_large)
    is_unsure = is_large or _is_ours_alone(body) or not (body.isascii() or _BEYOND_BMP.search(body) is None)
    if not is_unsure and _WRITE.encode(content).encode("utf-8", "replace") == body:
        return content
    if canonical_bytes(content) != body:
        raise ValueError("not canonical")
    return content


def _is_ours_alone(body: bytes) -> bool:
    """Whether a number may be as the standard encoder writes it and RFC 8785 does not: 1.0, 1e-07, 1e+16."""
    is_whole = b".0" in body and (b".0," in body or b".0}" in body or b".0]" in body)
    return is_whole or b"e-0" in body or b"e+" in body


def _may_be_large(body: bytes) -> bool:
    """Whether an integer in it may be beyond 2**53, which has 16 digits: a quick look, and a slow one if that fails."""
    return _SIXTEEN in body.translate(_DIGITS) and _LONG_INTEGER.search(b" " + body) is not None


def _refused(constant: str) -> None:
    raise ValueError("not JSON")


def _number(digits: str) -> int | float:
    number = int(digits)
    return number if abs(number) < 2**53 else float(digits)


def _problem(place: int, fr: str, en: str) -> Problem:
    return Problem(place, Text(fr=fr, en=en))


def _examine(row: Stored, *, place: int, previous: str, canonical: bool) -> Entry | Problem:
    seq, body, digest = row
    if seq != place:
        return _problem(
            place,
            f"l'entrée {place} manque (on trouve le numéro {seq})",
            f"entry {place} is missing (found {seq})",
        )
    if type(body) is memoryview:
        body = bytes(body)
    if type(body) is not bytes or sha256(body) != digest:
        return _problem(place, "l'empreinte ne correspond pas au contenu", "the hash does not match the content")
    try:
        entry = decode(body, canonical=canonical, digest=digest)
    except (ValueError, RecursionError):
        return _problem(
            place,
            "le contenu n'est pas la forme canonique d'une entrée",
            "the content is not the canonical form of an entry",
        )
    if entry.seq != place:
        return _problem(
            place, "le numéro inscrit n'est pas celui de la place", "the number inside is not that of its place"
        )
    if entry.previous != previous:
        return _problem(place, "l'entrée ne suit pas la précédente", "the entry does not follow the one before")
    return entry


_PLAIN = json.JSONDecoder(parse_constant=_refused)
_LARGE = json.JSONDecoder(parse_int=_number, parse_constant=_refused)
_DIGITS = bytes(ord("0") if chr(byte) in "0123456789" else ord(" ") for byte in range(256))
_SIXTEEN = b"0" * 16
_LONG_INTEGER = re.compile(rb"[:,\[\s-][0-9]{16}")
_WRITE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_BEYOND_BMP = re.compile(rb"[\xf0-\xff]")
