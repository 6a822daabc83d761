"""Whether a data set may be used again, or taken from somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.reading import Reading, both
from vidocq.dossier.rules.items import every
from vidocq.dossier.rules.personal import holds_persons

FIRST_USE = Text(
    fr="Le jeu est collecté pour cette finalité : rien n'est réutilisé.",
    en="The set is collected for this purpose: nothing is reused.",
)
NO_PERSONS = Text(fr="Le jeu ne contient pas de données personnelles.", en="The set holds no personal data.")
ANNOUNCED = Text(
    fr="Cette finalité était annoncée lors de la collecte : pas de test de compatibilité.",
    en="This purpose was announced at collection: no compatibility test.",
)
ALLOWED = Text(
    fr="Un consentement ou un texte permet cette réutilisation : pas de test de compatibilité.",
    en="Consent or a law allows this reuse: no compatibility test.",
)
RESEARCH = Text(
    fr="Recherche scientifique ou statistique, avec des garanties : présumée compatible (article 5.1.b).",
    en="Scientific research or statistics, with safeguards: presumed compatible (article 5(1)(b)).",
)
COMPATIBLE = Text(
    fr="Les cinq facteurs ont été examinés, et la réutilisation jugée compatible par le responsable de traitement.",
    en="The five factors were examined, and the controller found the reuse compatible.",
)
NOT_COMPATIBLE = Text(
    fr="La réutilisation a été jugée incompatible : il faut un consentement ou un texte.",
    en="The reuse was found incompatible: consent or a law is needed.",
)
FACTOR_MISSING = Text(
    fr="Un des cinq facteurs du test n'a pas été examiné.", en="One of the five factors of the test was not examined."
)
UNLAWFUL = Text(
    fr="Le jeu est manifestement illicite : il ne peut pas être utilisé.",
    en="The set is manifestly unlawful: it cannot be used.",
)
DECISION_KNOWN = Text(
    fr="Une décision, une fuite ou un retrait est connu : à apprécier avant tout usage.",
    en="A decision, a leak or a withdrawal is known: to be judged before any use.",
)
NO_SOURCE = Text(
    fr="Sa description ne nomme pas la source des données : la vérification ne peut pas aboutir.",
    en="Its description does not name where the data comes from: the verification cannot succeed.",
)
CONTRADICTS = Text(
    fr="Elle a été jugée incompatible, alors qu'une autre réponse (finalité annoncée, recherche ou statistique) dispenserait du test : "
    "cette conclusion l'emporte.",
    en="It was found incompatible, while another answer (purpose announced, research or statistics) would spare the test: that "
    "conclusion prevails.",
)
NOT_AUTHORISED = Text(
    fr="L'acteur « {actor} » garde ces données pour ses propres modèles sans que son client l'y ait autorisé : cette réutilisation ne "
    "peut pas avoir lieu.",
    en="The party “{actor}” keeps this data for models of its own and its client has not authorised that: this reuse cannot take place.",
)
SENSITIVE_NOT_CHECKED = Text(
    fr="Des données sensibles y figurent sans vérification approfondie.",
    en="It holds sensitive data, not checked in depth.",
)
LICENCE_FORBIDS = Text(
    fr="La licence ou les conditions d'utilisation ne permettent pas cet usage.",
    en="The licence or the terms do not allow this use.",
)
CHECKED = Text(
    fr="Les vérifications attendues d'un réutilisateur ont été faites ; un contrôle complet de la source n'est pas exigé.",
    en="The checks expected of a re-user were made; full due diligence on the source is not required.",
)
AGREEMENT_ADVISED = Text(
    fr="Un accord écrit avec le fournisseur est recommandé.",
    en="A written agreement with the supplier is recommended.",
)
OWN_DUTIES = Text(
    fr="Restent dus : une base légale propre, l'information et les droits des personnes, même si le jeu vient d'hors de l'Union.",
    en="Still due: a legal basis of one's own, telling persons and their rights, even for a set made outside the Union.",
)
FACTORS: Final = ("link_judged", "context_judged", "nature_judged", "effects_judged", "safeguards_judged")
_TAKEN: Final = {"public_dataset", "third_party"}
_OWN: Final = {"own_reuse", "user_conversations"}


@dataclass(frozen=True)
class ReuseRule:
    """Own data for a new purpose: five factors. A set of others: not unlawful, sourced, checked, allowed."""

    card: ClassVar = RuleCard(
        id="reuse",
        title=Text(fr="Réutilisation du jeu de données", en="Reuse of the data set"),
        values={
            "first_use": Text(fr="pas de réutilisation", en="no reuse"),
            "no_test_needed": Text(fr="test non requis", en="no test needed"),
            "found_compatible": Text(fr="jugée compatible", en="found compatible"),
            "checked": Text(fr="vérifications faites", en="checks made"),
            "to_judge": Text(fr="à apprécier", en="to judge"),
            "not_allowed": Text(fr="non permise en l'état", en="not allowed as it stands"),
        },
        source="GDPR, art. 5(1)(b), 6(4), 89; CNIL, AI how-to sheet 4",
        limits=Text(
            fr="Suit les réponses données ; ne consulte ni la source ni la licence.",
            en="Follows the answers given; looks up neither source nor licence.",
        ),
        favourable=frozenset({"first_use", "no_test_needed", "found_compatible", "checked"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "datasets", lambda dataset: self._about(dataset, facts, evidence))

    def _about(self, dataset: DataSet, facts: Facts, evidence: Evidence) -> Iterator[Decision]:
        read = Reading()
        at = f"datasets.{dataset.id}"
        persons = holds_persons(dataset, read, evidence)
        origins = read.of(dataset, "origins", at=at)
        if persons is False:
            yield decided(self.card, "first_use", NO_PERSONS, read=read, subject=at)
            return
        if persons is None or not origins:
            yield undetermined(self.card, read=read, subject=at)
            return
        values = list(_kept_by_others(dataset, facts, read))
        if _TAKEN & set(origins):
            values.append(_taken(dataset, read))
        if _OWN & set(origins):
            values.append(_own(dataset, read))
        if not values:
            yield decided(self.card, "first_use", FIRST_USE, read=read, subject=at)
            return
        value, reasons = min(values, key=lambda found: _SEVERITY.index(found[0]))
        if value is None:
            yield undetermined(self.card, *reasons, read=read, subject=at)
        else:
            yield decided(self.card, value, *reasons, read=read, subject=at)


_SEVERITY: Final = ("not_allowed", "to_judge", None, "checked", "found_compatible", "no_test_needed")


def _kept_by_others(dataset: DataSet, facts: Facts, read: Reading) -> Iterator[tuple[str | None, list[Text]]]:
    """For each party that keeps the data for models of its own, whether it may."""
    for operation in facts.operations or ():
        at = f"operations.{operation.id}"
        named = operation.datasets
        for part in operation.parts or () if named is None or dataset.id in named else ():
            place = f"{at}.parts.{part.actor}"
            if read.against(part, "reuses_for_itself", at=place):
                read.against(operation, "datasets", at=at)
                authorised = read.of(part, "reuse_authorised", at=place)
                if authorised is False:
                    yield "not_allowed", [NOT_AUTHORISED.fill(actor=part.actor)]
                elif authorised is None:
                    yield None, []


def _taken(dataset: DataSet, read: Reading) -> tuple[str | None, list[Text]]:
    at = f"datasets.{dataset.id}.reuse"
    unlawful = read.of(dataset.reuse, "manifestly_unlawful", at=at)
    decision = read.of(dataset.reuse, "known_decision_or_leak", at=at)
    source = read.of(dataset.reuse, "source_named", at=at)
    licence = read.of(dataset.reuse, "licence_allows", at=at)
    sensitive = read.of(dataset, "special_categories", at=f"datasets.{dataset.id}")
    checked = True if sensitive is False else read.of(dataset.reuse, "sensitive_checked", at=at)
    advice = []
    if "third_party" in (dataset.origins or ()) and not read.of(dataset.reuse, "supplier_agreement", at=at):
        advice.append(AGREEMENT_ADVISED)
    if unlawful:
        return "not_allowed", [UNLAWFUL]
    if licence is False:
        return "not_allowed", [LICENCE_FORBIDS]
    doubts = [
        reason
        for fails, reason in (
            (decision is True, DECISION_KNOWN),
            (source is False, NO_SOURCE),
            (checked is False, SENSITIVE_NOT_CHECKED),
        )
        if fails
    ]
    if doubts:
        return "to_judge", [*doubts, *advice]
    if None in (unlawful, decision, source, licence, sensitive, checked):
        return None, advice
    return "checked", [CHECKED, OWN_DUTIES, *advice]


def _own(dataset: DataSet, read: Reading) -> tuple[str | None, list[Text]]:
    at = f"datasets.{dataset.id}.reuse"
    if read.of(dataset.reuse, "allowed_by_consent_or_law", at=at):
        return "no_test_needed", [ALLOWED, OWN_DUTIES]
    for name, reason in (("purpose_announced", ANNOUNCED), ("for_research_or_statistics", RESEARCH)):
        if read.of(dataset.reuse, name, at=at):
            if read.against(dataset.reuse, "found_compatible", at=at) is False:
                return "not_allowed", [NOT_COMPATIBLE, CONTRADICTS]
            return "no_test_needed", [reason, OWN_DUTIES]
    judged = both([read.of(dataset.reuse, name, at=at) for name in FACTORS])
    found = read.of(dataset.reuse, "found_compatible", at=at)
    if found is False:
        return "not_allowed", [NOT_COMPATIBLE]
    if judged is False:
        return "to_judge", [FACTOR_MISSING]
    if judged and found:
        return "found_compatible", [COMPATIBLE, OWN_DUTIES]
    return None, []
