"""The attacks, in the order they are spent: cheapest first."""

from vidocq.attacks.label_gap import LabelGap
from vidocq.attacks.lira import Lira
from vidocq.attacks.lira_offline import LiraOffline
from vidocq.attacks.loss import Loss
from vidocq.attacks.loss_trace import LossTraceIqr
from vidocq.core.protocols import MembershipAttack
from vidocq.core.registry import Registry

ATTACKS: Registry[MembershipAttack] = Registry([LabelGap, Loss, LossTraceIqr, LiraOffline, Lira])
"""`blind` stands apart, in `attacks.blind`: it looks at records, not at signals of a model;
`one-run` too, in `attacks.one_run`: it looks at canaries that were put into training for it."""
