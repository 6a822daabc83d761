"""Whether the status of each model was settled for each access, and looked at before each release."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.facts.model import Model
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision, lacking
from vidocq.dossier.reading import Reading

NOT_CONCERNED = Text(
    fr="Le modèle n'est pas entraîné sur des données personnelles.", en="The model is not trained on personal data."
)
LATE = Text(
    fr="Versions diffusées avant que leur statut ne soit examiné : {names}.",
    en="Versions released before their status was looked at: {names}.",
)
DONE = Text(
    fr="Statut établi pour {levels} accès, et examiné avant chacune des {releases} version(s) diffusée(s).",
    en="Status settled for {levels} access level(s), and looked at before each of {releases} release(s).",
)


@dataclass(frozen=True)
class StatusAnalysis:
    """Decisions of the rule for each access, and dates of review against dates of release."""

    card: ClassVar = FileCheckCard(
        id="file-status-analysis",
        title=Text(
            fr="Analyse du statut, par accès et par version", en="Analysis of the status, by access and version"
        ),
        compares=Text(
            fr="Conclusions de la règle pour chaque accès au modèle, dates d'examen et de diffusion de chaque version.",
            en="Conclusions of the rule for each access to the model, dates of review and of release of each version.",
        ),
        limits=Text(
            fr="« Tests requis » est une conclusion : jusque-là, le RGPD s'applique. Ne dit jamais qu'un modèle est anonyme.",
            en="“Tests required” is a conclusion: until then, the GDPR applies. Never says that a model is anonymous.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for model in file.facts.models or ():
            yield self._about(model, file)

    def _about(self, model: Model, file: File) -> Found:
        read = Reading()
        at = f"models.{model.id}"
        decisions = file.decided("model-status", at)
        if any(one.value == "not_trained_on_personal_data" for one in decisions):
            return Found(status=Status.NOT_APPLICABLE, reason=NOT_CONCERNED, subject=at)
        unknown = next((one for one in decisions if not one.is_determined), None)
        if unknown is not None:
            return Found(status=Status.NOT_MEASURED, reason=by_decision(unknown, {}).reason, subject=at)
        reach = read.of(model, "reach", at=at)
        releases = read.of(file.facts, "releases", at="")
        own = [release for release in releases or () if release.model == model.id]
        late = [release.id for release in own if _is_late(release.was_reviewed_on, release.released_on)]
        for release in own:
            read.of(release, "released_on", at=f"releases.{release.id}")
            read.of(release, "was_reviewed_on", at=f"releases.{release.id}")
        for release in releases or ():
            read.of(release, "model", at=f"releases.{release.id}")
        figures = {"levels": len(reach or ()), "releases": len(own)}
        if late:
            reason = LATE.fill(names=", ".join(late))
            return Found(status=Status.NOT_SATISFIED, reason=reason, subject=at, figures=figures)
        if not reach or read.missing:
            return lacking(read, at, **figures)
        return Found(status=Status.SATISFIED, reason=DONE.fill(**figures), subject=at, figures=figures)


def _is_late(reviewed: datetime.date | None, released: datetime.date | None) -> bool:
    return reviewed is not None and released is not None and released < reviewed
