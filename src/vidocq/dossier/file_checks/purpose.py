"""Whether the purpose was set before any set was used for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.file_checks.persons import personal_sets
from vidocq.dossier.file_checks.uses import compared, uses


@dataclass(frozen=True)
class PurposeDate:
    """Its date against the first use of each set."""

    card: ClassVar = FileCheckCard(
        id="file-purpose-date",
        title=Text(fr="Finalité fixée avant l'usage des données", en="Purpose set before use of data"),
        compares=Text(
            fr="Date à laquelle la finalité a été fixée et premier usage de chaque jeu à cette fin.",
            en="Date on which the purpose was set and first use of each set for it.",
        ),
        limits=Text(
            fr="Ne dit pas si la finalité est assez précise, ni si elle figure au registre.",
            en="Does not tell whether the purpose is precise enough, nor whether the register holds it.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset, read, at, early in personal_sets(file):
            if early is not None:
                yield early
                continue
            stated = read.of(file.facts.system, "purpose", at="system")
            day = read.of(file.facts.system, "purpose_set_on", at="system")
            found = compared(day, uses(dataset, file.facts, read), read=read, subject=at)
            yield found if stated else lacking(read, at)
