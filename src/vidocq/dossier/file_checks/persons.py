"""The data sets and models that a check has to look at, each with what it reads."""

from collections.abc import Iterator

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.file_checks.card import File, Found, lacking
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.personal import holds_persons

NO_PERSONS = Text(fr="Le jeu ne contient pas de données personnelles.", en="The set holds no personal data.")


def personal_sets(file: File) -> Iterator[tuple[DataSet, Reading, str, Found | None]]:
    """Each set with its path; with what to answer at once where it holds no personal data or nobody said."""
    for dataset in file.facts.datasets or ():
        read = Reading()
        at = f"datasets.{dataset.id}"
        held = holds_persons(dataset, read, file.evidence)
        if held is False:
            yield dataset, read, at, Found(status=Status.NOT_APPLICABLE, reason=NO_PERSONS, subject=at)
        else:
            yield dataset, read, at, lacking(read, at) if held is None else None
