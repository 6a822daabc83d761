"""The naive baseline: whoever is labelled correctly is called a member."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.signals import Signals
from vidocq.core.text import Text


@dataclass(frozen=True, kw_only=True)
class LabelGap:
    """Accuse if labelled correctly: finds no more than the gap between training and test accuracy."""

    card: ClassVar = AttackCard(
        id="label-gap",
        title=Text(fr="Écart de bonnes réponses", en="Label gap"),
        needs=Access.LABELS,
        source="Yeom et al. (2018), arXiv:1709.01604",
        limits=Text(
            fr="Accuse presque tout le monde : ne désigne personne avec sûreté, et ne voit que le surapprentissage moyen.",
            en="Accuses almost everyone: it points at nobody with confidence, and sees average overfitting only.",
        ),
        baseline=True,
        pooling="mean",
        discrete=True,
    )

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """1 where the predicted label is the true one, else 0, shape (n,). Draws nothing."""
        return signals.target_correct.astype(float)

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place."""
        return signals.reference_correct[references].astype(float)
