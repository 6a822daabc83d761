"""The calendar as iCalendar (RFC 5545), for whatever program shows the days of whoever keeps the file."""

import datetime
import re
from collections.abc import Iterator
from typing import Final

from vidocq.core.canonical import content_hash
from vidocq.core.text import Lang, Text
from vidocq.core.version import VERSION
from vidocq.dossier.calendar.event import KINDS, Calendar, Event
from vidocq.dossier.calendar.moment import When, in_utc
from vidocq.dossier.facts.names import item_name
from vidocq.report.typography import polished

ARTICLE = Text(fr="RGPD, art. {article}", en="GDPR, art. {article}")
_LONGEST: Final = 75
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def icalendar(calendar: Calendar, *, file: str, lang: Lang) -> bytes:
    """One VEVENT for each event with a day; what has none is left to the other forms.

    file  what tells this file from another, such as the hash of its first entry, so that events of two never mix.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Vidocq//Vidocq {VERSION}//{lang.value.upper()}",
        "CALSCALE:GREGORIAN",
        *(
            line
            for event in calendar.events
            if event.when is not None
            for line in _event(event, calendar, file, lang)
        ),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, calendar: Calendar, file: str, lang: Lang) -> Iterator[str]:
    kind, state = KINDS[event.kind].to(lang), event.state_words.to(lang)
    about = f" ({item_name(event.subject).to(lang)})" if event.subject else ""
    description = "\n".join(
        polished(line, lang)
        for line in [
            event.what.to(lang),
            ARTICLE.fill(article=event.article).to(lang),
            *(f"? {words.to(lang)}" for words in event.missing.values()),
        ]
    )
    yield "BEGIN:VEVENT"
    yield f"UID:{content_hash({'file': file, 'event': event.id})[:32]}@vidocq"
    yield f"DTSTAMP:{_stamp(calendar.as_of)}"
    yield from _days(event.when)  # type: ignore[arg-type]
    yield f"SUMMARY:{escaped(polished(f'{kind}{about} — {state}', lang))}"
    yield f"DESCRIPTION:{escaped(description)}"
    yield f"CATEGORIES:{escaped(kind)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _days(when: When) -> Iterator[str]:
    """A day is a whole day, without an hour; a time is in UTC."""
    if isinstance(when, datetime.datetime):
        yield f"DTSTART:{_time(in_utc(when))}"
    else:
        yield f"DTSTART;VALUE=DATE:{when.year:04d}{when.month:02d}{when.day:02d}"


def _time(when: datetime.datetime) -> str:
    return f"{when.year:04d}{when.month:02d}{when.day:02d}T{when.hour:02d}{when.minute:02d}{when.second:02d}Z"


def _stamp(as_of: str) -> str:
    """The time of the last entry: the same file gives the same bytes."""
    return _time(in_utc(datetime.datetime.fromisoformat(as_of))) if as_of else "19700101T000000Z"


def escaped(words: str) -> str:
    """TEXT of section 3.3.11; control characters that it does not allow are dropped."""
    found = words.replace("\r\n", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _CONTROL.sub("", found).replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line in octets, cut after 75 at most and never inside a character, with the ends that RFC 5545 asks for."""
    parts: list[bytes] = []
    held, room = b"", _LONGEST
    for character in line:
        octets = character.encode("utf-8")
        if len(held) + len(octets) > room:
            parts.append(held)
            held, room = b"", _LONGEST - 1
        held += octets
    return b"\r\n ".join([*parts, held]) + b"\r\n"
