"""The calendar of the file, as a table: what is late first, then by day."""

import datetime
from typing import Final

from vidocq.core.text import Text
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.calendar import Event, EventState, build_calendar
from vidocq.dossier.calendar.event import KINDS
from vidocq.dossier.facts.names import item_name
from vidocq.report.documents.tree import Block, Document, Grid, Mark, Paragraph, Section, Tone, same
from vidocq.report.documents.words import FOOT, subject

TITLE = Text(fr="Calendrier du dossier", en="Calendar of the file")
SECTIONS: Final = {
    EventState.LATE: Text(fr="En retard", en="Late"),
    EventState.DUE: Text(fr="À faire", en="Due"),
    EventState.UNKNOWN: Text(fr="Indéterminé", en="Undetermined"),
    EventState.DONE: Text(fr="Fait", en="Done"),
}
TONES: Final[dict[EventState, Tone]] = {
    EventState.LATE: "bad",
    EventState.DUE: "judge",
    EventState.UNKNOWN: "unknown",
    EventState.DONE: "good",
}
DAY = Text(fr="Date", en="Day")
KIND = Text(fr="Nature", en="Kind")
WHAT = Text(fr="Quoi", en="What")
ABOUT = Text(fr="Objet", en="About")
ARTICLE = Text(fr="Article du RGPD", en="Article of the GDPR")
STATE = Text(fr="État", en="State")
NONE = Text(fr="Rien à inscrire au calendrier.", en="Nothing to put in the calendar.")
MEANING = Text(
    fr="« En retard » : le terme est passé et rien n'est déclaré fait. « Indéterminé » : une réponse manque. Les délais ne sont pas "
    "reportés lorsqu'ils tombent un jour férié ou une fin de semaine.",
    en="“Late”: the day is past and nobody stated that it was done. “Undetermined”: an answer is missing. Days that fall on a "
    "holiday or a weekend are not moved.",
)


def calendar(assessed: Assessment) -> Document:
    """The events relative to the day of the assessment."""
    today = datetime.date.fromisoformat(assessed.today)
    found = build_calendar(assessed.state, assessed.decisions, now=today)
    sections = tuple(
        Section(id=f"events-{state}", title=SECTIONS[state], blocks=(_table(state, events),))
        for state in EventState
        if (events := [event for event in found.events if event.state is state])
    )
    empty: tuple[Block, ...] = (Paragraph(NONE, "key"),)
    return Document(
        name="calendar",
        title=TITLE,
        subject=subject(assessed),
        sections=sections or (Section(id="none", title=TITLE, blocks=empty),),
        foot=(MEANING, FOOT),
    )


def _table(state: EventState, events: list[Event]) -> Grid:
    rows = tuple(
        (
            event.day_words,
            KINDS[event.kind],
            _what(event),
            item_name(event.subject) if event.subject else same("—"),
            same(event.article),
            Mark(event.state_words, "judge" if event.is_done_late else TONES[state]),
        )
        for event in events
    )
    return Grid(f"table-{state}", SECTIONS[state], (DAY, KIND, WHAT, ABOUT, ARTICLE, STATE), rows)


def _what(event: Event) -> Text:
    questions = list(event.missing.values())
    return Text(
        fr=" ".join([event.what.fr, *(words.fr for words in questions)]),
        en=" ".join([event.what.en, *(words.en for words in questions)]),
    )
