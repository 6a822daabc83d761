"""Whether the authority has to be consulted before starting."""

from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.text import Text
from vidocq.dossier.decision import Decision, RuleCard, decided, undetermined
from vidocq.dossier.evidence import Evidence
from vidocq.dossier.facts import Facts
from vidocq.dossier.reading import Reading
from vidocq.dossier.rules.dpia import DpiaRule

PRIOR_DUE = Text(
    fr="Le risque résiduel est élevé : consulter la CNIL avant de commencer (article 36).",
    en="The residual risk is high: consult the authority before starting (article 36).",
)
PRIOR_NOT_DUE = Text(fr="Le risque résiduel n'est pas élevé.", en="The residual risk is not high.")
NO_DPIA = Text(fr="Aucune AIPD n'est nécessaire.", en="No DPIA is needed.")
NOT_DONE = Text(
    fr="L'AIPD n'est pas faite, ou son risque résiduel n'est pas dit.",
    en="The DPIA is not done, or its residual risk not said.",
)


@dataclass(frozen=True)
class PriorConsultationRule:
    """Due where the impact assessment leaves a high risk."""

    card: ClassVar = RuleCard(
        id="prior-consultation",
        title=Text(fr="Consultation préalable de la CNIL", en="Prior consultation of the authority"),
        values={
            "required": Text(fr="requise", en="required"),
            "not_required": Text(fr="non requise", en="not required"),
            "not_concerned": Text(
                fr="sans objet, faute d'AIPD à mener", en="not concerned: there is no DPIA to lead"
            ),
        },
        source="GDPR, art. 36; CNIL, AI how-to sheet 5",
        limits=Text(fr="Suit le risque résiduel déclaré.", en="Follows the residual risk that was stated."),
        favourable=frozenset({"not_required"}),
    )

    def decide(self, facts: Facts, evidence: Evidence) -> tuple[Decision, ...]:
        (dpia,) = DpiaRule().decide(facts, evidence)
        read = Reading()
        read.uses("rule.dpia", dpia.value)
        high = read.of(facts.impact, "residual_risk_high", at="impact")
        done = read.of(facts.impact, "done_on", at="impact")
        if high:
            return (decided(self.card, "required", PRIOR_DUE, read=read),)
        if dpia.value == "not_required":
            return (decided(self.card, "not_concerned", NO_DPIA, read=read),)
        if high is False and done is not None:
            return (decided(self.card, "not_required", PRIOR_NOT_DUE, read=read),)
        return (undetermined(self.card, NOT_DONE, read=read),)
