"""The calendar in a terminal."""

from vidocq.core.text import Lang, Text
from vidocq.dossier.calendar.event import KINDS, Calendar, Event, EventState, in_words
from vidocq.report.assessment import polished_line
from vidocq.report.typed import asked_line

NONE = Text(fr="Rien à inscrire au calendrier.", en="Nothing to put in the calendar.")
HEAD = Text(fr="Calendrier au {day} : {counts}.", en="Calendar as of {day}: {counts}.")
LATE_MEANS = Text(
    fr="« En retard » : le terme est passé et rien n'est déclaré fait.",
    en="“Late”: the day is past and nobody stated that it was done.",
)


def calendar_lines(calendar: Calendar, *, lang: Lang) -> list[str]:
    """Counts, then one event a line, and under it the questions that would tell more."""
    if not calendar.events:
        return [NONE.to(lang)]
    counts = ", ".join(f"{count} {state.words.to(lang)}" for state, count in calendar.counts.items() if count)
    lines = [HEAD.fill(day=in_words(calendar.now).to(lang), counts=counts).to(lang)]
    if calendar.counts[EventState.LATE]:
        lines.append(LATE_MEANS.to(lang))
    for event in calendar.events:
        lines.append(_line(event, lang))
        lines += [f"    {asked_line(path, words, lang)}" for path, words in event.missing.items()]
    return [polished_line(line, lang) for line in lines]


def _line(event: Event, lang: Lang) -> str:
    what = f"{event.day_words.to(lang)} · {event.state_words.to(lang)} · {KINDS[event.kind].to(lang)}"
    return f"{what} · art. {event.article} · {event.what.to(lang)}"
