"""The attacks, in the order they are spent: cheapest first."""

from vidocq.attacks.canary import Canary
from vidocq.attacks.counterfactual import Counterfactual
from vidocq.attacks.divergence import Divergence
from vidocq.attacks.extraction import Extraction
from vidocq.attacks.label_gap import LabelGap
from vidocq.attacks.label_only import LabelOnly
from vidocq.attacks.lira import Lira
from vidocq.attacks.lira_offline import LiraOffline
from vidocq.attacks.lm_combined import LmCombined
from vidocq.attacks.lm_ez import LmEz
from vidocq.attacks.lm_loss import LmLoss
from vidocq.attacks.lm_min_k import LmMinK
from vidocq.attacks.lm_reference import LmReference
from vidocq.attacks.lm_window import LmWindow
from vidocq.attacks.lm_zlib import LmZlib
from vidocq.attacks.loss import Loss
from vidocq.attacks.loss_trace import LossTraceIqr
from vidocq.attacks.person_prompt import PersonPrompt
from vidocq.attacks.qmia import Qmia
from vidocq.attacks.retrieval import Retrieval
from vidocq.attacks.rmia import Rmia
from vidocq.core.protocols import FindingAttack, MembershipAttack
from vidocq.core.registry import Registry

ATTACKS: Registry[MembershipAttack] = Registry(
    [
        LabelGap,
        LabelOnly,
        Loss,
        LossTraceIqr,
        LmLoss,
        LmZlib,
        LmMinK,
        LmReference,
        LmEz,
        LmWindow,
        LmCombined,
        Qmia,
        Rmia,
        LiraOffline,
        Lira,
    ]
)
"""Three stand apart: `blind` looks at records, `structure` at the model's file, `one-run` at canaries that were put into
training for it."""

ON_LANGUAGE: Registry[FindingAttack] = Registry(
    [Extraction, Canary, PersonPrompt, Divergence, Retrieval, Counterfactual]
)
"""What a language model gives back: no score for each record, but figures."""
