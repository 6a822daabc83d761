"""`vidocq dossier`: the compliance file, and the ledger it is kept in."""

from typing import Annotated

import typer

from vidocq.cli.dossier_answer import answer
from vidocq.cli.dossier_assess import assess, explain, status
from vidocq.cli.dossier_fact import fact
from vidocq.cli.dossier_init import init
from vidocq.cli.dossier_opinion import opinion
from vidocq.cli.indices import index
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import LedgerError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.dossier.ledger import Ledger

dossier = typer.Typer(help="The compliance file.", no_args_is_help=True, rich_markup_mode=None)
for command in (init, fact, index, answer, opinion, status, assess, explain):
    dossier.command()(command)

SOUND = Text(
    fr="Le journal tient : {length} inscriptions, empreinte de tête {head}.\n"
    "Sans cette empreinte notée ailleurs (document signé), rien n'exclut que le journal ait été tronqué ou réécrit "
    "en entier.",
    en="The ledger holds: {length} entries, head {head}.\n"
    "Unless that hash was noted elsewhere (a signed document), nothing rules out that the ledger was cut short or "
    "rewritten whole.",
)


@dossier.callback()
def _group() -> None:
    """The compliance file."""


@dossier.command()
def verify(
    url: Annotated[str, typer.Argument(help="SQLAlchemy URL of the ledger.")] = "sqlite:///dossier.db",
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Recompute the whole chain of the ledger. Exit code 1 if it does not hold."""
    try:
        with Ledger.open(url, must_exist=True) as ledger:
            report = ledger.verify()
    except LedgerError as error:
        return fail(error, 2)
    if json is not None:
        problem = None if report.problem is None else {"seq": report.problem.seq, **report.problem.reason.to_dict()}
        write_atomic(json, canonical_bytes({"length": report.length, "head": report.head, "problem": problem}))
    if report.problem is not None:
        name = "inscription" if lang is Lang.fr else "entry"
        typer.echo(f"{name} {report.problem.seq}: {report.problem.reason.to(lang)}", err=True)
        return 1
    if not quiet:
        typer.echo(SOUND.fill(length=report.length, head=report.head).to(lang))
    return 0
