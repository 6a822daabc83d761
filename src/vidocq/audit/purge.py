"""Deleting what past audits left that is personal data, once its date has come: listed files, and nothing else."""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from vidocq.audit.execute import WORK
from vidocq.audit.outputs import PERSONAL, RETENTION, RUN, SPANS
from vidocq.core.errors import DataError
from vidocq.core.text import Text
from vidocq.dossier.ledger import Ledger, Transaction

PURGED = "audit.purged"
MOST_FOLDERS = 100_000
LARGEST_RUN = 1 << 20

State = Literal["deleted", "would_delete", "kept", "problem"]


@dataclass(frozen=True)
class Item:
    """What became of one file or folder. sha256 of a deleted file, for the ledger."""

    path: Path
    state: State
    why: Text
    sha256: str | None = None


def purge(folders: Sequence[Path], *, today: date, everything: bool = False, dry_run: bool = False) -> list[Item]:
    """Looks for run.json and for stores of unfinished audits under the folders, and deletes what is due.

    today       files whose `delete_after` lies before it are due; stores, once untouched for as long as files are kept.
    everything  whatever its date.   dry_run  tells, and deletes nothing.
    Only files that run.json lists, that stand beside it, and bear a name that Vidocq gives to personal data are ever
    deleted; a link is never followed, nor deleted. An SSD, a journal or a backup may keep what was deleted here.
    Raises      DataError if a folder is not there, or holds too many others.
    """
    for folder in folders:
        if not folder.is_dir():
            raise DataError("there is no such folder", where=str(folder), fix="give folders of past audits")
    found = [list(_folders(folder)) for folder in folders]  # all of them walked before anything is deleted
    items: list[Item] = []
    for places in found:
        for place in places:
            if place.name == WORK:
                items.append(_store(place, today=today, everything=everything, dry_run=dry_run))
            elif (place / RUN).is_file() and not (place / RUN).is_symlink():
                items += _run(place, today=today, everything=everything, dry_run=dry_run)
    return items


def record_purge(ledger: Ledger, items: Sequence[Item]) -> None:
    """Notes in the ledger how many files went, and their hashes; neither a path nor a name."""
    gone = [item for item in items if item.state == "deleted"]
    content = {"deleted": len(gone), "sha256": sorted(item.sha256 for item in gone if item.sha256 is not None)}

    def work(transaction: Transaction) -> None:
        transaction.append(PURGED, content)

    if gone:
        ledger.write(work)


def _folders(top: Path) -> Iterator[Path]:
    for seen, (path, names, _) in enumerate(os.walk(top, followlinks=False)):
        if seen == MOST_FOLDERS:
            raise DataError(
                f"more than {MOST_FOLDERS} folders", where=str(top), fix="name the folders of the audits themselves"
            )
        place = Path(path)
        if place.is_symlink():
            names.clear()
            continue
        names.sort()
        if place.name == WORK:
            names.clear()
        yield place


def _run(place: Path, *, today: date, everything: bool, dry_run: bool) -> list[Item]:
    run = place / RUN
    try:
        if run.stat().st_size > LARGEST_RUN:
            raise ValueError
        held = json.loads(run.read_text(encoding="utf-8"))["retention"]
        due, names = date.fromisoformat(held["delete_after"]), list(held["files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return [Item(run, "problem", _UNREADABLE)]
    items = []
    for name in names:
        if name not in (*PERSONAL, SPANS):
            items.append(Item(run, "problem", _NOT_OURS))
            continue
        file = place / name
        try:
            kind = file.lstat().st_mode
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(kind):
            items.append(Item(file, "problem", _NO_FILE))
        elif everything or today > due:
            items.append(_deleted(file, dry_run=dry_run))
        else:
            said = Text(fr=f"à garder jusqu'au {due.isoformat()}", en=f"kept until {due.isoformat()}")
            items.append(Item(file, "kept", said))
    return items


def _deleted(file: Path, *, dry_run: bool) -> Item:
    if dry_run:
        return Item(file, "would_delete", _DUE)
    try:
        digest = hashlib.sha256()
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        file.unlink()
    except OSError as reason:
        return Item(
            file, "problem", Text(fr=f"échec ({type(reason).__name__})", en=f"failed ({type(reason).__name__})")
        )
    return Item(file, "deleted", _DUE, digest.hexdigest())


def _store(place: Path, *, today: date, everything: bool, dry_run: bool) -> Item:
    """The reference models' answers of an audit that was not finished."""
    times = [place.stat().st_mtime, *(file.lstat().st_mtime for file in place.rglob("*"))]
    touched = datetime.fromtimestamp(max(times), tz=UTC).date()
    if not everything and today - touched <= RETENTION:
        return Item(place, "kept", _UNFINISHED)
    if dry_run:
        return Item(place, "would_delete", _DUE)
    try:
        shutil.rmtree(place)
    except OSError as reason:
        said = Text(fr=f"échec ({type(reason).__name__})", en=f"failed ({type(reason).__name__})")
        return Item(place, "problem", said)
    return Item(place, "deleted", _DUE)


_DUE = Text(fr="échéance passée, ou suppression demandée", en="past its date, or asked for")
_UNFINISHED = Text(fr="audit inachevé, récent : il peut être repris", en="recent unfinished audit: it can be resumed")
_UNREADABLE = Text(fr="illisible : rien n'a été supprimé à côté", en="unreadable: nothing beside it was deleted")
_NOT_OURS = Text(
    fr="cite un fichier que Vidocq n'écrit pas : ignoré", en="lists a file that Vidocq does not write: ignored"
)
_NO_FILE = Text(fr="lien ou dossier : laissé en place", en="a link or a folder: left alone")
