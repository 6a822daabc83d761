"""Whether what is stated of personal data agrees with what scans found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking, naming
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.found import SCANS

CONTRADICTED = Text(
    fr="Le dossier dit « non » ({facts}), des analyses ont trouvé de telles données : à apprécier.",
    en="The file says “no” ({facts}), scans found such data: to be judged.",
)
AGREES = Text(
    fr="Aucune analyse ne contredit ce qui est déclaré ({count} mesure(s)).",
    en="No scan contradicts what is stated ({count} measurement(s)).",
)
NO_SCAN = Text(fr="Aucune analyse du jeu n'est au dossier.", en="No scan of the set is in the file.")


@dataclass(frozen=True)
class StatedData:
    """A “no” in the facts against counts of scans."""

    card: ClassVar = FileCheckCard(
        id="file-stated-data",
        title=Text(fr="Données déclarées et données trouvées", en="Data stated and data found"),
        compares=Text(
            fr="Ce qui est déclaré du jeu (données personnelles, sensibles, d'infraction) et ce que les analyses ont compté.",
            en="What is stated of the set (personal, sensitive, offence data) and what scans counted.",
        ),
        limits=Text(
            fr="Un détecteur se trompe dans les deux sens : une contradiction est à apprécier, un accord ne prouve pas l'absence.",
            en="A detector errs both ways: a contradiction is to be judged, an agreement does not prove absence.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset in file.facts.datasets or ():
            read = Reading()
            at = f"datasets.{dataset.id}"
            stated = read.of(dataset, "personal_data", at=at)
            pieces = [piece for name in SCANS for piece in file.evidence.latest(name, at)]
            measured = [piece for piece in pieces if piece.status is not Status.NOT_MEASURED]
            denied = {
                fact
                for piece in measured
                if getattr(dataset, fact := SCANS[piece.measurement]) is False and piece.found
            }
            if denied:
                reason = naming(CONTRADICTED, facts=[f"{at}.{fact}" for fact in sorted(denied)])
                yield Found(status=Status.TO_JUDGE, reason=reason, subject=at, figures={"denied": sorted(denied)})
            elif stated is None:
                yield lacking(read, at)
            elif not measured:
                yield Found(status=Status.NOT_MEASURED, reason=NO_SCAN, subject=at)
            else:
                reason = AGREES.fill(count=len(measured))
                yield Found(
                    status=Status.SATISFIED, reason=reason, subject=at, figures={"measurements": len(measured)}
                )
