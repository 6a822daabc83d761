"""What comes back or ends: reviews of a status, ends of retention, updates of the impact assessment."""

from collections.abc import Iterable, Iterator
from datetime import date

from vidocq.core.text import Text
from vidocq.dossier.calendar.event import Event, EventState, standing
from vidocq.dossier.calendar.moment import When, is_past
from vidocq.dossier.decision import Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.names import item_name
from vidocq.dossier.reading import Reading

REVIEW = Text(fr="Réexaminer le statut du modèle {name}.", en="Review the status of the model {name}.")
REVIEW_NOW = Text(
    fr="Réexaminer dès maintenant le statut du modèle {name} : {why}",
    en="Review the status of the model {name} now: {why}",
)
RELEASE = Text(
    fr="Examiner le statut de la version {name} avant de la diffuser.",
    en="Look at the status of the release {name} before it goes out.",
)
ERASE = Text(fr="Effacer ou anonymiser le jeu {name}.", en="Erase the set {name}, or make it anonymous.")
DPIA = Text(fr="Mener l'AIPD avant le début du traitement.", en="Carry out the DPIA before the processing starts.")
DPIA_JUDGE = Text(
    fr="Apprécier si une AIPD est nécessaire, et en garder les motifs.",
    en="Judge whether a DPIA is needed, and keep the reasons.",
)
DPIA_AGAIN = Text(fr="Mettre l'AIPD à jour : {name}, venu après elle.", en="Update the DPIA: {name} came after it.")


def reviews(facts: Facts, decisions: Iterable[Decision], now: When) -> Iterator[Event]:
    """The next review of each model, the reasons to bring it forward, and each release looked at before it went out."""
    why = {each.subject: each for each in decisions if each.rule == "review" and each.value == "due_now"}
    for model in facts.models or ():
        subject = f"models.{model.id}"
        read = Reading()
        when = read.of(model, "next_review_on", at=subject)
        yield Event(
            id=f"review.models.{model.id}",
            kind="review",
            when=when,
            subject=subject,
            article="5.2, 24",
            what=REVIEW.fill(name=model.id),
            state=standing(when, None, now=now, missing=read.missing),
            missing=read.missing,
        )
        if subject in why:
            reasons = why[subject].reasons
            yield Event(
                id=f"review-now.models.{model.id}",
                kind="review",
                when=None,
                subject=subject,
                article="5.2, 24",
                what=Text(
                    fr=REVIEW_NOW.fr.format(name=model.id, why=" ".join(one.fr for one in reasons)),
                    en=REVIEW_NOW.en.format(name=model.id, why=" ".join(one.en for one in reasons)),
                ),
                state=EventState.DUE,
            )
    for release in facts.releases or ():
        at = f"releases.{release.id}"
        read = Reading()
        when = read.of(release, "released_on", at=at)
        essential = read.missing
        done = read.of(release, "was_reviewed_on", at=at)
        state = standing(when, done, now=now, missing=essential)
        yield Event(
            id=f"review.releases.{release.id}",
            kind="review",
            when=when,
            subject=at,
            article="5.2, 24",
            what=RELEASE.fill(name=release.id),
            state=state,
            done_on=done,
            missing={} if state is EventState.DONE else read.missing,
        )


def retention(facts: Facts, now: When) -> Iterator[Event]:
    """The end of retention of each set, those stated to hold no personal data left out."""
    for dataset in facts.datasets or ():
        subject = f"datasets.{dataset.id}"
        if dataset.personal_data is False:
            continue
        read = Reading()
        when = read.of(dataset, "retention_until", at=subject)
        essential = read.missing
        done = read.of(dataset, "erased_on", at=subject)
        state = standing(when, done, now=now, missing=essential)
        yield Event(
            id=f"retention.{dataset.id}",
            kind="retention",
            when=when,
            subject=subject,
            article="5.1.e",
            what=ERASE.fill(name=dataset.id),
            state=state,
            done_on=done,
            missing={} if state is EventState.DONE else read.missing,
        )


def dpia(facts: Facts, decisions: Iterable[Decision], now: When) -> Iterator[Event]:
    """The assessment before the first processing, and its update for each set or model that came after it."""
    decision = next((each for each in decisions if each.rule == "dpia"), None)
    if decision is None or decision.value == "not_required":
        return
    starts = dict(sorted(_starts(facts), key=lambda pair: (pair[1], pair[0])))
    first = min(starts.values(), default=None)
    if decision.value != "required":
        unsettled = decision.missing or {"impact": DPIA_JUDGE}
        state = standing(first, facts.impact.done_on, now=now, missing=unsettled)
        yield Event(
            id="dpia",
            kind="dpia",
            when=first,
            subject="impact",
            article="35.1",
            what=DPIA_JUDGE,
            state=state,
            done_on=facts.impact.done_on,
            missing={} if state is EventState.DONE else decision.missing,
        )
    else:
        read = Reading()
        done = read.of(facts.impact, "done_on", at="impact")
        yield Event(
            id="dpia",
            kind="dpia",
            when=first,
            subject="impact",
            article="35.1",
            what=DPIA,
            state=standing(first, done, now=now),
            done_on=done,
            missing=read.missing,
        )
    latest = facts.impact.done_on
    if latest is None or is_past(now, latest):
        return
    for path, start in starts.items():
        if start > latest:
            yield Event(
                id=f"dpia-update.{path}",
                kind="dpia",
                when=start,
                subject=path,
                article="35.11",
                what=_again(path),
                state=standing(start, None, now=now),
            )


def _again(path: str) -> Text:
    name = item_name(path)
    return Text(DPIA_AGAIN.fr.format(name=name.fr), DPIA_AGAIN.en.format(name=name.en))


def _starts(facts: Facts) -> Iterator[tuple[str, date]]:
    """The day on which each set with persons began to be collected, and each model to be trained, where it is known."""
    for dataset in facts.datasets or ():
        if dataset.collected_from is not None and dataset.personal_data is not False:
            yield f"datasets.{dataset.id}", dataset.collected_from
    for model in facts.models or ():
        if model.training_started_on is not None:
            yield f"models.{model.id}", model.training_started_on
