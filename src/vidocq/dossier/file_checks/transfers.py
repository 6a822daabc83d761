"""Whether each transfer outside the EEA is framed, and each place where data lies is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision, lacking
from vidocq.dossier.reading import Reading

STATUSES: Final = {
    "none": Status.NOT_APPLICABLE,
    "framed": Status.SATISFIED,
    "to_judge": Status.TO_JUDGE,
    "not_framed": Status.NOT_SATISFIED,
}


@dataclass(frozen=True)
class TransfersFramed:
    """Countries of parties and data sets against the dated list, with the tool for each."""

    card: ClassVar = FileCheckCard(
        id="file-transfers",
        title=Text(fr="Transferts recensés et encadrés", en="Transfers listed and framed"),
        compares=Text(
            fr="Pays des acteurs et des jeux, liste datée des pays, et outil qui encadre chaque transfert.",
            en="Countries of parties and sets, the dated list of countries, and the tool that frames each transfer.",
        ),
        limits=Text(
            fr="Ne voit pas les serveurs : un accès à distance qui n'est pas déclaré lui échappe.",
            en="Does not see servers: remote access that is not stated escapes it.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for decision in file.decided("transfer"):
            yield by_decision(decision, STATUSES)
        for dataset in file.facts.datasets or ():
            read = Reading()
            at = f"datasets.{dataset.id}"
            if dataset.personal_data and read.of(dataset, "countries", at=at) is None:
                yield lacking(read, at)
