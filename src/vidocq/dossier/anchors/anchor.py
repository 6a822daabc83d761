"""The head of a ledger as it was noted somewhere else."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vidocq.core import moment
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import LedgerError
from vidocq.core.text import Text
from vidocq.dossier.anchors.keys import is_signed, sign
from vidocq.dossier.entries import GENESIS, Problem, parse

SCHEMA = "vidocq.anchor/1"
LONGEST_ANCHOR = 10_000
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """What the ledger was.

    length, head           number of entries, and the hash of the last; 64 zeros for none.
    at                     when it was noted, in UTC, as whoever noted it says.
    public_key, signature  Ed25519, in hexadecimal, over the canonical JSON of everything but the signature; or neither.
    """

    length: int
    head: str
    at: str | None = None
    public_key: str | None = None
    signature: str | None = None

    def __post_init__(self) -> None:
        is_whole = type(self.length) is int and self.length >= 0 and _is(_HASH, self.head)
        signed = (self.public_key, self.signature)
        is_plain = signed == (None, None)
        if not is_whole or (self.length == 0) != (self.head == GENESIS):
            raise _unreadable(
                Text(
                    fr="sa longueur et son empreinte de tête ne vont pas ensemble",
                    en="its length and its head do not go together",
                )
            )
        if not (self.at is None or isinstance(self.at, str)):
            raise _unreadable(Text(fr="son heure n'en est pas une", en="its time is none"))
        if not is_plain and not (_is(_HASH, self.public_key) and _is(_SIGNATURE, self.signature)):
            raise _unreadable(
                Text(
                    fr="sa clé et sa signature ne vont pas ensemble",
                    en="its key and its signature do not go together",
                )
            )

    def content(self) -> dict[str, Any]:
        """What is written, without what is absent."""
        fields = {name: value for name, value in vars(self).items() if value is not None}
        return {"schema": SCHEMA, **fields}

    def bytes(self) -> bytes:
        return canonical_bytes(self.content()) + b"\n"


def anchor_of(length: int, head: str, *, key: Path | None = None) -> Anchor:
    """Notes a head now; signs it with the private key in this file, if given."""
    plain = Anchor(length=length, head=head, at=moment.now())
    if key is None:
        return plain
    public_key, _ = sign(b"", key)
    _, signature = sign(_message(plain, public_key), key)
    return replace(plain, public_key=public_key, signature=signature)


def read_anchor(data: bytes) -> Anchor:
    """The anchor in these bytes. Raises LedgerError if they are none, or of a newer version."""
    try:
        content = parse(data.strip()) if len(data) <= LONGEST_ANCHOR else None
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not str(content.get("schema")).startswith("vidocq.anchor/"):
        raise _unreadable(Text(fr="ce n'est pas une ancre", en="it is not an anchor"))
    if content.pop("schema") != SCHEMA:
        raise _unreadable(Text(fr="une autre version l'a écrite", en="it was written by another version"))
    if not {"length", "head"} <= set(content) <= set(Anchor.__dataclass_fields__):
        raise _unreadable(
            Text(fr="un champ y manque, ou il y en a un de trop", en="it lacks a field or has one too many")
        )
    return Anchor(**content)


def require_signed(anchor: Anchor, *, by: str | None) -> None:
    """Raises LedgerError if its signature is not right, or is not by this public key where one is asked."""
    if by is not None and anchor.public_key != by.strip().lower():
        raise LedgerError(
            "the anchor is not signed by the key expected",
            where="anchor",
            fix="ask whoever signed it for their key",
            fr="l'ancre n'est pas signée par la clé attendue",
            fix_fr="demandez sa clé à qui l'a signée",
        )
    if anchor.public_key is None or anchor.signature is None:
        return
    message = _message(anchor, anchor.public_key)
    if not is_signed(message, public_key=anchor.public_key, signature=anchor.signature):
        raise LedgerError(
            "the anchor's signature is not right: it was altered",
            where="anchor",
            fix="take the anchor from where it was kept; this one proves nothing",
            fr="la signature de l'ancre n'est pas juste : elle a été modifiée",
            fix_fr="reprenez l'ancre là où elle a été gardée ; celle-ci ne prouve rien",
        )


def against(anchor: Anchor, hash_at: str | None) -> Problem | None:
    """What an anchor finds. `hash_at` is the hash of the entry that bears its number, None if there is none."""
    if anchor.length == 0 or hash_at == anchor.head:
        return None
    if hash_at is None:
        text = Text(
            fr="le journal a été tronqué : l'ancre a vu cette inscription, elle n'y est plus",
            en="the ledger was cut short: the anchor saw this entry, which is gone",
        )
    else:
        text = Text(
            fr="le journal a été réécrit : l'ancre a vu une autre inscription à cette place",
            en="the ledger was rewritten: the anchor saw another entry in this place",
        )
    return Problem(anchor.length, text)


def _message(anchor: Anchor, public_key: str) -> bytes:
    content = {name: value for name, value in anchor.content().items() if name != "signature"}
    return canonical_bytes(content | {"public_key": public_key})


def _is(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _unreadable(why: Text) -> LedgerError:
    return LedgerError(
        f"the anchor cannot be read: {why.en}",
        where="anchor",
        fix="give a file written by `vidocq dossier anchor`",
        fr=f"l'ancre ne peut pas être lue : {why.fr}",
        fix_fr="donnez un fichier écrit par « vidocq dossier anchor »",
    )
