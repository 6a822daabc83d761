"""A breach and its clock, and what a vulnerability found later asks for."""

from collections.abc import Iterable, Iterator
from typing import Final

from vidocq.core.text import Text
from vidocq.dossier.calendar.event import Event, EventState, standing
from vidocq.dossier.calendar.moment import When, in_utc, is_past
from vidocq.dossier.decision import Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.assessment import Security
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.vulnerability import notify_before

NOTIFY = Text(
    fr="Notifier la violation à la CNIL, dans les 72 heures après en avoir eu connaissance.",
    en="Notify the breach to the authority, within 72 hours of learning of it.",
)
DOCUMENT = Text(
    fr="Consigner la violation : faits, effets, mesures prises.",
    en="Document the breach: facts, effects, measures taken.",
)
TELL = Text(
    fr="Informer les personnes concernées de la violation, dans les meilleurs délais.",
    en="Tell the persons concerned of the breach, without undue delay.",
)
FIX = Text(
    fr="Modèle {name} : corriger ou retirer la version touchée.",
    en="Model {name}: fix or withdraw the version concerned.",
)
HOLDERS = Text(
    fr="Modèle {name} : prévenir ceux qui le détiennent de la vulnérabilité.",
    en="Model {name}: tell those who hold it of the vulnerability.",
)
_BREACHES: Final = frozenset({"record", "notify_authority", "notify_persons"})
_NOTIFIED: Final = frozenset({"notify_authority", "notify_persons"})


def breach(facts: Facts, decisions: Iterable[Decision], now: When) -> Iterator[Event]:
    """Notified unless a risk is stated to be unlikely; documented always; told to persons where a rule says so.

    The clock runs from `security.breach_known_on`. Data extracted from a model without that time: the day is unknown.
    """
    values = {decision.value for decision in decisions if decision.rule == "vulnerability"}
    read = Reading()
    known = read.of(facts.security, "breach_known_on", at="security")
    extracted = bool(values & _BREACHES)
    if known is None and not extracted:
        return
    if known is not None and is_past(now, in_utc(known)):
        return
    missing = read.missing
    when = None if known is None else notify_before(in_utc(known))
    security = facts.security
    if _is_notified(security, values):
        done = None if security.breach_notified_on is None else in_utc(security.breach_notified_on)
        yield _event("breach.notify", "33.1", NOTIFY, when, done, now, missing)
    yield _event("breach.document", "33.5", DOCUMENT, None, security.breach_recorded_on, now, {})
    if "notify_persons" in values:
        yield _event("breach.persons", "34.1", TELL, None, security.breach_persons_told_on, now, {})


def _is_notified(security: Security, values: set[str]) -> bool:
    """Until a risk is found unlikely, notification is due; a rule that says so prevails."""
    if values & _NOTIFIED:
        return True
    return security.breach_known_on is not None and not security.breach_risk_unlikely


def vulnerabilities(facts: Facts, decisions: Iterable[Decision], now: When) -> Iterator[Event]:
    """Of each model with a vulnerability: the fix, and telling those who hold the model. No law gives these a day."""
    found = {each.subject for each in decisions if each.rule == "vulnerability" and each.value in {"fix", *_BREACHES}}
    for model in facts.models or ():
        subject = f"models.{model.id}"
        if subject not in found:
            continue
        for name, words, done in (
            ("fix", FIX, model.vulnerability.fixed_on),
            ("holders", HOLDERS, model.vulnerability.holders_told_on),
        ):
            yield Event(
                id=f"vulnerability.{name}.{model.id}",
                kind="vulnerability",
                when=None,
                subject=subject,
                article="32",
                what=words.fill(name=model.id),
                state=standing(None, done, now=now),
                done_on=done,
            )


def _event(
    name: str,
    article: str,
    words: Text,
    when: When | None,
    done: When | None,
    now: When,
    missing: dict[str, Text],
) -> Event:
    state = standing(when, done, now=now, missing=missing)
    return Event(
        id=name,
        kind="breach",
        when=when,
        subject="security",
        article=article,
        what=words,
        state=state,
        done_on=done,
        missing=missing if state is EventState.UNKNOWN else {},
    )
