"""Whether the legitimate interest was assessed in full, and in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision
from vidocq.dossier.file_checks.persons import personal_sets
from vidocq.dossier.file_checks.uses import compared, uses

STATUSES: Final = {
    "not_relied_on": Status.NOT_APPLICABLE,
    "condition_missing": Status.NOT_SATISFIED,
    "to_judge": Status.TO_JUDGE,
}


@dataclass(frozen=True)
class InterestAssessed:
    """The conditions, as the rule counts them, then the date of the assessment against the first use."""

    card: ClassVar = FileCheckCard(
        id="file-interest",
        title=Text(fr="Intérêt légitime évalué avant l'usage", en="Legitimate interest assessed before use"),
        compares=Text(
            fr="Conditions documentées et manquantes, puis date de l'évaluation et premier usage du jeu.",
            en="Conditions documented and missing, then date of the assessment and first use of the set.",
        ),
        limits=Text(
            fr="Ne dit jamais que l'intérêt est légitime : les conditions sont documentées, une personne conclut.",
            en="Never says that the interest is legitimate: the conditions are documented, a person concludes.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset, read, at, early in personal_sets(file):
            if early is not None:
                yield early
                continue
            (decision,) = file.decided("interest", at)
            if decision.value == "conditions_documented":
                day = read.of(file.facts.interest, "assessed_on", at="interest")
                yield compared(day, uses(dataset, file.facts, read), read=read, subject=at)
            else:
                yield by_decision(decision, STATUSES)
