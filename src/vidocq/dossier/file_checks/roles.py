"""Whether each operation on data has somebody who answers for it, and each part a role."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.decision import Decision
from vidocq.dossier.facts.actor import Operation
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision, lacking
from vidocq.dossier.reading import Reading

ANSWERS_FOR_IT: Final = frozenset({"controller", "joint"})
NO_OPERATION = Text(fr="Aucune opération n'est décrite.", en="No operation is described.")
NOT_DESCRIBED = Text(
    fr="Des modèles sont entraînés, aucune opération d'entraînement n'est décrite.",
    en="Models are trained, no operation of training is described.",
)
NOBODY = Text(
    fr="Chaque part a une qualification, mais personne ne répond de l'opération.",
    en="Each part has a role, but nobody answers for the operation.",
)
JUDGED = Text(fr="Une qualification au moins reste à apprécier.", en="At least one role remains to be judged.")
QUALIFIED = Text(
    fr="{count} part(s), chacune avec une qualification ; un responsable de traitement au moins.",
    en="{count} part(s), each with a role; at least one controller.",
)


@dataclass(frozen=True)
class RolesSettled:
    """The matrix of operations and parties: one role in each cell, and a controller in each row."""

    card: ClassVar = FileCheckCard(
        id="file-roles",
        title=Text(fr="Qualification de chaque acteur, par opération", en="Role of each party, by operation"),
        compares=Text(
            fr="Opérations décrites, parts de chacun et qualifications qu'en tire la règle ; opérations que les modèles supposent.",
            en="Operations described, parts in them and roles that the rule draws; operations that the models suppose.",
        ),
        limits=Text(
            fr="Suit ce qui est déclaré de chaque part ; une qualification dépend des faits.",
            en="Follows what is stated of each part; a role depends on the facts.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        read = Reading()
        operations = read.of(file.facts, "operations", at="")
        if operations is None:
            yield lacking(read)
            return
        if not operations:
            yield Found(status=Status.NOT_MEASURED, reason=NO_OPERATION)
            return
        trained = any(model.trained_on for model in file.facts.models or ())
        if trained and not any(operation.kind == "train" for operation in operations):
            yield Found(status=Status.NOT_MEASURED, reason=NOT_DESCRIBED)
        for operation in operations:
            yield self._about(operation, file)

    def _about(self, operation: Operation, file: File) -> Found:
        at = f"operations.{operation.id}"
        parts: list[Decision] = [
            one for one in file.decided("role") if one.subject == at or one.subject.startswith(f"{at}.parts.")
        ]
        unknown = [one for one in parts if not one.is_determined]
        values = [one.value for one in parts]
        figures = {"parts": len(parts), "roles": sorted(values)}
        if unknown:
            return Found(
                status=Status.NOT_MEASURED, reason=by_decision(unknown[0], {}).reason, subject=at, figures=figures
            )
        if "to_judge" in values:
            return Found(status=Status.TO_JUDGE, reason=JUDGED, subject=at, figures=figures)
        if not ANSWERS_FOR_IT & set(values):
            return Found(status=Status.NOT_SATISFIED, reason=NOBODY, subject=at, figures=figures)
        return Found(status=Status.SATISFIED, reason=QUALIFIED.fill(count=len(parts)), subject=at, figures=figures)
