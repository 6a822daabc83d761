"""A rule that answers once for each data set, model or operation."""

from collections.abc import Callable, Iterable
from typing import Any

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, undetermined
from vidocq.dossier.facts import Facts
from vidocq.dossier.reading import Reading

NOBODY_SAID = Text(
    fr="On ne sait pas de quoi il faut parler : rien n'est supposé.",
    en="It is not known what there is: nothing is assumed.",
)


def every(
    card: RuleCard, facts: Facts, group: str, decide: Callable[[Any], Iterable[Decision]]
) -> tuple[Decision, ...]:
    """The decisions about each item of one list of facts; a single undetermined one where that list is missing."""
    read = Reading()
    items = read.of(facts, group, at="")
    if items is None:
        return (undetermined(card, NOBODY_SAID, read=read),)
    return tuple(decision for item in items for decision in decide(item))
