"""`vidocq dossier fact`."""

from pathlib import Path
from typing import Annotated

import typer

from vidocq.cli.dossier_options import URL, DossierOption, RoleOption, pointing_at, read_toml, write_or_fail
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.text import Lang, Text
from vidocq.dossier.entries import Entry
from vidocq.dossier.file.stating import state_facts
from vidocq.dossier.file.valued import slot_at, stating
from vidocq.dossier.ledger import Ledger

DONE = Text(fr="Inscription n° {seq} du journal.", en="Entry {seq} of the ledger.")


def fact(
    path: Annotated[
        str | None, typer.Argument(help="Path, such as datasets.patients.personal_data.", show_default=False)
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(
            help="yes or no, a word, words by commas, a number, a date; unknown erases it.", show_default=False
        ),
    ] = None,
    from_: Annotated[Path | None, typer.Option("--from", help="State all facts of this TOML file instead.")] = None,
    role: RoleOption = "",
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """State one fact, or those of a TOML file, over what was stated before."""
    try:
        if from_ is not None and path is None:
            content = read_toml(from_)
        elif from_ is None and path is not None and value is not None:
            content = stating(slot_at(path), value)
        else:
            raise ConfigurationError(
                "a path and a value, or --from, are needed",
                where="vidocq dossier fact",
                fix="write it like: vidocq dossier fact system.is_generative no",
                fr="il faut un chemin et une valeur, ou --from",
                fix_fr="écrivez par exemple : vidocq dossier fact system.is_generative non",
            )
        with Ledger.open(dossier, must_exist=True) as ledger, pointing_at(from_):
            entry = state_facts(ledger, content, role=role)
    except VidocqError as error:
        return fail(error, 2, lang)
    return told(entry, lang=lang, json=json, quiet=quiet)


def told(entry: Entry, *, lang: Lang, json: Path | None, quiet: bool) -> int:
    """Says which entry was made."""
    code = write_or_fail(json, canonical_bytes({"seq": entry.seq, "id": entry.id, "hash": entry.hash}) + b"\n", lang)
    if not quiet:
        typer.echo(DONE.fill(seq=entry.seq).to(lang))
    return code
