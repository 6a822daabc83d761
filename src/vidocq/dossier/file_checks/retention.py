"""Whether a period of retention is set that fits what the data is used for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.file_checks.persons import personal_sets
from vidocq.dossier.file_checks.uses import uses

BEYOND = Text(
    fr="Conservation jusqu'au {end}, alors qu'un usage commence le {use}.",
    en="Kept until {end}, while a use begins on {use}.",
)
COVERS = Text(
    fr="Conservation jusqu'au {end} ; le dernier usage inscrit commence le {use}.",
    en="Kept until {end}; the last use stated begins on {use}.",
)


@dataclass(frozen=True)
class RetentionSet:
    """The end of retention against the uses of the set."""

    card: ClassVar = FileCheckCard(
        id="file-retention",
        title=Text(fr="Durée de conservation au regard des usages", en="Retention against uses"),
        compares=Text(
            fr="Fin de conservation et dates des usages du jeu (collecte, opérations, entraînement).",
            en="End of retention and dates of the uses of the set (collection, operations, training).",
        ),
        limits=Text(
            fr="Ne dit pas si la durée est nécessaire, ni si elle est annoncée aux personnes.",
            en="Does not tell whether the period is needed, nor whether persons are told of it.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset, read, at, early in personal_sets(file):
            if early is not None:
                yield early
                continue
            end = read.of(dataset, "retention_until", at=at)
            days = uses(dataset, file.facts, read)
            known = [day for day in days if day is not None]
            if end is None or not known or (None in days and max(known) <= end):
                yield lacking(read, at)
                continue
            late = max(known) > end
            dates = {"end": end.isoformat(), "use": max(known).isoformat()}
            yield Found(
                status=Status.NOT_SATISFIED if late else Status.SATISFIED,
                reason=(BEYOND if late else COVERS).fill(**dates),
                subject=at,
                figures=dates,
            )
