"""`vidocq dossier calendar`."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from vidocq.cli.dossier_options import URL, DossierOption, write_or_fail
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core import moment
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.text import Lang
from vidocq.dossier.calendar import Calendar, build_calendar
from vidocq.dossier.calendar.moment import When, in_utc
from vidocq.dossier.entries import GENESIS
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.rules.catalogue import decide_all
from vidocq.dossier.state import fold, state
from vidocq.report.calendar import calendar_lines
from vidocq.report.icalendar import icalendar


def calendar(
    at: Annotated[
        str | None,
        typer.Option("--at", help="The file as it was on this date, and what was late then; today without it."),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", help="The file as it is, and what will be late on this date, such as 2027-01-31."),
    ] = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", help="Write the events that have a day as iCalendar too.", dir_okay=False)
    ] = None,
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Print all that has a day: telling persons, reviews, retention, DPIA, requests, breaches, with what is late or due."""
    try:
        if at is not None and on is not None:
            raise ConfigurationError(
                "--at and --on are both given",
                where="vidocq dossier calendar",
                fix="give one of them",
                fr="--at et --on sont donnés tous deux",
                fix_fr="donnez l'un des deux",
            )
        found, file = _calendar(dossier, at, on)
    except VidocqError as error:
        return fail(error, 2, lang)
    if not quiet:
        for line in calendar_lines(found, lang=lang):
            typer.echo(line)
    return write_or_fail(json, canonical_bytes(found.to_dict()) + b"\n", lang) or write_or_fail(
        ics, icalendar(found, file=file, lang=lang), lang
    )


def _calendar(url: str, at: str | None, on: str | None) -> tuple[Calendar, str]:
    """The calendar, and the hash of the first entry, which tells this file from another."""
    with Ledger.open(url, must_exist=True) as ledger:
        entries = ledger.entries()
        held = fold(entries) if at is None else state(ledger, at)
    now = when(at or on or moment.now(), "--at" if at else "--on")
    return build_calendar(held, decide_all(held.facts, held.evidence), now=now), (
        entries[0].hash if entries else GENESIS
    )


def when(typed: str, option: str) -> When:
    """A day, or a time in UTC. ConfigurationError if it is none."""
    try:
        if len(typed) == len("2026-11-25"):
            return datetime.date.fromisoformat(typed)
        return in_utc(datetime.datetime.fromisoformat(typed))
    except ValueError:
        raise ConfigurationError(
            "this is no date",
            where=option,
            fix="write it like 2026-11-25, or 2026-11-25T14:30:00Z",
            fr="ce n'est pas une date",
            fix_fr="écrivez-la comme 2026-11-25, ou 2026-11-25T14:30:00Z",
        ) from None
