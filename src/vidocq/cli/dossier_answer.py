"""`vidocq dossier answer`."""

from typing import Annotated

import typer

from vidocq.cli.dossier_fact import told
from vidocq.cli.dossier_options import URL, DossierOption, NameOption, RoleOption
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.text import Lang
from vidocq.dossier.assessment.standing import MANDATORY
from vidocq.dossier.file.answering import answer_point
from vidocq.dossier.file.departing import depart_from
from vidocq.dossier.file.items import require_item
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.referential.point import Point
from vidocq.dossier.state import state

DEPARTED = "departed"


def answer(
    point: Annotated[str, typer.Argument(help="Id of the point, such as F7.04.", show_default=False)],
    value: Annotated[str, typer.Argument(help="satisfied, not-satisfied, to-judge or departed.", show_default=False)],
    role: RoleOption = "",
    name: NameOption = "",
    note: Annotated[str, typer.Option("--note", help="In a few words, without personal data.")] = "",
    about: Annotated[
        str, typer.Option("--about", help="The one item it speaks of, such as datasets.patients; all without it.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Of a departure.")] = "",
    substitute: Annotated[str, typer.Option("--substitute", help="Measure taken instead, of a departure.")] = "",
    owner: Annotated[str, typer.Option("--owner", help="Role that answers for a departure.")] = "",
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Declare what is so about a point of verification, or that a recommendation is departed from, and why."""
    try:
        found = _known(point)
        with Ledger.open(dossier, must_exist=True) as ledger:
            require_item(state(ledger).facts, about, [found.per] if found.per else [])
            if value == DEPARTED:
                _require_departable(found)
                _refuse_parts_of_answer(role, note)
                entry = depart_from(
                    ledger, point, reason=reason, substitute=substitute, owner=owner, name=name, about=about
                )
            else:
                _refuse_parts_of_departure(reason, substitute, owner)
                entry = answer_point(
                    ledger, point, value.replace("-", "_"), role=role, name=name, note=note, about=about
                )
    except VidocqError as error:
        return fail(error, 2, lang)
    return told(entry, lang=lang, json=json, quiet=quiet)


def _known(name: str) -> Point:
    found = referential().get(name)
    if found is None:
        raise ConfigurationError(
            "there is no such point of verification",
            where="POINT",
            fix="see `vidocq dossier assess` for their ids",
            fr="ce point de vérification n'existe pas",
            fix_fr="voyez leurs identifiants avec « vidocq dossier assess »",
        )
    return found


def _require_departable(point: Point) -> None:
    if point.level == MANDATORY:
        raise ConfigurationError(
            "a mandatory point cannot be departed from",
            where=point.id,
            fix="only what is recommended or good practice can; satisfy this one, or answer not-satisfied",
            fr="on ne peut pas s'écarter d'un point obligatoire",
            fix_fr="seul ce qui est recommandé ou de bonne pratique le permet ; satisfaites celui-ci, ou répondez not-satisfied",
        )


def _refuse_parts_of_departure(*given: str) -> None:
    if any(given):
        raise ConfigurationError(
            "--reason, --substitute and --owner belong to a departure",
            where="vidocq dossier answer",
            fix="answer `departed` with them, or leave them out",
            fr="--reason, --substitute et --owner vont avec un écart",
            fix_fr="répondez « departed » avec elles, ou retirez-les",
        )


def _refuse_parts_of_answer(*given: str) -> None:
    if any(given):
        raise ConfigurationError(
            "--role and --note belong to an answer",
            where="vidocq dossier answer",
            fix="give --owner and --reason for a departure",
            fr="--role et --note vont avec une réponse",
            fix_fr="donnez --owner et --reason pour un écart",
        )
