"""Where an entry stands: its operation, who holds the register, who else takes part, and what the rules answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vidocq.dossier.decision import Decision
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.actor import Actor, Operation
from vidocq.dossier.facts.dataset import DataSet

DECIDING = frozenset({"controller", "joint"})


def part_path(operation: str, actor: str) -> str:
    """The path of one actor's part, as the rule "role" names its subjects."""
    return f"operations.{operation}.parts.{actor}"


@dataclass(frozen=True, kw_only=True)
class Place:
    """What columns are built from.

    roles      value of the rule "role" by subject, such as "operations.train.parts.lab".
    transfers  decisions of the rule "transfer" by subject, such as "actors.host".
    """

    facts: Facts
    operation: Operation
    actor: Actor
    is_own_reuse: bool
    roles: Mapping[str, str]
    transfers: Mapping[str, Decision]

    @property
    def part(self) -> str:
        return part_path(self.operation.id, self.actor.id)

    def actor_named(self, name: str) -> Actor | None:
        return next((actor for actor in self.facts.actors or () if actor.id == name), None)

    def dataset_named(self, name: str) -> DataSet | None:
        return next((dataset for dataset in self.facts.datasets or () if dataset.id == name), None)

    def others_deciding(self) -> Iterator[str]:
        """Ids of the other parties that decide purpose and means of this operation."""
        for part in self.operation.parts or ():
            if part.actor != self.actor.id and self.roles.get(part_path(self.operation.id, part.actor)) in DECIDING:
                yield part.actor

    def operations_on_same_data(self) -> Iterator[Operation]:
        """This operation, and every other that is not known to touch other sets only."""
        mine = self.operation.datasets
        for operation in self.facts.operations or ():
            theirs = operation.datasets
            is_this = operation.id == self.operation.id
            if is_this or mine is None or theirs is None or set(mine) & set(theirs):
                yield operation
