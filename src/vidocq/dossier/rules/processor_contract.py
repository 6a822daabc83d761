"""Whether the contract with each processor holds every clause of article 28(3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.actor import Contract, Part
from vidocq.dossier.facts.names import name_in
from vidocq.dossier.reading import Reading, both, either
from vidocq.dossier.rules.items import NOBODY_SAID

NO_PROCESSOR = Text(fr="Aucun sous-traitant n'intervient.", en="No processor takes part.")
COMPLETE = Text(fr="Toutes les clauses de l'article 28.3 y sont.", en="All clauses of article 28(3) are there.")
LACKS = Text(fr="Il manque la {clause}.", en="There is no {clause}.")
NOT_DESCRIBED = Text(
    fr="L'acteur « {actor} » n'est pas décrit dans le dossier.",
    en="The party “{actor}” is not described in the file.",
)


@dataclass(frozen=True)
class ProcessorContractRule:
    """One processor after the other, and one clause after the other: a contract with one says nothing of the next."""

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
        whole = Reading()
        operations = whole.of(facts, "operations", at="")
        if operations is None:
            return (undetermined(self.card, NOBODY_SAID, read=whole),)
        parts: dict[str, dict[str, Part]] = {}
        found: list[Decision] = []
        for operation in operations:
            read = Reading()
            at = f"operations.{operation.id}"
            taken = read.of(operation, "parts", at=at)
            if taken is None:
                found.append(undetermined(self.card, read=read, subject=at))
            for part in taken or ():
                parts.setdefault(part.actor, {})[f"{at}.parts.{part.actor}"] = part
        for actor, taken in parts.items():
            found += self._about(actor, taken, facts, whole)
        return tuple(found) or (decided(self.card, "no_processor", NO_PROCESSOR, read=whole),)

    def _about(self, name: str, parts: dict[str, Part], facts: Facts, whole: Reading) -> Iterator[Decision]:
        """The decision about one party; none for one that is no processor in any operation."""
        read = Reading()
        subject = f"actors.{name}"
        involved = either(_obeys(part, read, at=at) for at, part in parts.items())
        if involved is False:
            for path, value in read.used.items():
                whole.uses(path, value)
            return
        if involved is None:
            yield undetermined(self.card, read=read, subject=subject)
            return
        actor = next((one for one in facts.actors or () if one.id == name), None)
        if actor is None:
            read.lacks(subject, NOT_DESCRIBED.fill(actor=name))
            yield undetermined(self.card, read=read, subject=subject)
            return
        clauses = Contract.model_fields
        said = {clause: read.of(actor.contract, clause, at=f"{subject}.contract") for clause in clauses}
        absent = [clause for clause, there in said.items() if there is False]
        if absent:
            reasons = [_naming(name_in("actors", f"contract.{clause}")) for clause in absent]
            yield decided(self.card, "incomplete", *reasons, read=read, subject=subject)
        elif None in said.values():
            yield undetermined(self.card, read=read, subject=subject)
        else:
            yield decided(self.card, "complete", COMPLETE, read=read, subject=subject)


def _obeys(part: Part, read: Reading, *, at: str) -> bool | None:
    """True if it processes for another: on instructions, or keeping what it was given for models of its own."""
    instructed = read.of(part, "on_instructions_only", at=at)
    decides = both([read.of(part, name, at=at) for name in ("decides_purpose", "decides_means")])
    if decides and instructed is False:
        return bool(read.against(part, "reuses_for_itself", at=at))
    return either([instructed, read.of(part, "reuses_for_itself", at=at)])


def _naming(clause: Text) -> Text:
    return Text(fr=LACKS.fr.format(clause=clause.fr), en=LACKS.en.format(clause=clause.en))
