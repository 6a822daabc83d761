"""Verifies an archive as a ledger is: the chain, the promises, what the manifest announces."""

from vidocq.core.text import Text
from vidocq.dossier.anchors.anchor import Anchor, against
from vidocq.dossier.archive.read import Archive
from vidocq.dossier.entries import GENESIS, Entry, Problem, walk
from vidocq.dossier.ledger import VerifyReport
from vidocq.dossier.ledger.aside import KEPT, keeps_promise


def verify_archive(archive: Archive, anchor: Anchor | None = None) -> VerifyReport:
    """What holds of it. Raises LedgerError if the archive itself is damaged."""
    length, head = 0, GENESIS
    seen = None
    promised: dict[object, Entry] = {}
    for found in walk(archive.rows()):
        if isinstance(found, Problem):
            return VerifyReport(length, head, found)
        length, head = found.seq, found.hash
        if anchor is not None and length == anchor.length:
            seen = head
        if found.kind == KEPT:
            promised[found.data.get("aside")] = found
    archive.require_whole(length, head)
    for kept in archive.aside() or ():
        if kept.id not in promised or not keeps_promise(kept, promised[kept.id]):
            text = Text(
                fr="les données gardées à part ne sont pas celles inscrites",
                en="what is kept aside is not what was recorded",
            )
            return VerifyReport(length, head, Problem(promised[kept.id].seq if kept.id in promised else length, text))
    return VerifyReport(length, head, None if anchor is None else against(anchor, seen))
