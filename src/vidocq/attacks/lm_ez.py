"""Where a fine-tuned model is still wrong, did it move towards the truth or away from it?"""

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

LEAST = 0.01
"""Nats added to both sums, so that one error alone is no certainty and nothing is divided by 0."""


@dataclass(frozen=True, kw_only=True)
class LmEz:
    """EZ-MIA: gains over losses of log-probability, on the tokens that were not the fine-tuned model's first choice.

    The score is the logarithm of the paper's ratio, which orders texts alike. A text that the model recites has no error
    left, and the paper's code gives it 0, as if it were the least remembered of all; here its error zone is then the
    whole text.
    """

    card: ClassVar = AttackCard(
        id="lm-ez",
        title=Text(fr="EZ, écarts là où le modèle se trompe", en="EZ, shifts where the model errs"),
        needs=Access.LOGPROBS,
        source="Ilić et al. (2026), arXiv:2601.12104",
        limits=Text(
            fr="Suppose le modèle de départ connu. Se fonde sur les seules erreurs du modèle : peu de tokens, donc du bruit, dans un "
            "texte court ou bien prédit.",
            en="Assumes that the base model is known. Rests on the model's errors alone: few tokens, hence noise, in a text "
            "that is short or well predicted.",
        ),
        extra="base",
    )

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Log of summed gains over summed losses, shape (n,). Draws nothing.

        Raises SignalError without tokens, or without a base model.
        """
        return self._of(of_target(signals, attack=self.card.id))

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place."""
        return stand_ins(self._of, signals, references, attack=self.card.id)

    def _of(self, tokens: TokenSignals) -> FloatArray:
        moved = gain(tokens, attack=self.card.id)
        errors = tokens.per_text(~tokens.top)
        zone = ~tokens.top | np.repeat(errors == 0, tokens.lengths)
        up = tokens.per_text(np.where(zone, np.maximum(moved, 0.0), 0.0))
        down = tokens.per_text(np.where(zone, np.maximum(-moved, 0.0), 0.0))
        found = np.log(up + LEAST) - np.log(down + LEAST)
        return np.where(tokens.lengths > 0, found, found.min(initial=0.0))
