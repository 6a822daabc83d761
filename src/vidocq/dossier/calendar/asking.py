"""Requests of persons: a month to answer, two more if the person is told in time; then the recipients."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Final

from vidocq.core.days import months_after
from vidocq.core.text import Text
from vidocq.dossier.calendar.event import Event, EventState, standing
from vidocq.dossier.calendar.moment import When, is_past
from vidocq.dossier.facts import Facts
from vidocq.dossier.file.requesting import OUTCOMES, RIGHTS, Request
from vidocq.dossier.reading import Reading, either

ANSWER = Text(fr="Répondre à la demande {id} ({right}).", en="Answer the request {id} ({right}).")
EXTENDED = Text(
    fr="Délai prolongé de deux mois, la personne en ayant été informée à temps.",
    en="Two more months are taken, of which the person was told in time.",
)
TOO_LATE = Text(
    fr="La prolongation, annoncée après le {day}, ne compte pas.",
    en="The extension, told after {day}, does not count.",
)
ANSWERED = Text(fr="Réponse : {outcome}.", en="Answer: {outcome}.")
RECIPIENTS = Text(
    fr="Demande {id} ({right}) : la notifier à chaque destinataire, sauf si cela est impossible ou demande des efforts "
    "disproportionnés.",
    en="Request {id} ({right}): tell each recipient of it, unless this is impossible or takes a disproportionate effort.",
)
WHO_RECEIVES = Text(
    fr="Quels acteurs reçoivent des données personnelles, ou un modèle qui en garde ?",
    en="Which parties receive personal data, or a model that keeps some?",
)
_PASSED_ON: Final = frozenset({"rectification", "erasure", "restriction"})
_UPHELD: Final = frozenset({"upheld", "partly_upheld"})


def requests(held: Iterable[Request], facts: Facts, now: When) -> Iterator[Event]:
    for request in held:
        yield _answer(request, now)
        if request.right in _PASSED_ON and request.outcome in _UPHELD and request.answered_on is not None:
            found = _recipients(request, facts, now)
            if found is not None:
                yield found


def last_day(request: Request, now: When) -> tuple[datetime.date, Text | None]:
    """The last day to answer (article 12.3), and what is to be said of an extension told by `now`."""
    first = months_after(request.received_on, 1)
    if request.extended_on is None or is_past(now, request.extended_on):
        return first, None
    if request.extended_on > first:
        return first, TOO_LATE.fill(day=first.isoformat())
    return months_after(request.received_on, 3), EXTENDED


def _answer(request: Request, now: When) -> Event:
    when, said = last_day(request, now)
    right = RIGHTS[request.right]
    what = Text(
        fr=ANSWER.fr.format(id=request.id, right=right.fr), en=ANSWER.en.format(id=request.id, right=right.en)
    )
    parts = [what, *([said] if said else [])]
    state = standing(when, request.answered_on, now=now)
    if state is EventState.DONE and request.outcome is not None:
        outcome = OUTCOMES[request.outcome]
        parts.append(Text(fr=ANSWERED.fr.format(outcome=outcome.fr), en=ANSWERED.en.format(outcome=outcome.en)))
    return Event(
        id=f"request.{request.id}",
        kind="request",
        when=when,
        subject=request.about,
        article="12.3",
        what=Text(fr=" ".join(one.fr for one in parts), en=" ".join(one.en for one in parts)),
        state=state,
        done_on=request.answered_on,
    )


def _recipients(request: Request, facts: Facts, now: When) -> Event | None:
    """Article 19 sets no term. None where every other party is stated to receive nothing."""
    if request.answered_on is None or is_past(now, request.answered_on):
        return None
    read = Reading()
    others = [actor for actor in read.of(facts, "actors", at="") or () if actor.is_us is not True]
    receives = either(read.of(actor, "receives_data", at=f"actors.{actor.id}") for actor in others)
    if facts.actors is None:
        read.lacks("actors", WHO_RECEIVES)
        receives = None
    if receives is False:
        return None
    right = RIGHTS[request.right]
    missing = {} if receives else read.missing
    state = standing(None, request.recipients_told_on, now=now, missing=missing)
    return Event(
        id=f"recipients.{request.id}",
        kind="recipients",
        when=None,
        subject=request.about,
        article="19",
        what=Text(
            fr=RECIPIENTS.fr.format(id=request.id, right=right.fr),
            en=RECIPIENTS.en.format(id=request.id, right=right.en),
        ),
        state=state,
        done_on=request.recipients_told_on,
        missing=missing if state is EventState.UNKNOWN else {},
    )
