"""`vidocq dossier`: the compliance file, and the ledger it is kept in; each of its commands has its own file."""

import typer

from vidocq.cli.dossier_answer import answer
from vidocq.cli.dossier_assess import assess, explain, status
from vidocq.cli.dossier_calendar import calendar
from vidocq.cli.dossier_documents import documents
from vidocq.cli.dossier_fact import fact
from vidocq.cli.dossier_init import init
from vidocq.cli.dossier_opinion import opinion
from vidocq.cli.dossier_register import register
from vidocq.cli.dossier_request import request
from vidocq.cli.indices import index
from vidocq.cli.ledger import anchor, export, import_archive, keygen, verify

dossier = typer.Typer(help="The compliance file.", no_args_is_help=True, rich_markup_mode=None)


@dossier.callback()
def _group() -> None:
    """The compliance file."""


for command in (
    init,
    fact,
    index,
    answer,
    opinion,
    request,
    status,
    assess,
    explain,
    calendar,
    register,
    documents,
    verify,
    keygen,
    anchor,
    export,
):
    dossier.command()(command)
dossier.command("import")(import_archive)
