"""How many of the clauses of article 28.3 each contract holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision

STATUSES: Final = {
    "no_processor": Status.NOT_APPLICABLE,
    "complete": Status.SATISFIED,
    "incomplete": Status.NOT_SATISFIED,
}


@dataclass(frozen=True)
class ProcessorClauses:
    """Clauses stated to be there, of nine, for each operation with a processor."""

    card: ClassVar = FileCheckCard(
        id="file-processor-clauses",
        title=Text(fr="Clauses du contrat de sous-traitance", en="Clauses of the contract with a processor"),
        compares=Text(
            fr="Clauses présentes sur celles de l'article 28.3, pour chaque opération où un acteur agit sur instructions.",
            en="Clauses there, of those of article 28(3), for each operation in which a party acts on instructions.",
        ),
        limits=Text(fr="Ne lit pas le contrat.", en="Does not read the contract."),
    )

    def look(self, file: File) -> Iterator[Found]:
        for operation in file.facts.operations or ():
            clauses = [getattr(operation.contract, name) for name in type(operation.contract).model_fields]
            for decision in file.decided("processor-contract", f"operations.{operation.id}"):
                yield by_decision(decision, STATUSES, clauses=clauses.count(True), of=len(clauses))
