"""Whether each recommendation that is not followed has its reasoned departure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file.departing import Departure
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found

BINDING: Final = "mandatory"
OPEN = Text(
    fr="Recommandations déclarées non suivies, sans justification : {points}.",
    en="Recommendations declared not followed, without reasons: {points}.",
)
BINDS = Text(
    fr="Points obligatoires écartés, ce qui n'est pas possible : {points}.",
    en="Mandatory points departed from, which cannot be: {points}.",
)
REASONED = Text(
    fr="{count} écart(s), chacun avec raison, mesure de remplacement, responsable et date.",
    en="{count} departure(s), each with reason, substitute measure, owner and date.",
)
PARTIAL = Text(
    fr="{count} écart(s) sans raison, mesure de remplacement, responsable ou date.",
    en="{count} departure(s) without reason, substitute measure, owner or date.",
)
NONE = Text(fr="Aucun écart n'est inscrit.", en="No departure is recorded.")


@dataclass(frozen=True)
class DeparturesReasoned:
    """Answers and departures in the ledger, by the level of their point."""

    card: ClassVar = FileCheckCard(
        id="file-departures",
        title=Text(fr="Écarts justifiés", en="Departures with reasons"),
        compares=Text(
            fr="Points recommandés déclarés non satisfaits et écarts inscrits, avec raison, mesure, responsable et date.",
            en="Recommended points declared not satisfied and departures recorded, with reason, measure, owner and date.",
        ),
        limits=Text(
            fr="Ne juge pas la raison, et ne voit pas un écart que personne n'inscrit.",
            en="Does not judge the reason, and does not see a departure that nobody records.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        departed = {name for (name, _), one in file.positions.items() if isinstance(one, Departure)}
        whole = [
            one
            for one in file.positions.values()
            if isinstance(one, Departure) and one.reason and one.substitute and one.owner and one.at
        ]
        unmet = sorted(
            name
            for (name, _), one in file.positions.items()
            if not isinstance(one, Departure)
            and one.status is Status.NOT_SATISFIED
            and file.levels.get(name, BINDING) != BINDING
        )
        binding = sorted(name for name in departed if file.levels.get(name) == BINDING)
        figures = {"departures": len(departed), "whole": len(whole), "unmet": len(unmet), "binding": len(binding)}
        partial = sum(isinstance(one, Departure) for one in file.positions.values()) - len(whole)
        if unmet:
            yield Found(status=Status.NOT_SATISFIED, reason=OPEN.fill(points=", ".join(unmet)), figures=figures)
        elif binding:
            yield Found(status=Status.NOT_SATISFIED, reason=BINDS.fill(points=", ".join(binding)), figures=figures)
        elif partial:
            yield Found(status=Status.NOT_SATISFIED, reason=PARTIAL.fill(count=partial), figures=figures)
        elif not departed:
            yield Found(status=Status.NOT_APPLICABLE, reason=NONE, figures=figures)
        else:
            yield Found(status=Status.SATISFIED, reason=REASONED.fill(count=len(whole)), figures=figures)
