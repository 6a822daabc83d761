"""Whether not telling persons one by one rests on an exemption that is open to this set."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision, lacking
from vidocq.dossier.file_checks.persons import personal_sets

INDIVIDUAL = Text(fr="Les personnes sont informées individuellement.", en="Persons are told individually.")
REACHABLE = Text(
    fr="Une dispense est invoquée alors que leurs coordonnées sont détenues : à apprécier.",
    en="An exemption is relied on although their contact details are held: to be judged.",
)
STATUSES: Final = {
    "exempt_already_told": Status.SATISFIED,
    "exempt_by_law": Status.TO_JUDGE,
    "exempt_public_notice": Status.SATISFIED,
    "required": Status.NOT_SATISFIED,
}
NEEDED: Final = ("effort_weighed", "public_notice")


@dataclass(frozen=True)
class ExemptionOpen:
    """How persons are told, against what the rule on information finds."""

    card: ClassVar = FileCheckCard(
        id="file-exemption",
        title=Text(fr="Dispense d'information individuelle", en="Exemption from individual information"),
        compares=Text(
            fr="Mode d'information et origine des données, avec les dispenses ouvertes : aucune pour une collecte directe.",
            en="How persons are told and where data comes from, with the exemptions open: none of effort for direct collection.",
        ),
        limits=Text(
            fr="Compte les pièces de la mise en balance ; n'apprécie ni l'effort ni l'atteinte.",
            en="Counts what the weighing is made of; judges neither effort nor intrusion.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset, read, at, early in personal_sets(file):
            told = read.of(dataset.information, "told", at=f"{at}.information")
            if early is not None:
                yield early
            elif told is None:
                yield lacking(read, at)
            elif told == "individually":
                yield Found(status=Status.NOT_APPLICABLE, reason=INDIVIDUAL, subject=at)
            else:
                (decision,) = file.decided("information", at)
                unknown = [name for name in NEEDED if getattr(dataset.information, name) is None]
                claimed = dataset.information.contact_is_impossible or dataset.information.contact_is_disproportionate
                if decision.value == "required" and dataset.is_indirect and claimed is not False and unknown:
                    for name in unknown:
                        read.of(dataset.information, name, at=f"{at}.information")
                    yield lacking(read, at)
                elif decision.value == "exempt_public_notice" and dataset.information.has_contact_details:
                    yield Found(status=Status.TO_JUDGE, reason=REACHABLE, subject=at)
                else:
                    yield by_decision(decision, STATUSES)
