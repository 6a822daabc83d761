"""Whether the need for an impact assessment was settled before processing began."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision
from vidocq.dossier.file_checks.persons import personal_sets
from vidocq.dossier.file_checks.uses import compared, uses
from vidocq.dossier.reading import Reading


@dataclass(frozen=True)
class DpiaScreening:
    """The rule's decision, then the date of the screening, or of the assessment itself, against the first use."""

    card: ClassVar = FileCheckCard(
        id="file-dpia-screening",
        title=Text(fr="Nécessité d'une AIPD examinée avant le traitement", en="Need for a DPIA settled before use"),
        compares=Text(
            fr="Décision tirée des critères, date de cet examen (ou de l'AIPD) et premier usage des jeux.",
            en="Decision drawn from the criteria, date of that screening (or of the DPIA) and first use of the sets.",
        ),
        limits=Text(
            fr="Ne lit ni l'examen ni l'AIPD, et ne consulte pas les listes de la CNIL.",
            en="Reads neither screening nor assessment, and does not look up the authority's lists.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        (decision,) = file.decided("dpia")
        if not decision.is_determined:
            yield by_decision(decision, {})
            return
        if decision.value == "to_judge":
            yield by_decision(decision, {"to_judge": Status.TO_JUDGE})
            return
        read = Reading()
        first: list[datetime.date | None] = []
        for dataset, _, _, early in personal_sets(file):
            if early is None:
                first += uses(dataset, file.facts, read)
        impact = file.facts.impact
        dates = [day for day in (impact.screened_on, impact.done_on) if day is not None]
        if not dates:
            read.of(impact, "screened_on", at="impact")
        yield compared(min(dates, default=None), first, read=read, subject="")
