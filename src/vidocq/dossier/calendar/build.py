"""The calendar of a file, from its facts, the decisions of the rules, and the requests it holds."""

from collections.abc import Iterable

from vidocq.dossier.calendar.asking import requests
from vidocq.dossier.calendar.breach import breach, vulnerabilities
from vidocq.dossier.calendar.event import Calendar, in_order
from vidocq.dossier.calendar.keeping import dpia, retention, reviews
from vidocq.dossier.calendar.moment import When
from vidocq.dossier.calendar.telling import information, intervals
from vidocq.dossier.decision import Decision
from vidocq.dossier.state import State


def build_calendar(state: State, decisions: Iterable[Decision], *, now: When) -> Calendar:
    """All events in the order of their days. Never raises, whatever the facts.

    decisions  of every rule, on this state.   now  a day, or a time: what is dated by the hour is then compared by it.
    """
    known = tuple(decisions)
    facts = state.facts
    return Calendar(
        now=now,
        as_of=state.as_of,
        events=in_order(
            [
                *information(facts, known, now),
                *intervals(facts, state.evidence, now),
                *reviews(facts, known, now),
                *retention(facts, now),
                *dpia(facts, known, now),
                *requests(state.requests, facts, now),
                *breach(facts, known, now),
                *vulnerabilities(facts, known, now),
            ]
        ),
    )
