"""The oldest attack: what a model predicts well, it may have seen."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.signals import Signals
from vidocq.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Loss:
    """One threshold on the loss for everyone."""

    card: ClassVar = AttackCard(
        id="loss",
        title=Text(fr="Perte, seuil unique", en="Loss, one threshold"),
        needs=Access.PROBABILITIES,
        source="Yeom et al. (2018), arXiv:1709.01604",
        limits=Text(
            fr="Confond un enregistrement facile avec un membre : son silence ne dit presque rien des valeurs atypiques.",
            en="Takes an easy record for a member: its silence says almost nothing about outliers.",
        ),
        baseline=True,
        pooling="mean",
    )

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Confidence of the target in the true label (falls as the loss rises), shape (n,). Draws nothing."""
        return signals.target_confidence.copy()

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place."""
        return signals.reference_confidence[references]
