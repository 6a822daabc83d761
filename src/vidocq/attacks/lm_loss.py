"""The oldest attack, on texts: what a language model finds likely, it may have seen."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.attacks.tokens import bounded, of_target, stand_ins
from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.signals import Signals
from vidocq.core.text import Text
from vidocq.core.token_signals import TokenSignals
from vidocq.measure.ragged import means


@dataclass(frozen=True, kw_only=True)
class LmLoss:
    """One threshold on the mean log-probability for every text."""

    card: ClassVar = AttackCard(
        id="lm-loss",
        title=Text(fr="Perte d'un modèle de langue", en="Loss of a language model"),
        needs=Access.LOGPROBS,
        source="Yeom et al. (2018), arXiv:1709.01604",
        limits=Text(
            fr="Confond un texte banal avec un texte mémorisé : son silence ne dit presque rien des textes rares.",
            en="Takes a common text for a memorised one: its silence says almost nothing about rare texts.",
        ),
        baseline=True,
    )

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Mean log-probability of the tokens, in nats, shape (n,). Draws nothing. Raises SignalError without tokens."""
        return self._of(of_target(signals, attack=self.card.id))

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place."""
        return stand_ins(self._of, signals, references, attack=self.card.id)

    def _of(self, tokens: TokenSignals) -> FloatArray:
        return means(bounded(tokens), tokens)
