"""Whether the legal basis of each set was chosen before the set was used."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, lacking
from vidocq.dossier.file_checks.persons import personal_sets
from vidocq.dossier.file_checks.uses import compared, uses


@dataclass(frozen=True)
class LegalBasisDate:
    """Its date against collection for this purpose, operations and training."""

    card: ClassVar = FileCheckCard(
        id="file-legal-basis",
        title=Text(fr="Base légale datée d'avant l'usage", en="Legal basis dated before use"),
        compares=Text(
            fr="Date à laquelle la base légale a été retenue et premier usage du jeu (collecte à cette fin, opérations, "
            "entraînement).",
            en="Date on which the legal basis was chosen and first use of the set (collection for it, operations, training).",
        ),
        limits=Text(
            fr="Ne dit pas si la base légale convient : une règle en examine les conditions, une personne conclut.",
            en="Does not tell whether the basis fits: a rule looks at its conditions, a person concludes.",
        ),
    )

    def look(self, file: File) -> Iterator[Found]:
        for dataset, read, at, early in personal_sets(file):
            if early is not None:
                yield early
                continue
            basis = read.of(dataset, "legal_basis", at=at)
            found = compared(
                read.of(dataset, "legal_basis_set_on", at=at), uses(dataset, file.facts, read), read=read, subject=at
            )
            yield found if basis is not None else lacking(read, at)
