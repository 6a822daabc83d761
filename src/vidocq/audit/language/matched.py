"""Whether control texts are like the members' (rule, line 7): if not, that members' are given back more often shows nothing."""

from dataclasses import replace

from vidocq.attacks.blind import Blind
from vidocq.attacks.divergence import Divergence
from vidocq.attacks.extraction import Extraction
from vidocq.audit.language.measuring import Heard
from vidocq.audit.rule.verdict import BLIND_AUC_CEILING
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import FloatArray
from vidocq.core.measured import Measured
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text
from vidocq.measure.auc import auc

BESIDE_THE_OTHERS = (Extraction.card.id, Divergence.card.id)
"""Measurements whose controls are the texts of the non-members."""


def tested_where_matched(heard: Heard, people: Population, blind: FloatArray, *, randomised: bool) -> Heard:
    """The same, but that a test beside texts that can be told apart unread loses its p, and says why.

    Other texts of another period or kind are easier, or harder, to go on with for any model. What was counted stays.
    blind       (n,) log-odds of membership from the texts alone.
    randomised  chance drew the two files, as far as anybody says: it takes a plain sign not to believe it.
    """
    seen = auc(people.pool(blind, Blind.card.pooling), people.is_member)
    if seen.low <= (BLIND_AUC_CEILING if randomised else 0.5):
        return heard
    reason = UNMATCHED.fill(auc=f"{seen.value:.2f}")
    by_id = {
        name: _untested(name, one, reason) if name in BESIDE_THE_OTHERS else one for name, one in heard.by_id.items()
    }
    return Heard(by_id, heard.may_pass)


def _untested(name: str, measured: Measured, reason: Text) -> Measured:
    if all(finding.p is None for finding in measured.findings):
        return measured
    return replace(
        measured,
        findings=tuple(replace(finding, p=None) for finding in measured.findings),
        absent=(*measured.absent, NotMeasured(name, reason)),
    )


UNMATCHED = Text(
    fr="Le test n'est pas retenu : les textes témoins se distinguent des textes d'entraînement sans interroger le modèle "
    "(AUC {auc}), et ne sont donc pas des témoins appariés.",
    en="The test is not kept: control texts can be told from training texts without the model (AUC {auc}), so that they "
    "are no matched controls.",
)
