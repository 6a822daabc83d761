"""One calendar of all that has a day: typed events, each with its state as of a given day."""

from vidocq.dossier.calendar.build import build_calendar
from vidocq.dossier.calendar.event import Calendar, Event, EventState

__all__ = ["Calendar", "Event", "EventState", "build_calendar"]
