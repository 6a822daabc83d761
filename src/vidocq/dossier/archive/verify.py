"""Verifies an archive as a ledger is: the chain, the promises, what the manifest announces."""

from vidocq.core.text import Text
from vidocq.dossier.anchors.anchor import Anchor, against
from vidocq.dossier.archive.read import Archive
from vidocq.dossier.entries import GENESIS, Entry, Problem, walk
from vidocq.dossier.ledger import VerifyReport
from vidocq.dossier.ledger.aside import KEPT, keeps_promise


def verify_archive(archive: Archive, anchor: Anchor | None = None) -> VerifyReport:
    """What holds of it, of the anchors in it too. Raises LedgerError if the archive itself is damaged."""
    length, head = 0, GENESIS
    anchors = [*archive.anchors(), *(() if anchor is None else (anchor,))]
    seen: dict[int, str] = {}
    wanted = {noted.length for noted in anchors}
    promised: dict[object, Entry] = {}
    for found in walk(archive.rows()):
        if isinstance(found, Problem):
            return VerifyReport(length, head, found)
        length, head = found.seq, found.hash
        if length in wanted:
            seen[length] = head
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
    problems = (against(noted, seen.get(noted.length)) for noted in anchors)
    return VerifyReport(length, head, next((problem for problem in problems if problem is not None), None))
