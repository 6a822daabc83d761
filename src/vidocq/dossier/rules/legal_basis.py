"""Whether the legal basis that was chosen for a data set is open to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.reading import Reading, both
from vidocq.dossier.rules.article_9 import contradicted
from vidocq.dossier.rules.found import is_found
from vidocq.dossier.rules.items import every
from vidocq.dossier.rules.personal import holds_persons

NO_PERSONS = Text(
    fr="Le jeu ne contient pas de données personnelles : aucune base légale n'est requise.",
    en="The set holds no personal data: no legal basis is required.",
)
CONSENT_HOLDS = Text(
    fr="Le consentement est libre, prouvé, et peut être retiré aussi simplement que donné.",
    en="Consent is freely given, proven, and can be withdrawn as easily as given.",
)
CONSENT_FAILS = Text(
    fr="Sans liberté de refuser (comme souvent entre employeur et salarié, ou école et élève), sans preuve de chaque consentement ou "
    "sans retrait aussi simple que l'accord, cette base ne tient pas.",
    en="Without freedom to refuse (as often between employer and employee, or school and pupil), without proof of each consent or a "
    "withdrawal as easy as the agreement, this basis does not hold.",
)
MINORS = Text(
    fr="Des mineurs sont concernés : sous 15 ans, le consentement en ligne demande aussi celui d'un titulaire de l'autorité "
    "parentale.",
    en="Minors are concerned: under 15 in France, consent online also takes that of a holder of parental responsibility.",
)
TASK_NAMED = Text(
    fr="Un texte confie la mission d'intérêt public ; un organisme privé peut aussi en être chargé.",
    en="A law gives the public task; a private body may hold one as well.",
)
TASK_MISSING = Text(
    fr="Aucun texte n'est cité : la mission d'intérêt public suppose un texte qui la confie.",
    en="No law is named: a public task takes a law that gives it.",
)
NO_TASK = Text(
    fr="Un texte est cité, mais il est répondu que l'organisme n'est chargé d'aucune mission d'intérêt public : l'un exclut l'autre.",
    en="A law is named, but it is answered that the organisation holds no public task: one excludes the other.",
)
STRICTLY = Text(
    fr="Le contrat ou l'obligation légale exige précisément ce traitement.",
    en="The contract or the legal obligation requires precisely this processing.",
)
NOT_STRICTLY = Text(
    fr="Le contrat ou l'obligation légale n'exige pas précisément ce traitement : cette base n'est pas ouverte.",
    en="The contract or the legal obligation does not require precisely this processing: this basis is not open.",
)
VITAL = Text(
    fr="La sauvegarde d'intérêts vitaux n'est ouverte qu'à défaut d'une autre base : à apprécier.",
    en="Vital interests are open only where no other basis is: to be judged.",
)
SEE_INTEREST = Text(
    fr="L'intérêt légitime n'est ouvert que si ses conditions sont réunies : voir cette évaluation.",
    en="Legitimate interest is open only where its conditions are met: see that assessment.",
)
OUTSIDE_TASKS = Text(
    fr="Une autorité publique ne peut pas l'invoquer dans l'exécution de ses missions : à apprécier.",
    en="A public authority cannot rely on it in the performance of its tasks: to be judged.",
)
NO_ARTICLE_9 = Text(
    fr="Des données sensibles y figurent sans exception de l'article 9 : il faut en trouver une, ou retirer ces données.",
    en="It holds sensitive data and no exception of article 9 is given: find one, or remove that data.",
)
ARTICLE_9_CONTRADICTED = Text(
    fr="L'exception de l'article 9 qui est invoquée est contredite par d'autres faits du dossier (consentement, secteur ou recherche) : "
    "elle n'est pas ouverte.",
    en="The exception of article 9 that is relied on is contradicted by other facts of the file (consent, sector or research): it is "
    "not open.",
)
NO_ARTICLE_10 = Text(
    fr="Des données d'infraction y figurent sans texte qui l'autorise (article 10) : il en faut un, ou retirer ces données.",
    en="It holds offence data and no law allowing that is given (article 10): there must be one, or remove that data.",
)


@dataclass(frozen=True)
class LegalBasisRule:
    """What each basis demands; sensitive data and offences demand more."""

    card: ClassVar = RuleCard(
        id="legal-basis",
        title=Text(fr="Base légale du jeu de données", en="Legal basis of the data set"),
        values={
            "not_needed": Text(fr="sans objet", en="not needed"),
            "open": Text(fr="ouverte, au vu des réponses", en="open, by the answers given"),
            "depends_on_interest": Text(
                fr="dépend de l'évaluation de l'intérêt légitime",
                en="depends on the assessment of the legitimate interest",
            ),
            "to_judge": Text(fr="à apprécier", en="to judge"),
            "not_open": Text(fr="non ouverte", en="not open"),
            "missing_exception": Text(
                fr="exception ou texte manquant (articles 9 et 10)", en="exception or law missing (articles 9 and 10)"
            ),
        },
        source="GDPR, art. 6, 7, 8, 9, 10; Loi Informatique et Libertés, art. 45; CNIL, AI how-to sheet 4",
        limits=Text(
            fr="Ne choisit pas la base légale : il vérifie que celle qui est retenue n'est pas exclue.",
            en="Does not choose the basis: it checks that the one chosen is not excluded.",
        ),
        favourable=frozenset({"not_needed", "open", "depends_on_interest"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "datasets", lambda dataset: self._about(dataset, facts, evidence))

    def _about(self, dataset: DataSet, facts: Facts, evidence: Evidence) -> Iterator[Decision]:
        read = Reading()
        at = f"datasets.{dataset.id}"
        persons = holds_persons(dataset, read, evidence)
        if persons is False:
            yield decided(self.card, "not_needed", NO_PERSONS, read=read, subject=at)
            return
        basis = read.of(dataset, "legal_basis", at=at)
        sensitive = read.of(dataset, "special_categories", at=at)
        offences = read.of(dataset, "offences", at=at)
        lacking = []
        if sensitive and read.of(dataset, "article_9", at=at) is None:
            lacking.append(NO_ARTICLE_9)
        elif sensitive and contradicted(dataset, facts, read):
            lacking.append(ARTICLE_9_CONTRADICTED)
        if offences and not read.of(dataset, "article_10", at=at):
            lacking.append(NO_ARTICLE_10)
        if persons is None or basis is None:
            yield undetermined(self.card, *lacking, read=read, subject=at)
            return
        value, reasons = _looked_at(basis, dataset, facts, read)
        is_denied = [
            is_found(dataset, name, evidence, read)
            for name, stated in (("special_categories", sensitive), ("offences", offences))
            if stated is False
        ]
        if value == "not_open":
            yield decided(self.card, value, *reasons, *lacking, read=read, subject=at)
        elif lacking:
            yield decided(self.card, "missing_exception", *lacking, read=read, subject=at)
        elif value is None or sensitive is None or offences is None:
            yield undetermined(self.card, read=read, subject=at)
        elif any(is_denied):
            yield decided(self.card, "to_judge", *reasons, read=read, subject=at)
        else:
            yield decided(self.card, value, *reasons, read=read, subject=at)


def _looked_at(basis: str, dataset: DataSet, facts: Facts, read: Reading) -> tuple[str | None, list[Text]]:
    """The value and its reasons; None where an answer is missing."""
    at = f"datasets.{dataset.id}"
    if basis == "consent":
        holds = both(
            [read.of(dataset, name, at=at) for name in ("consent_free", "consent_proven", "consent_withdrawable")]
        )
        minors = [MINORS] if read.of(dataset, "minors", at=at) else []
        return _three(holds, CONSENT_HOLDS, CONSENT_FAILS, also=minors)
    if basis == "public_task":
        named = read.of(dataset, "public_task_text", at=at)
        if named and _holds_no_task(facts, read):
            return "not_open", [NO_TASK]
        return _three(None if named is None else bool(named), TASK_NAMED, TASK_MISSING)
    if basis in {"contract", "legal_obligation"}:
        return _three(read.of(dataset, "strictly_needed", at=at), STRICTLY, NOT_STRICTLY)
    if basis == "vital_interests":
        return "to_judge", [VITAL]
    us = [actor for actor in read.of(facts, "actors", at="") or () if actor.is_us]
    public = [read.of(actor, "is_public_body", at=f"actors.{actor.id}") for actor in us]
    if True in public:
        return "to_judge", [OUTSIDE_TASKS]
    if not public or None in public:
        return None, []
    return "depends_on_interest", [SEE_INTEREST]


def _holds_no_task(facts: Facts, read: Reading) -> bool:
    """True if we are said to hold no public task."""
    ours = [actor for actor in facts.actors or () if actor.is_us]
    said = [read.against(actor, "has_public_task", at=f"actors.{actor.id}") for actor in ours]
    return False in said and True not in said


def _three(
    holds: bool | None, yes: Text, no: Text, *, also: list[Text] | None = None
) -> tuple[str | None, list[Text]]:
    if holds is None:
        return None, []
    return ("open", [yes, *(also or [])]) if holds else ("not_open", [no])
