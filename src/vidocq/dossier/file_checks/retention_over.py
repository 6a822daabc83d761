"""Whether the file shows that data was still there after its retention had ended."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.file_checks.persons import personal_sets

STILL_THERE = Text(
    fr="Fin de conservation le {end} ; des traces postérieures montrent que le jeu était encore là : {count}.",
    en="Retention ended on {end}; later traces show that the set was still there: {count}.",
)
NO_TRACE = Text(
    fr="Fin de conservation le {end} ; aucune trace postérieure dans le dossier. L'effacement reste à constater.",
    en="Retention ended on {end}; no later trace in the file. The erasure itself is still to be seen.",
)
RUNNING = Text(fr="La conservation court jusqu'au {end}.", en="Retention runs until {end}.")


@dataclass(frozen=True)
class RetentionOver:
    """Measurements of the set and operations on it, later than the end of its retention."""

    card: ClassVar = FileCheckCard(
        id="file-retention-over",
        title=Text(fr="Traces du jeu après sa fin de conservation", en="Traces of the set after its retention"),
        compares=Text(
            fr="Fin de conservation et dates des mesures, des opérations et des entraînements qui portent sur le jeu.",
            en="End of retention and dates of measurements, operations and trainings about the set.",
        ),
        limits=Text(
            fr="Ne cherche ni copies ni sauvegardes : l'absence de trace ne prouve pas l'effacement.",
            en="Looks for neither copies nor backups: no trace is no proof of erasure.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset, read, at, early in personal_sets(file):
            end = read.of(dataset, "retention_until", at=at)
            if early is not None:
                yield early
            elif end is None:
                yield lacking(read, at)
            elif end >= file.today:
                yield Found(status=Status.NOT_APPLICABLE, reason=RUNNING.fill(end=end.isoformat()), subject=at)
            else:
                later = sum(day > end for day in _traces(dataset, file))
                words = STILL_THERE if later else NO_TRACE
                yield Found(
                    status=Status.NOT_SATISFIED if later else Status.TO_JUDGE,
                    reason=words.fill(end=end.isoformat(), count=later),
                    subject=at,
                    figures={"end": end.isoformat(), "traces": later},
                )


def _traces(dataset: DataSet, file: File) -> Iterator[datetime.date]:
    for piece in file.evidence.pieces:
        if piece.subject == f"datasets.{dataset.id}" and piece.at:
            yield datetime.date.fromisoformat(piece.at[:10])
    for operation in file.facts.operations or ():
        if dataset.id in (operation.datasets or ()) and operation.started_on is not None:
            yield operation.started_on
    for model in file.facts.models or ():
        if dataset.id in (model.trained_on or ()) and model.training_started_on is not None:
            yield model.training_started_on
