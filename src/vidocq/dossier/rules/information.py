"""Whether persons have to be told one by one, and by which day."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.days import months_after
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
IN_PART = Text(
    fr="Une partie des données vient des personnes elles-mêmes : la dispense ci-dessus ne vaut que pour celles qui viennent d'ailleurs. "
    "Décrivez-les comme un jeu distinct, pour que chacun ait sa réponse.",
    en="Some of the data comes from the persons themselves: the exemption above holds only for what comes from elsewhere. Describe "
    "that part as a set of its own, so that each has its answer.",
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
EARLIER_PERHAPS = Text(
    fr="Le début de la collecte n'est pas connu : un mois après lui, l'échéance peut être plus proche.",
    en="The start of the collection is not known: one month after it, the last day may be earlier.",
)
TELL_AT_COLLECTION = Text(
    fr="À informer lors de la collecte, donc au plus tard le {day} (article 13.1).",
    en="To be told at collection, so by {day} at the latest (article 13(1)).",
)
REUSED = Text(
    fr="Réutilisation pour une autre finalité : informer avant de commencer (articles 13.3 et 14.4).",
    en="Reuse for another purpose: tell before starting (articles 13(3) and 14(4)).",
)
REUSED_BY = Text(
    fr="Réutilisation pour une autre finalité : informer avant l'entraînement, qui commence le {day} (articles 13.3 et 14.4).",
    en="Reuse for another purpose: tell before the training, which starts on {day} (articles 13(3) and 14(4)).",
)
MADE_BY_US = Text(
    fr="Les données que le responsable engendre lui-même, annotations comprises, relèvent de l'article 14 (C-169/23).",
    en="Data that the controller generates itself, annotations among it, falls under article 14 (C-169/23).",
)

FROM_ELSEWHERE: Final = frozenset({"scraping", "public_dataset", "third_party", "generated"})
"""Origins that are never the persons themselves: article 14 applies, whatever was answered."""


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
        return every(self.card, facts, "datasets", lambda dataset: self._about(dataset, facts, evidence))

    def _about(self, dataset: DataSet, facts: Facts, evidence: Evidence) -> Iterator[Decision]:
        read = Reading()
        subject = f"datasets.{dataset.id}"
        at = f"{subject}.information"
        persons = holds_persons(dataset, read, evidence)
        if persons is False:
            yield decided(self.card, "not_needed", NO_PERSONS, read=read, subject=subject)
            return
        indirect = _is_indirect(dataset, read)
        told_before = read.of(dataset.information, "already_told_of_this_reuse", at=at)
        if persons is None or indirect is None:
            yield undetermined(self.card, read=read, subject=subject)
            return
        if told_before:
            yield decided(self.card, "exempt_already_told", ALREADY, read=read, subject=subject)
            return
        value, why = _exemption(dataset, read) if indirect else ("required", DIRECT)
        mixed = bool(indirect) and is_mixed(dataset)
        if mixed:
            read.contradicts(f"{subject}.origins", dataset.origins)
        if value != "required" and not mixed:
            yield decided(self.card, value, why, read=read, subject=subject)
            return
        in_part = ([IN_PART] if value != "required" else []) + ([DIRECT] if mixed else [])
        days = _deadlines(dataset, facts, read, indirect=indirect and not mixed)
        yield decided(self.card, "required", why, *in_part, *days, read=read, subject=subject)


def is_mixed(dataset: DataSet) -> bool:
    """True if some of the data comes from elsewhere by its origins, and some may come from the persons themselves."""
    origins = set(dataset.origins or ())
    return bool(origins & FROM_ELSEWHERE and origins - FROM_ELSEWHERE) or "user_conversations" in origins


def _exemption(dataset: DataSet, read: Reading) -> tuple[str, Text]:
    """The exemption that data from elsewhere has, or that it has none."""
    at = f"datasets.{dataset.id}.information"
    if read.of(dataset.information, "collection_laid_down_by_law", at=at):
        return "exempt_by_law", BY_LAW
    impossible = read.of(dataset.information, "contact_is_impossible", at=at)
    heavy = read.of(dataset.information, "contact_is_disproportionate", at=at)
    if not (impossible or heavy):
        return "required", NOTHING_EXEMPTS
    weighed = read.of(dataset.information, "effort_weighed", at=at)
    public = read.of(dataset.information, "public_notice", at=at)
    return ("exempt_public_notice", WEIGHED) if weighed and public else ("required", NOT_WEIGHED)


def latest_day(dataset: DataSet, *, indirect: bool) -> datetime.date | None:
    """The last day to tell persons, None where no date is known that it follows from.

    Data from the persons: the day when collection starts. From elsewhere: the first of a month later, the first contact
    and the first disclosure.
    """
    if not indirect:
        return dataset.collected_from
    dates = [dataset.information.first_contact_on, dataset.information.first_disclosure_on]
    if dataset.collected_from is not None:
        dates.append(months_after(dataset.collected_from, 1))
    known = [date for date in dates if date is not None]
    return min(known) if known else None


def first_training(dataset: DataSet, facts: Facts, read: Reading) -> datetime.date | None:
    """The day on which the first model known to learn from the set starts to."""
    days = [
        read.of(model, "training_started_on", at=f"models.{model.id}")
        for model in facts.models or ()
        if dataset.id in (model.trained_on or ())
    ]
    return min((day for day in days if day is not None), default=None)


def _is_indirect(dataset: DataSet, read: Reading) -> bool | None:
    """True if the data comes from elsewhere than the persons: as stated, or because all its origins are elsewhere."""
    at = f"datasets.{dataset.id}"
    stated: bool | None = read.of(dataset, "is_indirect", at=at)
    origins = read.of(dataset, "origins", at=at)
    return True if origins and set(origins) <= FROM_ELSEWHERE else stated


def _deadlines(dataset: DataSet, facts: Facts, read: Reading, *, indirect: bool) -> Iterator[Text]:
    at = f"datasets.{dataset.id}"
    started = read.of(dataset, "collected_from", at=at)
    if indirect:
        for name in ("first_contact_on", "first_disclosure_on"):
            read.of(dataset.information, name, at=f"{at}.information")
    day = latest_day(dataset, indirect=indirect)
    if day is not None:
        yield (TELL_BY if indirect else TELL_AT_COLLECTION).fill(day=day.isoformat())
        if started is None:
            yield EARLIER_PERHAPS
    origins = dataset.origins or ()
    if {"own_reuse", "user_conversations"} & set(origins):
        before = first_training(dataset, facts, read)
        yield REUSED if before is None else REUSED_BY.fill(day=before.isoformat())
    if "generated" in origins:
        yield MADE_BY_US
