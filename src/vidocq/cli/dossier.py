"""`vidocq dossier`: the compliance file; each of its commands has its own file."""

import typer

from vidocq.cli.ledger import anchor, export, import_archive, keygen, verify

dossier = typer.Typer(help="The compliance file.", no_args_is_help=True, rich_markup_mode=None)


@dossier.callback()
def _group() -> None:
    """The compliance file."""


dossier.command()(verify)
dossier.command()(keygen)
dossier.command()(anchor)
dossier.command()(export)
dossier.command("import")(import_archive)
