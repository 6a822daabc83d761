"""What fine-tuning taught: the likelihood of a text against that by the model it started from."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.attacks.tokens import gain, of_target, stand_ins
from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.signals import Signals
from vidocq.core.text import Text
from vidocq.core.token_signals import TokenSignals
from vidocq.measure.ragged import means


@dataclass(frozen=True, kw_only=True)
class LmReference:
    """Mean gain of log-probability, token by token, of the fine-tuned model over its base."""

    card: ClassVar = AttackCard(
        id="lm-reference",
        title=Text(fr="Gain sur le modèle de départ", en="Gain over the base model"),
        needs=Access.LOGPROBS,
        source="Mireshghallah et al. (2022), arXiv:2205.12506",
        limits=Text(
            fr="Suppose le modèle de départ connu. Un texte typique du domaine d'ajustement gagne aussi sans avoir été vu.",
            en="Assumes that the base model is known. A text typical of the fine-tuning domain gains too without being seen.",
        ),
        extra="base",
    )

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Mean gain in nats, shape (n,). Draws nothing. Raises SignalError without tokens, or without a base model."""
        return self._of(of_target(signals, attack=self.card.id))

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place."""
        return stand_ins(self._of, signals, references, attack=self.card.id)

    def _of(self, tokens: TokenSignals) -> FloatArray:
        return means(gain(tokens, attack=self.card.id), tokens)
