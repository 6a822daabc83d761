"""How many of the clauses of article 28.3 each contract holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from vidocq.core.status import Status
from vidocq.core.text import Text
from vidocq.dossier.facts.actor import Contract
from vidocq.dossier.file_checks.card import File, FileCheckCard, Found, by_decision

STATUSES: Final = {
    "no_processor": Status.NOT_APPLICABLE,
    "complete": Status.SATISFIED,
    "incomplete": Status.NOT_SATISFIED,
}


@dataclass(frozen=True)
class ProcessorClauses:
    """Clauses stated to be there, of nine, for each processor."""

    card: ClassVar = FileCheckCard(
        id="file-processor-clauses",
        title=Text(fr="Clauses du contrat de sous-traitance", en="Clauses of the contract with a processor"),
        compares=Text(
            fr="Clauses présentes sur celles de l'article 28.3, pour chaque acteur qui traite des données pour un autre.",
            en="Clauses there, of those of article 28(3), for each party that processes data for another.",
        ),
        limits=Text(fr="Ne lit pas le contrat.", en="Does not read the contract."),
    )

    def look(self, file: File) -> Iterator[Found]:
        stated = {
            f"actors.{actor.id}": list(actor.contract.model_dump().values()) for actor in file.facts.actors or ()
        }
        for decision in file.decided("processor-contract"):
            clauses = stated.get(decision.subject, [])
            yield by_decision(decision, STATUSES, clauses=clauses.count(True), of=len(Contract.model_fields))
