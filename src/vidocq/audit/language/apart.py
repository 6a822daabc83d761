"""From measurements to the ruling where nobody knows whom the model was trained on (rule, line 7 alone)."""

from collections.abc import Sequence

import numpy as np

from vidocq.attacks.blind import Blind
from vidocq.attacks.catalogue import ATTACKS
from vidocq.audit.examine import Examination, direct_tests, ruled
from vidocq.audit.rule.evidence import Evidence
from vidocq.audit.rule.verdict import rule
from vidocq.audit.terms import Terms
from vidocq.core.measured import Measured
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text


def examine_apart(measured: Sequence[Measured], terms: Terms) -> Examination:
    """A leak may be shown; nothing is ever bounded."""
    evidence = Evidence(
        tallies=(),
        panel=None,
        panel_registered=False,
        recipe_gate=None,
        negative_alarms=None,
        blind=None,
        required=(),
        randomised=False,
        look=terms.look,
        tau_average=terms.tau_average,
        tau_worst=terms.tau_worst,
        direct_tests=direct_tests(terms, measured),
        members_given=False,
        scope=terms.scope,
    )
    ruling = rule(evidence)
    membership = [
        NotMeasured(name, NO_MEMBERS) for name in terms.suite.attacks if name in ATTACKS or name == Blind.card.id
    ]
    return Examination(
        evidence=evidence,
        ruling=ruling,
        readings=(),
        positive=(),
        gate=None,
        panel=None,
        blind_scores=np.empty(0),
        not_measured=(*membership, *(reason for one in measured for reason in one.absent)),
        findings=tuple(ruled(finding, evidence, ruling) for one in measured for finding in one.findings),
    )


NO_MEMBERS = Text(
    fr="Il faut des textes d'entraînement et des textes témoins ; aucun n'a été fourni.",
    en="Training texts and control texts are needed; none were given.",
)
