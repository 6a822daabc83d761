"""`vidocq dossier register`."""

import typer

from vidocq.cli.dossier_assess import assessed_file
from vidocq.cli.dossier_options import URL, AtOption, DossierOption, write_or_fail
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import VidocqError
from vidocq.core.text import Lang
from vidocq.dossier.register import build_register
from vidocq.report.register import register_lines


def register(
    at: AtOption = None,
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Print the entries of the register of article 30, as controller and as processor, with what is to complete."""
    try:
        assessed = assessed_file(dossier, at)
    except VidocqError as error:
        return fail(error, 2, lang)
    found = build_register(assessed.state.facts, assessed.decisions)
    if not quiet:
        for line in register_lines(found, lang=lang):
            typer.echo(line)
    return write_or_fail(json, canonical_bytes(found.to_dict()) + b"\n", lang)
