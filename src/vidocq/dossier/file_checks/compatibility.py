"""How much of the compatibility test was done for data that is used again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision
from vidocq.dossier.file_checks.persons import personal_sets

FACTORS: Final = ("link_judged", "context_judged", "nature_judged", "effects_judged", "safeguards_judged")
STATUSES: Final = {
    "first_use": Status.NOT_APPLICABLE,
    "no_test_needed": Status.NOT_APPLICABLE,
    "found_compatible": Status.SATISFIED,
    "checked": Status.SATISFIED,
    "to_judge": Status.NOT_SATISFIED,
    "not_allowed": Status.NOT_SATISFIED,
}


@dataclass(frozen=True)
class CompatibilityTest:
    """Factors that were looked at, of five, with the conclusion that the rule draws."""

    card: ClassVar = FileCheckCard(
        id="file-compatibility",
        title=Text(fr="Test de compatibilité complet", en="Compatibility test complete"),
        compares=Text(
            fr="Facteurs examinés sur les cinq de l'article 6.4, et conclusion inscrite.",
            en="Factors looked at, of the five of article 6(4), and the conclusion stated.",
        ),
        limits=Text(
            fr="Compte les facteurs examinés ; ne dit pas si la réutilisation est compatible.",
            en="Counts the factors looked at; does not tell whether the reuse is compatible.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset, _, at, early in personal_sets(file):
            if early is not None:
                yield early
                continue
            judged = sum(getattr(dataset.reuse, name) is True for name in FACTORS)
            (decision,) = file.decided("reuse", at)
            yield by_decision(decision, STATUSES, judged=judged, of=len(FACTORS))
