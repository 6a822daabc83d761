"""Why the status of a model has to be looked at again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.model import Model, Reach
from vidocq.dossier.facts.names import ACCESS
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.items import every
from vidocq.dossier.rules.releases import releases_of

CHANGED = Text(
    fr="Le modèle n'est plus celui qui a été testé : son empreinte a changé.",
    en="The model is no longer the one that was tested: its hash has changed.",
)
WIDER = Text(
    fr="Une version diffusée donne un accès ({reach}) que l'analyse ne prévoit pas.",
    en="A release gives an access ({reach}) that the analysis does not foresee.",
)
NEWER_SUITE = Text(
    fr="La suite d'attaques a une version plus récente ({now}) que celle de l'audit ({then}).",
    en="The suite of attacks has a newer version ({now}) than that of the audit ({then}).",
)
FOUND = Text(fr="Une vulnérabilité a été trouvée depuis.", en="A vulnerability was found since.")
DERIVED = Text(
    fr="Le modèle dérive d'un autre et n'a pas lui-même été testé.",
    en="The model derives from another one and was not tested itself.",
)
NO_DATE = Text(
    fr="Aucune date de réexamen n'est fixée : l'état de l'art des attaques évolue, il en faut une.",
    en="No date of review is set: the state of the art of attacks moves on, so there must be one.",
)
PLANNED = Text(fr="Réexamen prévu le {day}.", en="Review planned on {day}.")


@dataclass(frozen=True)
class ReviewRule:
    """At its date, and whenever the model, the access to it or what is known of it has changed."""

    card: ClassVar = RuleCard(
        id="review",
        title=Text(fr="Réexamen du statut du modèle", en="Review of the status of the model"),
        values={
            "due_now": Text(fr="à faire maintenant", en="due now"),
            "planned": Text(fr="prévu", en="planned"),
        },
        source="CNIL, AI how-to sheet 13; EDPB, Opinion 28/2024",
        limits=Text(
            fr="Ne lit pas la littérature : une attaque publiée depuis doit être déclarée. Le calendrier dit si la date est passée.",
            en="Does not read the literature: an attack published since has to be stated. The calendar tells if the date is past.",
        ),
        favourable=frozenset({"planned"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "models", lambda model: self._about(model, facts, evidence))

    def _about(self, model: Model, facts: Facts, evidence: Evidence) -> Iterator[Decision]:
        read = Reading()
        subject = f"models.{model.id}"
        given = releases_of(model, facts, read)
        reasons = list(self._why(model, given or [], evidence, read))
        day = read.of(model, "next_review_on", at=subject)
        if reasons:
            yield decided(self.card, "due_now", *reasons, read=read, subject=subject)
        elif day is None:
            yield undetermined(self.card, NO_DATE, read=read, subject=subject)
        elif None in (
            given,
            model.sha256,
            model.is_derived,
            model.reach,
            model.vulnerability.is_known,
            *(given or ()),
        ):
            yield undetermined(self.card, read=read, subject=subject)
        else:
            yield decided(self.card, "planned", PLANNED.fill(day=day.isoformat()), read=read, subject=subject)

    def _why(
        self, model: Model, given: list[tuple[Reach, ...] | None], evidence: Evidence, read: Reading
    ) -> Iterator[Text]:
        at = f"models.{model.id}"
        version = read.of(model, "sha256", at=at)
        tested = {
            piece.inputs["model"]
            for piece in evidence.pieces
            if piece.measurement == "audit" and piece.subject == at and "model" in piece.inputs
        }
        if tested:
            read.uses(f"evidence.audit.{model.id}", sorted(tested))
        if version and tested and version not in tested:
            yield CHANGED
        if read.of(model, "is_derived", at=at) and not tested:
            yield DERIVED
        known = read.of(model.vulnerability, "is_known", at=f"{at}.vulnerability")
        if known or read.against(model.vulnerability, "found_on", at=f"{at}.vulnerability"):
            yield FOUND
        foreseen = set(read.of(model, "reach", at=at) or ())
        for reach in sorted({each for one in given for each in one or ()} - foreseen):
            access = ACCESS[reach]
            yield Text(WIDER.fr.format(reach=access.fr), WIDER.en.format(reach=access.en))
        yield from _newer_suites(at, evidence, read)


def _newer_suites(at: str, evidence: Evidence, read: Reading) -> Iterator[Text]:
    """Suites of the newest audits of this model that another piece of evidence has in a newer version."""
    newest: dict[str, str] = {}
    for piece in evidence.pieces:
        name, _, version = piece.suite.rpartition(" ")
        if name and version.isdecimal() and int(version) > int(newest.get(name, "0")):
            newest[name] = version
    for piece in evidence.latest("audit", at):
        name, _, version = piece.suite.rpartition(" ")
        if version.isdecimal() and int(version) < int(newest.get(name, "0")):
            read.uses(f"evidence.audit.{piece.scope}.{piece.access}.suite", piece.suite)
            yield NEWER_SUITE.fill(then=piece.suite, now=f"{name} {newest[name]}")
