"""Whether one can say which version of which set served each model."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.reading import Reading

BROKEN = Text(
    fr="Le modèle cite des jeux ou un modèle de base qui ne sont pas décrits : {names}.",
    en="The model names sets or a base model that are not described: {names}.",
)
WHOLE = Text(
    fr="Le modèle et ses {count} jeu(x) ont chacun leur empreinte.",
    en="The model and its {count} set(s) each have their hash.",
)


@dataclass(frozen=True)
class Lineage:
    """Ids that the model names against what is described, and hashes of each."""

    card: ClassVar = FileCheckCard(
        id="file-lineage",
        title=Text(fr="Filiation des jeux au modèle", en="Lineage from data sets to model"),
        compares=Text(
            fr="Jeux et modèle de base cités par chaque modèle, descriptions et empreintes qui s'y trouvent.",
            en="Sets and base model that each model names, with their descriptions and hashes.",
        ),
        limits=Text(
            fr="Une empreinte dit quelle version est visée, non qu'elle a bien servi à l'entraînement.",
            en="A hash tells which version is meant, not that training really used it.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        sets = {dataset.id: dataset for dataset in file.facts.datasets or ()}
        models = {model.id: model for model in file.facts.models or ()}
        for model in models.values():
            read = Reading()
            at = f"models.{model.id}"
            names = read.of(model, "trained_on", at=at)
            derived = read.of(model, "is_derived", at=at)
            base = [model.base_model] if model.base_model and derived is not False else []
            if derived and not base:
                read.of(model, "base_model", at=at)
            unknown = sorted((set(names or ()) - set(sets)) | (set(base) - set(models)))
            read.of(model, "sha256", at=at)
            for name in set(names or ()) & set(sets):
                read.of(sets[name], "sha256", at=f"datasets.{name}")
            for name in set(base) & set(models):
                read.of(models[name], "sha256", at=f"models.{name}")
            if unknown:
                reason = BROKEN.fill(names=", ".join(unknown))
                yield Found(status=Status.NOT_SATISFIED, reason=reason, subject=at, figures={"unknown": unknown})
            elif read.missing:
                yield lacking(read, at)
            else:
                count = len(names or ())
                yield Found(
                    status=Status.SATISFIED, reason=WHOLE.fill(count=count), subject=at, figures={"sets": count}
                )
