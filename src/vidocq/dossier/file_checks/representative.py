"""Whether a controller outside the Union that targets persons there has a representative."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision

STATUSES: Final = {
    "not_required": Status.NOT_APPLICABLE,
    "designated": Status.SATISFIED,
    "absent": Status.NOT_SATISFIED,
}


@dataclass(frozen=True)
class RepresentativeNamed:
    """The country of each party and whom the system targets, with the representative."""

    card: ClassVar = FileCheckCard(
        id="file-representative",
        title=Text(fr="Représentant dans l'Union", en="Representative in the Union"),
        compares=Text(
            fr="Pays de chaque acteur, personnes visées et représentant désigné.",
            en="Country of each party, persons targeted and representative designated.",
        ),
        limits=Text(
            fr="L'exception du traitement occasionnel et sans risque s'apprécie.",
            en="The exception of occasional processing without risk has to be judged.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for decision in file.decided("representative"):
            yield by_decision(decision, STATUSES)
