"""`vidocq dossier`: the compliance file, and the ledger it is kept in; each of its commands has its own file."""

import typer

from vidocq.cli.on_demand import group_of

COMMANDS = {
    "init": "vidocq.cli.dossier_init:init",
    "fact": "vidocq.cli.dossier_fact:fact",
    "index": "vidocq.cli.indices:index",
    "answer": "vidocq.cli.dossier_answer:answer",
    "opinion": "vidocq.cli.dossier_opinion:opinion",
    "status": "vidocq.cli.dossier_assess:status",
    "assess": "vidocq.cli.dossier_assess:assess",
    "explain": "vidocq.cli.dossier_assess:explain",
    "documents": "vidocq.cli.dossier_documents:documents",
    "verify": "vidocq.cli.ledger:verify",
    "keygen": "vidocq.cli.ledger:keygen",
    "anchor": "vidocq.cli.ledger:anchor",
    "export": "vidocq.cli.ledger:export",
    "import": "vidocq.cli.ledger:import_archive",
}

dossier = typer.Typer(
    cls=group_of("DossierGroup", COMMANDS), help="The compliance file.", no_args_is_help=True, rich_markup_mode=None
)


@dossier.callback()
def _group() -> None:
    """The compliance file."""
