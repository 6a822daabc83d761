"""`vidocq dossier duties`."""

import datetime
from typing import Annotated

import typer

from vidocq.cli.dossier_options import URL, AtOption, DossierOption, write_or_fail
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core import moment
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.text import Lang
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.profiles.duties import duties as duties_of
from vidocq.dossier.profiles.duties import places_of, profiles_of
from vidocq.dossier.profiles.profile import profiles
from vidocq.dossier.state import state
from vidocq.report.duties import duties_summary


def duties(
    place: Annotated[
        list[str] | None,
        typer.Option(
            "--place",
            help="Place in the value chain: designer, host, reuser, integrator, deployer, annotator, publisher, service; may "
            "be repeated. As the facts state it without.",
        ),
    ] = None,
    at: AtOption = None,
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Print what your place in the value chain has you hold, or help others with, of the points that apply."""
    try:
        with Ledger.open(dossier, must_exist=True) as ledger:
            found = state(ledger, at)
        today = datetime.date.fromisoformat((at or moment.now())[:10])
        places = tuple(place or places_of(found.facts))
        if not places:
            raise ConfigurationError(
                "nobody said which place in the value chain is yours",
                where="vidocq dossier duties",
                fix=f"give --place, one of {', '.join(profiles().places)}, or state it: vidocq dossier fact actors.ID.places",
                fr="personne n'a dit quelle est votre place dans la chaîne de valeur",
                fix_fr=f"donnez --place, l'un de {', '.join(profiles().places)}, ou déclarez-la : vidocq dossier fact actors.IDENTIFIANT.places",
            )
        own = duties_of(places, found.facts, today=today, evidence=found.evidence)
        first = profiles_of(found.facts, today=today)
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        typer.echo(duties_summary(places, own, first, lang=lang))
    content = {
        "places": list(places),
        "profiles": [one.id for one in first],
        "duties": [duty.to_dict() for duty in own],
    }
    return write_or_fail(json, canonical_bytes(content) + b"\n", lang)
