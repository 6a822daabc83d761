"""`vidocq purge`."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.purge import Item, purge, record_purge
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core import moment
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.dossier.ledger import Ledger, require_kept

STATES = {
    "deleted": Text(fr="supprimé", en="deleted"),
    "would_delete": Text(fr="à supprimer", en="to delete"),
    "kept": Text(fr="gardé", en="kept"),
    "problem": Text(fr="problème", en="problem"),
}


def purge_command(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Folders of past audits; the current one without any.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Whatever its date.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell, and delete nothing.")] = False,
    now: Annotated[
        datetime | None, typer.Option("--now", formats=["%Y-%m-%d"], help="Take this date for today.")
    ] = None,
    dossier: Annotated[str | None, typer.Option("--dossier", help="Ledger in which to note what went.")] = None,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Delete what past audits left that is personal data, once its date has come.

    Exit code 3 if something could not be read or deleted. Copies on backups, and what a disk keeps, are out of reach.
    """
    today = date.fromisoformat(moment.now()[:10]) if now is None else now.date()
    try:
        ledger = None if dossier is None else Ledger.open(require_kept(dossier))  # before anything is deleted
        items = purge(folders or [Path()], today=today, everything=everything, dry_run=dry_run)
        if ledger is not None:
            with ledger:
                record_purge(ledger, items)
    except VidocqError as error:
        return fail(error, 2, lang)
    if json is not None:
        write_atomic(json, canonical_bytes([_plain(item) for item in items]) + b"\n")
    if not quiet:
        for item in items:
            typer.echo(f"{STATES[item.state].to(lang)}  {item.path}  ({item.why.to(lang)})")
        if not items:
            typer.echo(Text(fr="Rien à supprimer.", en="Nothing to delete.").to(lang))
    return 3 if any(item.state == "problem" for item in items) else 0


def _plain(item: Item) -> dict[str, str | None]:
    return {"path": str(item.path), "state": item.state, "why": item.why.en, "sha256": item.sha256}
