"""Whether a model that is claimed anonymous was tested, or has indices that are all low."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.facts.model import Model
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking, naming
from vidocq.dossier.reading import Reading

NOT_CLAIMED = Text(fr="L'anonymat du modèle n'est pas affirmé.", en="The model is not claimed to be anonymous.")
TESTED = Text(
    fr="Le modèle a été testé : {count} audit(s) au dossier.",
    en="The model was tested: {count} audit(s) in the file.",
)
LOW = Text(
    fr="Pas de test : les {count} indices sont jugés faibles, par une personne nommée par son rôle.",
    en="No test: all {count} indices are judged low, by a person named by role.",
)
NEITHER = Text(
    fr="L'anonymat est affirmé sans test, alors que des indices ne sont pas faibles : {names}.",
    en="Anonymity is claimed without a test, while some indices are not low: {names}.",
)


@dataclass(frozen=True)
class DecisionToTest:
    """Audits in the file, or levels of all indices."""

    card: ClassVar = FileCheckCard(
        id="file-decision-to-test",
        title=Text(fr="Test mené, ou indices tous faibles", en="Test led, or indices all low"),
        compares=Text(
            fr="Anonymat affirmé, audits inscrits et niveau de chaque indice.",
            en="Claim of anonymity, audits recorded and level of each index.",
        ),
        limits=Text(
            fr="Un test sommaire ne prouve rien : la portée de l'audit se lit dans son propre verdict.",
            en="A cursory test proves nothing: how far the audit goes is read in its own verdict.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for model in file.facts.models or ():
            yield self._about(model, file)

    def _about(self, model: Model, file: File) -> Found:
        read = Reading()
        at = f"models.{model.id}"
        claimed = read.of(model, "anonymity_claimed", at=at)
        if not claimed:
            if claimed is None:
                return lacking(read, at)
            return Found(status=Status.NOT_APPLICABLE, reason=NOT_CLAIMED, subject=at)
        audits = [piece for piece in file.evidence.latest("audit", at) if piece.status is not Status.NOT_MEASURED]
        if audits:
            reason = TESTED.fill(count=len(audits))
            return Found(status=Status.SATISFIED, reason=reason, subject=at, figures={"audits": len(audits)})
        names = [name for name in type(model.indices).model_fields if name != "judged_by"]
        levels = {name: read.of(model.indices, name, at=f"{at}.indices") for name in names}
        raised = sorted(name for name, level in levels.items() if level in {"some", "high"})
        if raised:
            reason = naming(NEITHER, names=[f"{at}.indices.{name}" for name in raised])
            return Found(status=Status.NOT_SATISFIED, reason=reason, subject=at, figures={"raised": raised})
        if None in levels.values() or not read.of(model.indices, "judged_by", at=f"{at}.indices"):
            return lacking(read, at)
        return Found(
            status=Status.SATISFIED, reason=LOW.fill(count=len(names)), subject=at, figures={"low": len(names)}
        )
