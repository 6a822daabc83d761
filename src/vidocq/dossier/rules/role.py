"""Who is controller, joint controller or processor, operation by operation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.actor import Operation, Part
from vidocq.dossier.reading import Reading, both, either
from vidocq.dossier.rules.items import every

DECIDES = Text(
    fr="Décide de la finalité et des moyens essentiels : responsable de traitement pour cette opération.",
    en="Decides purpose and essential means: controller for this operation.",
)
TOGETHER = Text(
    fr="Plusieurs acteurs décident ensemble : responsables conjoints, un accord doit répartir leurs obligations (article 26).",
    en="Several parties decide together: joint controllers, an arrangement must share out their duties (article 26).",
)
NO_ARRANGEMENT = Text(fr="Cet accord n'existe pas encore.", en="There is no such arrangement yet.")
ON_INSTRUCTIONS = Text(
    fr="N'agit que sur instructions : sous-traitant, un contrat est nécessaire (article 28).",
    en="Acts on instructions only: processor, a contract is needed (article 28).",
)
REUSES = Text(
    fr="Garde les données du client pour ses propres modèles : responsable de traitement de cette réutilisation, qui demande "
    "l'autorisation du client, un test de compatibilité et l'information des personnes.",
    en="Keeps the client's data for models of its own: controller of that reuse, which takes the client's authorisation, a "
    "compatibility test and telling the persons.",
)
NOT_AUTHORISED = Text(
    fr="Le client ne l'y a pas autorisé : cette réutilisation ne peut pas avoir lieu.",
    en="The client has not authorised it: this reuse cannot take place.",
)
CHOOSES_SOME = Text(
    fr="Choisit les données, les labels ou leur destination, sans qu'on sache s'il décide de la finalité et des moyens : à "
    "apprécier.",
    en="Chooses the data, the labels or where they go, and it is not clear that it decides purpose and means: to be judged.",
)
HALF = Text(
    fr="Décide d'une partie seulement (finalité ou moyens), ou décide tout en disant n'agir que sur instructions : à apprécier.",
    en="Decides a part only (purpose or means), or decides while saying that it acts on instructions: to be judged.",
)


GIVES_AND_TAKES = Text(
    fr="Partage entre acteurs qui décident chacun de leur traitement : responsables distincts, ou conjoints s'ils décident "
    "ensemble ; à apprécier.",
    en="Sharing between parties that each decide their processing: separate controllers, or joint ones if they decide "
    "together; to be judged.",
)
OTHERS_UNKNOWN = Text(
    fr="Décide de la finalité et des moyens essentiels ; un autre acteur en décide peut-être aussi : ils seraient alors "
    "responsables conjoints.",
    en="Decides purpose and essential means; another party may decide as well: they would then be joint controllers.",
)


@dataclass(frozen=True)
class RoleRule:
    """What counts is who decides why and how, not what a contract calls them."""

    card: ClassVar = RuleCard(
        id="role",
        title=Text(fr="Qualification de chaque acteur", en="Role of each party"),
        values={
            "controller": Text(fr="responsable de traitement", en="controller"),
            "joint": Text(fr="responsable conjoint du traitement", en="joint controller"),
            "processor": Text(fr="sous-traitant", en="processor"),
            "controller_of_reuse": Text(
                fr="sous-traitant, et responsable de traitement de sa réutilisation",
                en="processor, and controller of its own reuse",
            ),
            "to_judge": Text(fr="à apprécier", en="to judge"),
        },
        source="GDPR, art. 4(7), 4(8), 26, 28; CNIL, AI how-to sheet 3; EDPB, Guidelines 07/2020",
        limits=Text(
            fr="Suit ce qui est déclaré de chaque acteur ; une qualification dépend des faits, non du contrat.",
            en="Follows what was stated of each party; a role depends on facts, not on the contract.",
        ),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "operations", self._parts)

    def _parts(self, operation: Operation) -> Iterator[Decision]:
        read = Reading()
        at = f"operations.{operation.id}"
        parts = read.of(operation, "parts", at=at)
        if parts is None:
            yield undetermined(self.card, read=read, subject=at)
            return
        for part in parts:
            yield self._about(part, operation)

    def _about(self, part: Part, operation: Operation) -> Decision:
        read = Reading()
        subject = f"operations.{operation.id}.parts.{part.actor}"

        def answer(value: str, *reasons: Text) -> Decision:
            return decided(self.card, value, *reasons, read=read, subject=subject)

        purpose = read.of(part, "decides_purpose", at=subject)
        means = read.of(part, "decides_means", at=subject)
        instructed = read.of(part, "on_instructions_only", at=subject)
        if read.of(part, "reuses_for_itself", at=subject):
            authorised = read.of(part, "reuse_authorised", at=subject)
            return answer("controller_of_reuse", REUSES, *([NOT_AUTHORISED] if authorised is False else []))
        if purpose and means:
            if instructed:
                return answer("to_judge", HALF)
            together = either(
                _decides(other, operation, read) for other in operation.parts or () if other is not part
            )
            if together is None:
                return undetermined(self.card, OTHERS_UNKNOWN, read=read, subject=subject)
            if together and operation.kind == "share":
                return answer("to_judge", GIVES_AND_TAKES)
            if together:
                agreed = read.of(operation, "joint_arrangement", at=f"operations.{operation.id}")
                return answer("joint", TOGETHER, *([NO_ARRANGEMENT] if agreed is False else []))
            return answer("controller", DECIDES)
        if operation.kind == "annotate":
            chosen = [read.of(part, f"chooses_{what}", at=subject) for what in ("data", "labels", "destination")]
            if True in chosen:
                return answer("to_judge", CHOOSES_SOME)
        if purpose or means:
            return answer("to_judge", HALF)
        if instructed and purpose is False and means is False:
            return answer("processor", ON_INSTRUCTIONS)
        return undetermined(self.card, read=read, subject=subject)


def _decides(part: Part, operation: Operation, read: Reading) -> bool | None:
    """True if this other party decides as well; one that takes the data for itself decides of that alone."""
    at = f"operations.{operation.id}.parts.{part.actor}"
    if read.of(part, "reuses_for_itself", at=at) or read.of(part, "on_instructions_only", at=at):
        return False
    return both([read.of(part, "decides_purpose", at=at), read.of(part, "decides_means", at=at)])
