"""Whether a model that is made to output persons is claimed anonymous all the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.reading import Reading

CONTRADICTION = Text(
    fr="Le modèle est conçu pour restituer ou imiter des personnes, et son anonymat est affirmé : les deux s'excluent.",
    en="The model is made to output or imitate persons, and claimed to be anonymous: one excludes the other.",
)
CONSISTENT = Text(
    fr="Ce que le modèle est conçu pour faire et ce qui est affirmé de lui s'accordent.",
    en="What the model is made to do and what is claimed of it agree.",
)


@dataclass(frozen=True)
class MadeToOutput:
    """Purpose of the model against the claim."""

    card: ClassVar = FileCheckCard(
        id="file-made-to-output",
        title=Text(fr="Fonction du modèle et anonymat affirmé", en="Function of the model and claim of anonymity"),
        compares=Text(
            fr="Ce que le modèle est conçu pour restituer et l'anonymat affirmé.",
            en="What the model is made to output and the claim that it is anonymous.",
        ),
        limits=Text(
            fr="Un modèle qui n'est pas conçu pour restituer des données peut en restituer : c'est l'objet des tests.",
            en="A model that is not made to output data may output some: that is what tests are for.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for model in file.facts.models or ():
            read = Reading()
            at = f"models.{model.id}"
            made = read.of(model, "designed_to_output_persons", at=at)
            claimed = read.of(model, "anonymity_claimed", at=at)
            if made and claimed:
                yield Found(status=Status.NOT_SATISFIED, reason=CONTRADICTION, subject=at)
            elif made is None or claimed is None:
                yield lacking(read, at)
            else:
                yield Found(status=Status.SATISFIED, reason=CONSISTENT, subject=at)
