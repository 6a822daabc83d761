"""Whether a model is to be treated as personal data, for whoever reaches it in a given way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.model import Indices, Model
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.items import every
from vidocq.dossier.rules.personal import trained_on_persons
from vidocq.dossier.rules.tested import Tested

NOT_TRAINED = Text(
    fr="Aucun des jeux d'entraînement, ni le modèle de départ, ne porte sur des personnes. Gardez-en la preuve.",
    en="None of the training sets, nor the base model, is about persons. Keep the proof of that.",
)
LEAK = Text(
    fr="Une attaque a tiré du modèle des informations sur des personnes de son entraînement, avec un accès que donne ce niveau.",
    en="An attack drew information about persons of its training from the model, with an access that this level gives.",
)
EXTRACTED = Text(
    fr="Des données personnelles en ont été extraites, selon ce qui a été déclaré.",
    en="Personal data was extracted from it, by what was stated.",
)
DECLARED = Text(
    fr="Son fournisseur le déclare soumis au RGPD : aucun test n'est nécessaire, le RGPD s'applique.",
    en="Its provider declares it subject to the GDPR: no test is needed, the GDPR applies.",
)
MADE_TO = Text(
    fr="Il est conçu pour restituer ou imiter les personnes de son entraînement : aucun test n'est nécessaire.",
    en="It is designed to output or imitate the persons of its training: no test is needed.",
)
IN_FAVOUR = Text(
    fr="Les attaques menées à ce niveau d'accès n'ont montré aucune fuite au-delà de la borne fixée. C'est un élément, non une "
    "conclusion : celle-ci revient à une personne, au vu de tous les moyens raisonnablement susceptibles d'être utilisés.",
    en="The attacks led at this level of access showed no leak above the bound set. This is an element, no conclusion: that "
    "is for a person, in view of all the means reasonably likely to be used.",
)
ALL_LOW = Text(
    fr="Tous les indices ont été appréciés et jugés faibles : conclure sans attaque est possible, motifs à l'appui.",
    en="All indices were judged, and found low: one may conclude without an attack, reasons kept.",
)
NEVER_PRESUMED = Text(
    fr="Un modèle entraîné sur des données personnelles n'est jamais présumé anonyme : tant que rien ne le montre, le RGPD s'applique.",
    en="A model trained on personal data is never presumed anonymous: as long as nothing shows it, the GDPR applies.",
)


@dataclass(frozen=True)
class ModelStatusRule:
    """One answer for each way to reach the model: what its holder can draw from it depends on the holder's means."""

    card: ClassVar = RuleCard(
        id="model-status",
        title=Text(fr="Statut du modèle au regard du RGPD", en="Status of the model under the GDPR"),
        values={
            "not_trained_on_personal_data": Text(
                fr="non entraîné sur des données personnelles", en="not trained on personal data"
            ),
            "declared_personal": Text(
                fr="déclaré soumis au RGPD par son fournisseur", en="declared subject to the GDPR by its provider"
            ),
            "made_to_output": Text(
                fr="conçu pour restituer des données personnelles", en="designed to output personal data"
            ),
            "leak_shown": Text(fr="fuite démontrée : soumis au RGPD", en="leak shown: subject to the GDPR"),
            "indices_low": Text(
                fr="indices faibles : pas de test nécessaire, motifs à garder",
                en="indices low: no test needed, reasons to be kept",
            ),
            "elements_in_favour": Text(
                fr="éléments en faveur de l'anonymat ; une personne conclut",
                en="elements in favour of anonymity; a person concludes",
            ),
            "tests_required": Text(
                fr="tests requis ; d'ici là, soumis au RGPD", en="tests required; until then, subject to the GDPR"
            ),
        },
        source="EDPB, Opinion 28/2024; CNIL, AI how-to sheet 13; CJEU, C-413/23 P",
        limits=Text(
            fr="Ne conclut jamais à l'anonymat. Suit les attaques menées et ce qui a été déclaré ; l'entraînement reste soumis "
            "au RGPD dans tous les cas.",
            en="Never concludes that a model is anonymous. Follows the attacks that were led and what was stated; training "
            "stays under the GDPR in all cases.",
        ),
        favourable=frozenset({"not_trained_on_personal_data", "indices_low", "elements_in_favour"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "models", lambda model: self._levels(model, facts, evidence))

    def _levels(self, model: Model, facts: Facts, evidence: Evidence) -> Iterator[Decision]:
        for level in sorted(set(model.reach)) if model.reach else [""]:
            yield self._at(level, model, facts, evidence)

    def _at(self, level: str, model: Model, facts: Facts, evidence: Evidence) -> Decision:
        read = Reading()
        at = f"models.{model.id}"
        subject = f"{at}/{level}" if level else at

        def answer(value: str, *reasons: Text) -> Decision:
            return decided(self.card, value, *reasons, read=read, subject=subject)

        about_persons = trained_on_persons(model, facts, read, evidence)
        if about_persons is False:
            return answer("not_trained_on_personal_data", NOT_TRAINED)
        if about_persons is None:
            return undetermined(self.card, read=read, subject=subject)
        read.of(model, "reach", at=at)
        tested = Tested.read(model, level, evidence, read)
        if tested.leak:
            return answer("leak_shown", LEAK, *tested.reasons)
        weakness = f"{at}.vulnerability"
        if read.of(model.vulnerability, "data_extracted", at=weakness):
            return answer("leak_shown", EXTRACTED, *tested.reasons)
        is_known = read.of(model.vulnerability, "is_known", at=weakness)
        declared = read.of(model, "declared_personal", at=at)
        if declared:
            return answer("declared_personal", DECLARED)
        made_to = read.of(model, "designed_to_output_persons", at=at)
        if made_to:
            return answer("made_to_output", MADE_TO)
        nature_is_known = level != "" and declared is False and made_to is False and is_known is False
        if nature_is_known and tested.nothing_found:
            return answer("elements_in_favour", IN_FAVOUR, *tested.reasons)
        low = _all_low(model.indices, f"{at}.indices", read)
        if nature_is_known and low and not tested.adverse:
            return answer("indices_low", ALL_LOW, *tested.reasons)
        return answer("tests_required", NEVER_PRESUMED, *tested.reasons)


def _all_low(indices: Indices, at: str, read: Reading) -> bool:
    """True only where each index was judged, by somebody, and is low."""
    levels = [read.of(indices, name, at=at) for name in type(indices).model_fields if name != "judged_by"]
    return all(level == "low" for level in levels) and bool(read.of(indices, "judged_by", at=at))
