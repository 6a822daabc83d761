"""Whether persons have to be told one by one, and by which day."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.items import every
from vidocq.dossier.rules.personal import holds_persons

NO_PERSONS = Text(fr="Le jeu ne contient pas de données personnelles.", en="The set holds no personal data.")
DIRECT = Text(
    fr="Les données viennent des personnes elles-mêmes : l'effort disproportionné n'y dispense pas d'informer (article 13).",
    en="The data comes from the persons themselves: a disproportionate effort is no exemption there (article 13).",
)
ALREADY = Text(
    fr="Les personnes savent déjà, précisément, que leurs données servent à ce développement. Une mention vague d'un "
    "partage avec des tiers ne suffirait pas.",
    en="Persons already know, precisely, that their data serves this development. A vague mention of sharing with third "
    "parties would not be enough.",
)
BY_LAW = Text(
    fr="Un texte prévoit cette collecte, ou le secret professionnel s'oppose à l'information (article 14.5.c et d).",
    en="A law provides for this collection, or professional secrecy forbids telling (article 14(5)(c) and (d)).",
)
WEIGHED = Text(
    fr="Joindre les personnes est impossible, disproportionné ou viderait le traitement de son objet ; cela a été mis en "
    "balance par écrit et une information générale est publiée (article 14.5.b).",
    en="Reaching persons is impossible, out of proportion or would defeat the purpose; this was weighed in writing and a "
    "general notice is published (article 14(5)(b)).",
)
NOT_WEIGHED = Text(
    fr="L'exemption est invoquée sans mise en balance écrite, ou sans information générale publiée : elle ne joue pas.",
    en="The exemption is relied on without a written weighing, or without a published general notice: it does not hold.",
)
NOTHING_EXEMPTS = Text(
    fr="Rien ne dispense d'informer les personnes individuellement.",
    en="Nothing exempts from telling persons individually.",
)
TELL_BY = Text(
    fr="À informer au plus tard le {day} : dans un délai raisonnable d'un mois au plus, au premier contact ou à la première "
    "communication à un destinataire, sous-traitants compris (article 14.3).",
    en="To be told by {day} at the latest: within a reasonable time of one month at most, at first contact or at the first "
    "disclosure to a recipient, processors included (article 14(3)).",
)
REUSED = Text(
    fr="Réutilisation pour une autre finalité : informer avant de commencer (articles 13.3 et 14.4).",
    en="Reuse for another purpose: tell before starting (articles 13(3) and 14(4)).",
)
MADE_BY_US = Text(
    fr="Les données que le responsable engendre lui-même, annotations comprises, relèvent de l'article 14 (C-169/23).",
    en="Data that the controller generates itself, annotations among it, falls under article 14 (C-169/23).",
)


@dataclass(frozen=True)
class InformationRule:
    """Direct collection has no exemption of effort; indirect collection may, weighed and with a public notice."""

    card: ClassVar = RuleCard(
        id="information",
        title=Text(fr="Information individuelle des personnes", en="Telling persons individually"),
        values={
            "not_needed": Text(fr="sans objet", en="not needed"),
            "required": Text(fr="due individuellement", en="due individually"),
            "exempt_already_told": Text(fr="personnes déjà informées", en="persons already told"),
            "exempt_by_law": Text(fr="dispense par un texte ou par le secret", en="exempt by law or secrecy"),
            "exempt_public_notice": Text(
                fr="dispense, avec information générale et garanties",
                en="exempt, with a general notice and safeguards",
            ),
        },
        source="GDPR, art. 13 and 14; CNIL, AI how-to sheet 9; CJEU, C-169/23",
        limits=Text(
            fr="Suit la mise en balance déclarée ; n'apprécie ni l'effort ni l'atteinte.",
            en="Follows the weighing that was stated; judges neither effort nor intrusion.",
        ),
        favourable=frozenset({"not_needed", "exempt_already_told", "exempt_by_law", "exempt_public_notice"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "datasets", self._about)

    def _about(self, dataset: DataSet) -> Iterator[Decision]:
        read = Reading()
        subject = f"datasets.{dataset.id}"
        at = f"{subject}.information"
        persons = holds_persons(dataset, read)
        if persons is False:
            yield decided(self.card, "not_needed", NO_PERSONS, read=read, subject=subject)
            return
        indirect = read.of(dataset, "is_indirect", at=subject)
        told_before = read.of(dataset.information, "already_told_of_this_reuse", at=at)
        if persons is None or indirect is None:
            yield undetermined(self.card, read=read, subject=subject)
            return
        if told_before:
            yield decided(self.card, "exempt_already_told", ALREADY, read=read, subject=subject)
            return
        if not indirect:
            yield decided(self.card, "required", DIRECT, *_deadlines(dataset, read, at), read=read, subject=subject)
            return
        if read.of(dataset.information, "collection_laid_down_by_law", at=at):
            yield decided(self.card, "exempt_by_law", BY_LAW, read=read, subject=subject)
            return
        impossible = read.of(dataset.information, "contact_is_impossible", at=at)
        heavy = read.of(dataset.information, "contact_is_disproportionate", at=at)
        if impossible or heavy:
            weighed = read.of(dataset.information, "effort_weighed", at=at)
            public = read.of(dataset.information, "public_notice", at=at)
            if weighed and public:
                yield decided(self.card, "exempt_public_notice", WEIGHED, read=read, subject=subject)
                return
            why = NOT_WEIGHED
        else:
            why = NOTHING_EXEMPTS
        yield decided(self.card, "required", why, *_deadlines(dataset, read, at), read=read, subject=subject)


def latest_day(dataset: DataSet) -> datetime.date | None:
    """The last day to tell persons whose data came from elsewhere, None where no date of the collection is known."""
    dates = [dataset.information.first_contact_on, dataset.information.first_disclosure_on]
    if dataset.collected_from is not None:
        dates.append(_a_month_after(dataset.collected_from))
    known = [date for date in dates if date is not None]
    return min(known) if known else None


def _deadlines(dataset: DataSet, read: Reading, at: str) -> Iterator[Text]:
    if dataset.is_indirect:
        read.of(dataset, "collected_from", at=at.removesuffix(".information"))
        for name in ("first_contact_on", "first_disclosure_on"):
            read.of(dataset.information, name, at=at)
        day = latest_day(dataset)
        if day is not None:
            yield TELL_BY.fill(day=day.isoformat())
    origins = dataset.origins or ()
    if {"own_reuse", "user_conversations"} & set(origins):
        yield REUSED
    if "generated" in origins:
        yield MADE_BY_US


def _a_month_after(day: datetime.date) -> datetime.date:
    """The same day of the next month, or its last one (Regulation 1182/71, art. 3)."""
    if day.year == datetime.MAXYEAR and day.month == 12:
        return datetime.date.max
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
