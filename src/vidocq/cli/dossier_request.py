"""`vidocq dossier request`."""

import datetime
from typing import Annotated, Final, Literal

import typer

from vidocq.cli.dossier_fact import told
from vidocq.cli.dossier_options import URL, DossierOption, RoleOption
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core import moment
from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.text import Lang
from vidocq.dossier.entries import Entry
from vidocq.dossier.file.items import require_item
from vidocq.dossier.file.requesting import OUTCOMES, RIGHTS, answer_request, receive_request
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.state import state

_ABOUT: Final = ("datasets", "models", "releases")


def request(
    step: Annotated[str, typer.Argument(help="received or answered.", show_default=False)],
    id: Annotated[str, typer.Argument(help="A short id of your own, such as r1; never a name.", show_default=False)],
    right: Annotated[str, typer.Option("--right", help=f"Of a request received: {', '.join(RIGHTS)}.")] = "",
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            help=f"Of an answer: {', '.join(OUTCOMES)}; extended says that the person was told of two more months.",
        ),
    ] = "",
    on: Annotated[str, typer.Option("--on", help="Day of it, such as 2026-11-25; today without it.")] = "",
    about: Annotated[
        str, typer.Option("--about", help="What a request concerns, such as datasets.patients; all without it.")
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", help="Of an answer other than upheld, without personal data.")
    ] = "",
    recipients_told_on: Annotated[
        str, typer.Option("--recipients-told-on", help="Day on which the recipients were told (article 19).")
    ] = "",
    role: RoleOption = "",
    name: Annotated[
        str,
        typer.Option("--name", help="Name of the person; kept aside, where it can be erased, never in the chain."),
    ] = "",
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Record that a person exercised a right, or what was answered; the calendar then shows the last day to answer."""
    try:
        day = _day(on, "--on") or datetime.date.fromisoformat(moment.now()[:10])
        with Ledger.open(dossier, must_exist=True) as ledger:
            entry: Entry
            match _step(step):
                case "received":
                    _refuse("received", outcome, reason, recipients_told_on)
                    require_item(state(ledger).facts, about, _ABOUT)
                    entry = receive_request(ledger, id, right, on=day, role=role, about=about, name=name)
                case "answered":
                    _refuse("answered", right, about, name)
                    entry = answer_request(
                        ledger,
                        id,
                        outcome.replace("-", "_"),
                        on=day,
                        role=role,
                        reason=reason,
                        recipients_told_on=_day(recipients_told_on, "--recipients-told-on"),
                    )
    except VidocqError as error:
        return fail(error, 2, lang)
    return told(entry, lang=lang, json=json, quiet=quiet)


def _step(typed: str) -> Literal["received", "answered"]:
    if typed == "received":
        return "received"
    if typed == "answered":
        return "answered"
    raise ConfigurationError(
        "this step is not known",
        where="STEP",
        fix="give received or answered",
        fr="cette étape n'est pas connue",
        fix_fr="donnez received ou answered",
    )


def _refuse(step: str, *given: str) -> None:
    if any(given):
        raise ConfigurationError(
            f"an option was given that does not belong to a request {step}",
            where="vidocq dossier request",
            fix="--right, --about and --name go with received; --outcome, --reason and --recipients-told-on with answered",
            fr="une option donnée ne va pas avec cette étape de la demande",
            fix_fr="--right, --about et --name vont avec received ; --outcome, --reason et --recipients-told-on avec answered",
        )


def _day(typed: str, option: str) -> datetime.date | None:
    """The day typed, none for nothing. ConfigurationError if it is no day, or is still to come."""
    if not typed:
        return None
    try:
        found = datetime.date.fromisoformat(typed)
    except ValueError:
        raise ConfigurationError(
            "this is no date",
            where=option,
            fix="write it like 2026-11-25",
            fr="ce n'est pas une date",
            fix_fr="écrivez-la comme 2026-11-25",
        ) from None
    if found.isoformat() > moment.now()[:10]:
        raise ConfigurationError(
            "this day is still to come",
            where=option,
            fix="record it once it has come",
            fr="ce jour est encore à venir",
            fix_fr="inscrivez-le quand il sera venu",
        )
    return found
