"""A text that compresses well is likely for any model: its likelihood is set against its compressed size."""

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


@dataclass(frozen=True, kw_only=True)
class LmZlib:
    """Log-probability of the whole text for each byte that zlib leaves of it."""

    card: ClassVar = AttackCard(
        id="lm-zlib",
        title=Text(fr="Perte rapportée à la taille compressée", en="Loss against compressed size"),
        needs=Access.LOGPROBS,
        source="Carlini et al. (2021), arXiv:2012.07805",
        limits=Text(
            fr="La compression ne mesure que la répétition interne d'un texte : un texte varié mais banal passe pour un membre.",
            en="Compression only measures repetition within a text: a varied yet common text passes for a member.",
        ),
        baseline=True,
    )

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Sum of log-probabilities over compressed bytes, in nats a byte, shape (n,). Draws nothing.

        Raises SignalError without tokens.
        """
        return self._of(of_target(signals, attack=self.card.id))

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place."""
        return stand_ins(self._of, signals, references, attack=self.card.id)

    def _of(self, tokens: TokenSignals) -> FloatArray:
        found = tokens.per_text(bounded(tokens)) / np.maximum(tokens.zipped, 1)
        return np.where(tokens.lengths > 0, found, found.min(initial=0.0))
