"""Writes the archive of a ledger."""

import base64
import hashlib
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from vidocq.core.canonical import canonical_bytes
from vidocq.core.files import stream_atomic
from vidocq.dossier.anchors.anchor import Anchor
from vidocq.dossier.archive.members import ANCHORS, ASIDE, ENTRIES, MANIFEST, SCHEMA
from vidocq.dossier.entries import GENESIS, Problem, followed
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.ledger.errors import broken

EPOCH = (1980, 1, 1, 0, 0, 0)


def export(ledger: Ledger, path: Path, *, with_personal: bool = False, anchors: Sequence[Anchor] = ()) -> str:
    """Writes the archive, readable by its owner alone, and returns the head. Same ledger, same bytes.

    with_personal  also what is kept aside; without it, that is promised by hashes only.
    Raises LedgerError if the chain does not hold: a broken ledger is handed over as it is stored, not as an archive.
    """
    length, head = 0, GENESIS
    with (
        stream_atomic(path, mode=0o600) as stream,
        zipfile.ZipFile(stream, "w") as archive,
        ledger.reading() as transaction,
    ):
        members = {}
        digest = hashlib.sha256()
        with archive.open(_member(ENTRIES), "w", force_zip64=True) as file:
            for row, found in followed(transaction.rows()):
                if isinstance(found, Problem):
                    raise broken(found)
                length, head = found.seq, found.hash
                line = bytes(row.body) + b"\n"  # canonical JSON holds no end of line
                digest.update(line)
                file.write(line)
        members[ENTRIES] = digest.hexdigest()
        lines = (
            canonical_bytes({"id": r.id, "salt": r.salt, "body": _text(r.body)}) for r in transaction.kept_aside()
        )
        if with_personal:
            members[ASIDE] = _put(archive, ASIDE, lines)
        if anchors:
            members[ANCHORS] = _put(archive, ANCHORS, (canonical_bytes(anchor.content()) for anchor in anchors))
        manifest = {"schema": SCHEMA, "length": length, "head": head, "members": members}
        archive.writestr(_member(MANIFEST), canonical_bytes(manifest))
    return head


def _put(archive: zipfile.ZipFile, name: str, lines: Iterable[bytes]) -> str:
    body = b"".join(line + b"\n" for line in lines)
    archive.writestr(_member(name), body)
    return hashlib.sha256(body).hexdigest()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    member.create_system = 3
    return member


def _text(body: bytes) -> str:
    return base64.b64encode(bytes(body)).decode()
