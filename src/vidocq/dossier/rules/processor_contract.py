"""Whether the contract with a processor holds every clause of article 28(3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.actor import Contract, Operation
from vidocq.dossier.facts.asked import question
from vidocq.dossier.reading import Reading, either
from vidocq.dossier.rules.items import every

NO_PROCESSOR = Text(fr="Aucun sous-traitant n'intervient.", en="No processor takes part.")
COMPLETE = Text(fr="Toutes les clauses de l'article 28.3 y sont.", en="All clauses of article 28(3) are there.")
LACKS = Text(fr="Clause absente : {clause}.", en="Clause absent: {clause}.")


@dataclass(frozen=True)
class ProcessorContractRule:
    """One clause after the other."""

    card: ClassVar = RuleCard(
        id="processor-contract",
        title=Text(fr="Contrat de sous-traitance", en="Contract with the processor"),
        values={
            "no_processor": Text(fr="pas de sous-traitant", en="no processor"),
            "complete": Text(fr="clauses présentes", en="clauses present"),
            "incomplete": Text(fr="clauses manquantes", en="clauses missing"),
        },
        source="GDPR, art. 28(3); CNIL, AI how-to sheet 3",
        limits=Text(
            fr="Suit ce qui est déclaré du contrat ; ne le lit pas.",
            en="Follows what was stated of the contract; does not read it.",
        ),
        favourable=frozenset({"no_processor", "complete"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        return every(self.card, facts, "operations", self._about)

    def _about(self, operation: Operation) -> Iterator[Decision]:
        read = Reading()
        at = f"operations.{operation.id}"
        parts = read.of(operation, "parts", at=at)
        if parts is None:
            yield undetermined(self.card, read=read, subject=at)
            return
        involved = either(read.of(part, "on_instructions_only", at=f"{at}.parts.{part.actor}") for part in parts)
        if not involved:
            if involved is None:
                yield undetermined(self.card, read=read, subject=at)
            else:
                yield decided(self.card, "no_processor", NO_PROCESSOR, read=read, subject=at)
            return
        clauses = Contract.model_fields
        said = {name: read.of(operation.contract, name, at=f"{at}.contract") for name in clauses}
        absent = [name for name, there in said.items() if there is False]
        if absent:
            reasons = [_naming(question(clauses[name])) for name in absent]
            yield decided(self.card, "incomplete", *reasons, read=read, subject=at)
        elif None in said.values():
            yield undetermined(self.card, read=read, subject=at)
        else:
            yield decided(self.card, "complete", COMPLETE, read=read, subject=at)


def _naming(clause: Text) -> Text:
    return Text(fr=LACKS.fr.format(clause=clause.fr), en=LACKS.en.format(clause=clause.en))
