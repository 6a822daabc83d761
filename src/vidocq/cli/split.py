"""`vidocq split`."""

from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.sampling.split import split_table
from vidocq.cli.options import JsonOption, LangOption, QuietOption, SeedOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.dossier.ledger import Ledger, require_kept

DONE = Text(
    fr="{members} : {m} enregistrements de {pm} personnes, pour l'entraînement.\n"
    "{others} : {n} enregistrements de {pn} personnes, à tenir à l'écart du modèle.\n"
    "Le tirage est inscrit dans {url}.",
    en="{members}: {m} records of {pm} persons, to train on.\n"
    "{others}: {n} records of {pn} persons, to keep away from the model.\n"
    "The draw is registered in {url}.",
)


def split(
    table: Annotated[Path, typer.Argument(help="Table: csv, parquet, jsonl or npz.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Folder for members and non_members.")] = Path(),
    person: Annotated[str | None, typer.Option("--person", help="Column with the person's id.")] = None,
    share: Annotated[float, typer.Option("--share", help="Share of the persons that become members.")] = 0.5,
    dossier: Annotated[str, typer.Option("--dossier", help="Ledger in which the draw is registered.")] = (
        "sqlite:///dossier.db"
    ),
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
    seed: SeedOption = None,
) -> int:
    """Draw members and a randomised hold-out before training, and register the draw."""
    try:
        with Ledger.open(require_kept(dossier)) as ledger:
            drawn = split_table(
                table, out, person=person, share=share, seed=1 if seed is None else seed, ledger=ledger
            )
    except VidocqError as error:
        return fail(error, 2, lang)
    if json is not None:
        content = {
            "members": drawn.hashes[0],
            "non_members": drawn.hashes[1],
            "records": list(drawn.records),
            "persons": list(drawn.persons),
        }
        write_atomic(json, canonical_bytes(content))
    if not quiet:
        typer.echo(
            DONE.fill(
                members=drawn.members,
                others=drawn.non_members,
                m=drawn.records[0],
                n=drawn.records[1],
                pm=drawn.persons[0],
                pn=drawn.persons[1],
                url=dossier,
            ).to(lang)
        )
    return 0
