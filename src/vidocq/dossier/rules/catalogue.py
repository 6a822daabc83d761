"""The list of rules, in the order in which a file is read."""

from typing import Final

from vidocq.core.registry import Registry
from vidocq.dossier.decision import Decision, Rule
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.rules.dpia import DpiaRule
from vidocq.dossier.rules.information import InformationRule
from vidocq.dossier.rules.interest import InterestRule
from vidocq.dossier.rules.legal_basis import LegalBasisRule
from vidocq.dossier.rules.model_status import ModelStatusRule
from vidocq.dossier.rules.prior_consultation import PriorConsultationRule
from vidocq.dossier.rules.processor_contract import ProcessorContractRule
from vidocq.dossier.rules.regime import RegimeRule
from vidocq.dossier.rules.representative import RepresentativeRule
from vidocq.dossier.rules.reuse import ReuseRule
from vidocq.dossier.rules.review import ReviewRule
from vidocq.dossier.rules.role import RoleRule
from vidocq.dossier.rules.system_status import SystemStatusRule
from vidocq.dossier.rules.transfers import TransferRule
from vidocq.dossier.rules.vulnerability import VulnerabilityRule

RULES: Final[Registry[Rule]] = Registry(
    [
        RegimeRule,
        RoleRule,
        ProcessorContractRule,
        TransferRule,
        RepresentativeRule,
        LegalBasisRule,
        InterestRule,
        ReuseRule,
        DpiaRule,
        PriorConsultationRule,
        InformationRule,
        ModelStatusRule,
        SystemStatusRule,
        ReviewRule,
        VulnerabilityRule,
    ]
)


def decide_all(facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
    """The decisions of every rule, in the order of the catalogue."""
    return tuple(decision for rule in RULES.defaults() for decision in rule.decide(facts, evidence))
