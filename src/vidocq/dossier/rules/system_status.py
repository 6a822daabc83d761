"""Whether the use of the system that embeds a model may be out of the GDPR, while the model stays in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import OF_FILTERS, Evidence, Piece
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.model import Model
from vidocq.dossier.reading import Reading, either
from vidocq.dossier.rules.behind_filters import OTHER_FILTERS, attacks_alone, of_present_filters
from vidocq.dossier.rules.items import every
from vidocq.dossier.rules.personal import trained_on_persons
from vidocq.dossier.rules.releases import releases_of

NOT_CONCERNED = Text(
    fr="Le modèle n'a rien appris de personnes : la question ne se pose pas pour son usage.",
    en="The model learned nothing about persons: the question does not arise for its use.",
)
REACHABLE = Text(
    fr="Le modèle est accessible autrement que par le système : ce que filtre celui-ci ne suffit pas.",
    en="The model is reachable otherwise than through the system: what the system filters is not enough.",
)
CONTRADICTED = Text(
    fr="Il est dit accessible par le seul système, mais une autre réponse (accès, poids ouverts, version diffusée) dit le contraire.",
    en="It is said to be reachable through the system only, but another answer (access, open weights, a release) says otherwise.",
)
NO_FILTERS = Text(
    fr="Aucun filtre n'encadre ce que dit le système.", en="No filter stands around what the system says."
)
LET_THROUGH = Text(
    fr="Des valeurs plantées passent les filtres au-delà de ce qui était admis : ils ne sont pas robustes.",
    en="Planted values pass the filters beyond what was allowed: they are not robust.",
)
LEAK = Text(
    fr="Une attaque sur le système entier, filtres compris, en a tiré des informations sur des personnes.",
    en="An attack on the whole system, filters included, drew information about persons from it.",
)
NOT_TESTED = Text(
    fr="Le système entier n'a pas été attaqué avec ses filtres, ou l'essai n'est pas concluant.",
    en="The whole system was not attacked with its filters in place, or the test is inconclusive.",
)
IN_FAVOUR = Text(
    fr="Le modèle n'est accessible que par le système, des filtres l'encadrent, et les attaques menées sur l'ensemble n'ont montré "
    "aucune fuite au-delà de la borne fixée. Une personne conclut.",
    en="The model is reachable through the system only, filters stand around it, and the attacks led on the whole showed no "
    "leak above the bound set. A person concludes.",
)
ONLY_THE_USE = Text(
    fr="Seul l'usage du système serait hors du champ : le modèle, son entraînement et ce que saisissent les utilisateurs restent "
    "soumis au RGPD.",
    en="Only the use of the system would be out: the model, its training and what users type stay under the GDPR.",
)


@dataclass(frozen=True)
class SystemStatusRule:
    """Out only where nobody reaches the model beside the system, filters are there, and attacks on the whole failed."""

    card: ClassVar = RuleCard(
        id="system-status",
        title=Text(
            fr="Statut de l'usage du système qui encapsule le modèle",
            en="Status of the use of the system that embeds the model",
        ),
        values={
            "not_concerned": Text(fr="non concerné", en="not concerned"),
            "in_scope": Text(fr="l'usage du système relève du RGPD", en="using the system falls under the GDPR"),
            "leak_shown": Text(fr="fuite démontrée à travers le système", en="leak shown through the system"),
            "tests_required": Text(fr="tests du système entier requis", en="tests of the whole system required"),
            "elements_in_favour": Text(
                fr="éléments en faveur d'un usage hors du champ ; une personne conclut",
                en="elements in favour of a use outside the GDPR; a person concludes",
            ),
        },
        source="EDPB, Opinion 28/2024; CNIL, AI how-to sheet 13",
        limits=Text(
            fr="Ne juge pas la robustesse des filtres au-delà des attaques menées.",
            en="Does not judge how robust the filters are beyond the attacks that were led.",
        ),
        favourable=frozenset({"not_concerned", "elements_in_favour"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "models", lambda model: self._about(model, facts, evidence))

    def _about(self, model: Model, facts: Facts, evidence: Evidence) -> Iterator[Decision]:
        read = Reading()
        subject = f"models.{model.id}"
        at = f"{subject}.embedding"
        about_persons = trained_on_persons(model, facts, read, evidence)
        if about_persons is False:
            yield decided(self.card, "not_concerned", NOT_CONCERNED, read=read, subject=subject)
            return
        version = read.of(model, "sha256", at=subject)
        leak = False
        audits: dict[str, Status] = {}
        about, is_superseded = of_present_filters(
            piece
            for piece in evidence.pieces
            if piece.subject == subject and piece.scope == "system" and piece.access
        )
        open_filters = _let_through(about, read)
        for piece in attacks_alone(about):
            tested = piece.inputs.get("model")
            if not (version and tested and tested != version):
                read.uses(f"evidence.{piece.measurement}.system.{piece.access}", str(piece.status))
                leak = leak or piece.status is Status.NOT_SATISFIED
                if piece.measurement == "audit" and piece.status is not Status.NOT_MEASURED:
                    audits[piece.access] = piece.status if version and tested == version else Status.INCONCLUSIVE
        only = read.of(model.embedding, "only_through_system", at=at)
        filters = read.of(model.embedding, "filters_in_place", at=at)
        otherwise = _reachable_otherwise(model, facts, read)
        if leak:
            yield decided(self.card, "leak_shown", LEAK, read=read, subject=subject)
        elif only is False or filters is False or otherwise or open_filters:
            reached = CONTRADICTED if only else REACHABLE
            reasons = ([reached] if only is False or otherwise else []) + ([NO_FILTERS] if filters is False else [])
            reasons += [LET_THROUGH] if open_filters else []
            yield decided(self.card, "in_scope", *reasons, read=read, subject=subject)
        elif about_persons is None or None in (only, filters, otherwise):
            yield undetermined(self.card, read=read, subject=subject)
        elif set(audits.values()) == {Status.SATISFIED}:
            yield decided(self.card, "elements_in_favour", IN_FAVOUR, ONLY_THE_USE, read=read, subject=subject)
        else:
            why = [NOT_TESTED, OTHER_FILTERS] if is_superseded else [NOT_TESTED]
            yield decided(self.card, "tests_required", *why, ONLY_THE_USE, read=read, subject=subject)


def _let_through(about: Sequence[Piece], read: Reading) -> bool:
    """Whether more passed the filters, in their newest trial, than whoever tried them allows."""
    trial = next((piece for piece in reversed(about) if piece.measurement == OF_FILTERS), None)
    if trial is not None:
        read.uses(f"evidence.{trial.measurement}.system", str(trial.status))
    return trial is not None and trial.status is Status.NOT_SATISFIED


def _reachable_otherwise(model: Model, facts: Facts, read: Reading) -> bool | None:
    """True if an answer says that the model is reached beside the system, whatever else was answered."""
    at = f"models.{model.id}"
    reach = read.of(model, "reach", at=at)
    found = [read.of(model, "open_weights", at=at), None if reach is None else set(reach) != {"system"}]
    given = releases_of(model, facts, read)
    found += [None] if given is None else [None if one is None else set(one) - {"system"} != set() for one in given]
    return either(found)
