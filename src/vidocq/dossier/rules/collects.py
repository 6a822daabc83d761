"""Whether a party holds nothing but what it collected from the persons themselves."""

from typing import Final

from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.actor import Actor, Operation
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.reading import Reading

FROM_PERSONS: Final = frozenset({"collected", "user_conversations"})
"""Origins that can be the persons themselves."""


def collects_alone(actor: Actor, facts: Facts, read: Reading) -> bool:
    """True if all sets it works on were collected by it from the persons, by what the operations say.

    An answer that is missing in any operation leaves it False: somebody might pass data on to it.
    """
    operations = facts.operations or ()
    if not operations or any(one.parts is None or one.kind is None or one.datasets is None for one in operations):
        return False
    own = [one for one in operations if any(part.actor == actor.id for part in one.parts or ())]
    collected = {name for one in own if _decides(actor, one) for name in one.datasets or ()}
    used = {name for one in own for name in one.datasets or ()}
    sets = {dataset.id: dataset for dataset in facts.datasets or ()}
    if (
        not used
        or not used <= collected
        or not all(name in sets and _from_persons(sets[name], read) for name in used)
    ):
        return False
    for one in own:
        read.uses(f"operations.{one.id}.datasets", one.datasets)
    return True


def _decides(actor: Actor, operation: Operation) -> bool:
    """True if it is the one who collects in this operation, for its own account."""
    return operation.kind == "collect" and any(
        part.actor == actor.id and part.decides_purpose and part.decides_means and not part.on_instructions_only
        for part in operation.parts or ()
    )


def _from_persons(dataset: DataSet, read: Reading) -> bool:
    at = f"datasets.{dataset.id}"
    indirect, origins = read.of(dataset, "is_indirect", at=at), read.of(dataset, "origins", at=at)
    return indirect is False and bool(origins) and set(origins) <= FROM_PERSONS
