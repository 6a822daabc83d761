"""`vidocq dossier opinion`."""

from typing import Annotated

import typer

from vidocq.cli.dossier_fact import told
from vidocq.cli.dossier_options import URL, DossierOption, NameOption, RoleOption
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.errors import VidocqError
from vidocq.core.text import Lang
from vidocq.dossier.file.items import require_item
from vidocq.dossier.file.opining import give_opinion
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.state import state


def opinion(
    of: Annotated[
        str,
        typer.Argument(
            help="dpo (the DPO's opinion), validation (the controller's decision), dissent (a reasoned decision not to "
            "follow the DPO) or ethics.",
            show_default=False,
        ),
    ],
    stance: Annotated[str, typer.Argument(help="in-favour, with-reservations or against.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Why, without personal data.")] = "",
    role: RoleOption = "",
    name: NameOption = "",
    about: Annotated[
        str, typer.Option("--about", help="Model or release concerned, such as models.triage or releases.v1.")
    ] = "",
    version: Annotated[str, typer.Option("--version", help="Version of it.")] = "",
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Record an opinion or decision about one version of a model or release."""
    try:
        with Ledger.open(dossier, must_exist=True) as ledger:
            require_item(state(ledger).facts, about, ("models", "releases"))
            entry = give_opinion(
                ledger,
                of,
                stance.replace("-", "_"),
                reason=reason,
                role=role,
                about=about,
                version=version,
                name=name,
            )
    except VidocqError as error:
        return fail(error, 2, lang)
    return told(entry, lang=lang, json=json, quiet=quiet)
