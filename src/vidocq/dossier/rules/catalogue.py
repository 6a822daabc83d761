"""The list of rules, in the order in which a file is read."""

from typing import Final

from vidocq.core.registry import Registry
from vidocq.dossier.decision import Decision, Rule
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.rules.regime import RegimeRule

RULES: Final[Registry[Rule]] = Registry([RegimeRule])


def decide_all(facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
    """The decisions of every rule, in the order of the catalogue."""
    return tuple(decision for rule in RULES.defaults() for decision in rule.decide(facts, evidence))
