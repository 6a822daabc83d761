"""When persons are told: by which day at the latest, and how long before training."""

from collections.abc import Iterable, Iterator, Mapping

from vidocq.core.text import Text
from vidocq.dossier.calendar.event import Event, EventState, standing
from vidocq.dossier.calendar.moment import When
from vidocq.dossier.decision import Decision
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.facts.model import Model
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.information import is_mixed, latest_day
from vidocq.dossier.rules.personal import holds_persons

TELL = Text(
    fr="Informer individuellement les personnes du jeu {set}.", en="Tell the persons of the set {set} individually."
)
TELL_UNKNOWN = Text(
    fr="Jeu {set} : on ne sait pas encore s'il faut en informer les personnes individuellement.",
    en="Set {set}: it is not known yet whether its persons have to be told individually.",
)
INTERVAL = Text(
    fr="Jeu {set}, modèle {model} : {days} jour(s) entre l'information des personnes et le début de l'entraînement. La loi ne "
    "chiffre pas ce délai, qui doit être raisonnable : à apprécier.",
    en="Set {set}, model {model}: {days} day(s) between telling persons and the start of training. The law sets no figure for "
    "this interval, which has to be reasonable: to be judged.",
)
AFTER = Text(
    fr="Jeu {set}, modèle {model} : les personnes ont été informées {days} jour(s) après le début de l'entraînement.",
    en="Set {set}, model {model}: persons were told {days} day(s) after training started.",
)
BEFORE_TRAINING = Text(
    fr="Jeu {set}, modèle {model} : informer les personnes assez tôt avant le début de l'entraînement.",
    en="Set {set}, model {model}: tell persons early enough before training starts.",
)
_REUSED = {"own_reuse", "user_conversations"}


def information(facts: Facts, decisions: Iterable[Decision], now: When) -> Iterator[Event]:
    """One event for each set of which the persons are to be told one by one, or may have to be."""
    ruled = {decision.subject: decision for decision in decisions if decision.rule == "information"}
    for dataset in facts.datasets or ():
        subject = f"datasets.{dataset.id}"
        decision = ruled.get(subject)
        if decision is None or (decision.is_determined and decision.value != "required"):
            continue
        if not decision.is_determined:
            yield _event(dataset, TELL_UNKNOWN, when=None, done=None, now=now, missing=decision.missing)
            continue
        read = Reading()
        at = f"{subject}.information"
        told = read.of(dataset.information, "told", at=at)
        told_on = read.of(dataset.information, "told_on", at=at) if told != "not" else None
        if dataset.is_indirect and not is_mixed(dataset):
            when = latest_day(dataset, indirect=True)
            if when is None:
                read.of(dataset, "collected_from", at=subject)
        else:
            when = read.of(dataset, "collected_from", at=subject)
        done = told_on if told == "individually" else None
        missing = read.missing if when is None or told is None or told == "individually" else {}
        yield _event(dataset, TELL, when=when, done=done, now=now, missing=missing)


def intervals(facts: Facts, evidence: Evidence, now: When) -> Iterator[Event]:
    """One event for each set with persons that a model is trained on. The law gives the interval no figure."""
    sets = {dataset.id: dataset for dataset in facts.datasets or ()}
    for model in facts.models or ():
        for name in dict.fromkeys(model.trained_on or ()):
            if name in sets:
                found = _interval(sets[name], model, evidence, now)
                if found is not None:
                    yield found


def _interval(dataset: DataSet, model: Model, evidence: Evidence, now: When) -> Event | None:
    read = Reading()
    if holds_persons(dataset, read, evidence) is False:
        return None
    at = f"datasets.{dataset.id}.information"
    start = read.of(model, "training_started_on", at=f"models.{model.id}")
    told = read.of(dataset.information, "told", at=at)
    told_on = read.of(dataset.information, "told_on", at=at) if told != "not" else None
    words = BEFORE_TRAINING
    days = 0
    if start is not None and told_on is not None:
        days = (start - told_on).days
        words = INTERVAL if days >= 0 else AFTER
    if words is AFTER:
        state = EventState.LATE
    elif start is None:
        state = EventState.UNKNOWN
    else:
        state = standing(start, told_on, now=now, missing={} if told == "not" else read.missing)
    return Event(
        id=f"interval.{dataset.id}.{model.id}",
        kind="interval",
        when=start,
        subject=f"datasets.{dataset.id}",
        article="13.3, 14.4" if _REUSED & set(dataset.origins or ()) else "13, 14",
        what=words.fill(set=dataset.id, model=model.id, days=abs(days)),
        state=state,
        done_on=told_on,
        missing=read.missing if state is EventState.UNKNOWN else {},
    )


def _event(
    dataset: DataSet, words: Text, *, when: When | None, done: When | None, now: When, missing: Mapping[str, Text]
) -> Event:
    state = standing(when, done, now=now, missing=missing)
    return Event(
        id=f"information.{dataset.id}",
        kind="information",
        when=when,
        subject=f"datasets.{dataset.id}",
        article="14.3" if dataset.is_indirect and not is_mixed(dataset) else "13.1",
        what=words.fill(set=dataset.id),
        state=state,
        done_on=done,
        missing=missing if state is EventState.UNKNOWN else {},
    )
