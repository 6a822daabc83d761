"""What the calendar holds: one event, its state, and all of them in the order of their days."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Literal

from vidocq.core.days import NO_BREAK, day_in_words
from vidocq.core.text import Text
from vidocq.dossier.calendar.moment import When, day, in_utc, is_past, iso
from vidocq.dossier.schema import require_valid

SCHEMA: Final = "vidocq.calendar/1"
Kind = Literal[
    "interval", "information", "review", "retention", "dpia", "request", "recipients", "breach", "vulnerability"
]


class EventState(StrEnum):
    """From what presses to what is over.

    LATE says that the day is past and nobody stated that it was done; UNKNOWN, that whether or by when it is to be done,
    or was done, cannot be told.
    """

    LATE = "late"
    DUE = "due"
    UNKNOWN = "unknown"
    DONE = "done"

    @property
    def words(self) -> Text:
        return STATES[self]


STATES: Final = {
    EventState.LATE: Text(fr="en retard", en="late"),
    EventState.DUE: Text(fr="à faire", en="due"),
    EventState.UNKNOWN: Text(fr="indéterminé", en="undetermined"),
    EventState.DONE: Text(fr="fait", en="done"),
}
KINDS: Final[Mapping[Kind, Text]] = {
    "interval": Text(fr="intervalle avant l'entraînement", en="interval before training"),
    "information": Text(fr="information des personnes", en="telling persons"),
    "review": Text(fr="réexamen", en="review"),
    "retention": Text(fr="fin de conservation", en="end of retention"),
    "dpia": Text(fr="AIPD", en="DPIA"),
    "request": Text(fr="demande d'une personne", en="request of a person"),
    "recipients": Text(fr="information des destinataires", en="telling recipients"),
    "breach": Text(fr="violation de données personnelles", en="personal data breach"),
    "vulnerability": Text(fr="vulnérabilité", en="vulnerability"),
}
DONE_ON: Final = Text(fr="fait le {day}", en="done on {day}")
DONE_LATE: Final = Text(fr="fait le {day}, après le terme", en="done on {day}, after its day")
NO_DAY: Final = Text(fr="sans date", en="no date")


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that has a day, or ought to have one.

    id        stable: of the kind and of what it is about, and unique in a calendar.
    when      the day or time by which it is to be done; None where the law sets none, or where it is not known.
    subject   path of what it is about.   article  that it rests on.
    done_on   when it was done; None before that, or where nobody said.
    missing   paths of the facts that would tell, with the question that asks for each; none once it is done.
    """

    id: str
    kind: Kind
    when: When | None
    subject: str
    article: str
    what: Text
    state: EventState
    done_on: When | None = None
    missing: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_done_late(self) -> bool:
        is_known = self.state is EventState.DONE and self.when is not None and self.done_on is not None
        return is_known and is_past(self.when, self.done_on)  # type: ignore[arg-type]

    @property
    def day_words(self) -> Text:
        return NO_DAY if self.when is None else in_words(self.when)

    @property
    def state_words(self) -> Text:
        """The state, with the day on which it was done, and that this was after its day."""
        if self.state is not EventState.DONE or self.done_on is None:
            return self.state.words
        words, day = DONE_LATE if self.is_done_late else DONE_ON, in_words(self.done_on)
        return Text(fr=words.fr.format(day=day.fr), en=words.en.format(day=day.en))

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "when": None if self.when is None else iso(self.when),
            "subject": self.subject,
            "article": self.article,
            "what": self.what.to_dict(),
            "state": str(self.state),
            "done_on": None if self.done_on is None else iso(self.done_on),
            "is_done_late": self.is_done_late,
            "missing": {path: words.to_dict() for path, words in self.missing.items()},
        }


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """now  the day, or the time, that states are relative to.   as_of  time of the last entry of the file."""

    now: When
    as_of: str
    events: tuple[Event, ...]

    @property
    def counts(self) -> Mapping[EventState, int]:
        return {state: sum(event.state is state for event in self.events) for state in EventState}

    def to_dict(self) -> dict[str, Any]:
        """calendar.json, which its schema allows."""
        content = {
            "schema": SCHEMA,
            "now": iso(self.now),
            "as_of": self.as_of,
            "counts": {str(state): count for state, count in self.counts.items()},
            "events": [event.to_dict() for event in self.events],
        }
        require_valid("calendar", content)
        return content


def standing(
    when: When | None, done: When | None, *, now: When, missing: Mapping[str, Text] | None = None
) -> EventState:
    """Where an event stands. What is dated after `now` is not done yet.

    missing  the facts without which one cannot tell; unless it is done, the state is then unknown.
    """
    if done is not None and not is_past(now, done):
        return EventState.DONE
    if missing:
        return EventState.UNKNOWN
    return EventState.LATE if when is not None and is_past(when, now) else EventState.DUE


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """By day, those without one last, then by id."""
    return tuple(sorted(events, key=lambda event: (event.when is None, event.when and iso(event.when), event.id)))


def in_words(when: When) -> Text:
    """A day, or a time with its hour in UTC, as readers write it."""
    words = day_in_words(day(when))
    if not isinstance(when, datetime.datetime):
        return words
    hour = in_utc(when)
    return Text(
        fr=f"{words.fr} à {hour.hour}{NO_BREAK}h{NO_BREAK}{hour.minute:02d} UTC",
        en=f"{words.en} at {hour.hour}:{hour.minute:02d} UTC",
    )
