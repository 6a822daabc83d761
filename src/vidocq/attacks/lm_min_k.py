"""A memorised text has no token that surprises: only the least likely tokens are looked at."""

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
from vidocq.measure.ragged import lowest_mean

LEAST_SPREAD = 1e-6
"""Of the log-probability of the next token, in nats: where a model is certain there is nothing to divide by."""

PLAIN_TITLE = Text(fr="Min-K%, tokens les moins probables", en="Min-K%, least likely tokens")


@dataclass(frozen=True, kw_only=True)
class LmMinK:
    """Min-K%++: each token's log-probability, standardised by what the model expected of its own next token.

    Where a server tells the log-probability of the tokens that stand there and no more, plain Min-K%
    (arXiv:2310.16789), which does not standardise, takes its place; `plain` tells which it was.
    The paper takes the best of ten shares; one is fixed beforehand here, as a threshold must not be chosen on the target.
    """

    card: ClassVar = AttackCard(
        id="lm-min-k",
        title=Text(fr="Min-K%++, tokens les moins probables", en="Min-K%++, least likely tokens"),
        needs=Access.LOGPROBS,
        source="Zhang et al. (2024), arXiv:2404.02936",
        limits=Text(
            fr="Ne compare pas au modèle de départ : un texte banal peut passer pour mémorisé. Là où le serveur ne donne que la "
            "log-probabilité du token présent, c'est Min-K% simple (arXiv:2310.16789), plus faible, qui est mesuré.",
            en="Does not compare with the base model: a common text may pass for a memorised one. Where a server gives no more "
            "than the log-probability of the token that stands there, plain Min-K% (arXiv:2310.16789), which is weaker, "
            "is measured.",
        ),
    )
    share: float = 0.2

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Mean over the lowest `share` of each text's tokens, in spreads (plain: in nats), shape (n,). Draws nothing.

        Raises SignalError without tokens.
        """
        return self._of(of_target(signals, attack=self.card.id))

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place."""
        plainly = signals.target_tokens is not None and self.plain(signals.target_tokens)
        return stand_ins(lambda t: self._of(t, plain=plainly or None), signals, references, attack=self.card.id)

    @classmethod
    def titled(cls, tokens: TokenSignals) -> Text:
        """What was measured, by its name."""
        return PLAIN_TITLE if cls.plain(tokens) else cls.card.title

    @staticmethod
    def plain(tokens: TokenSignals) -> bool:
        """Whether too little is served to standardise by."""
        return bool(np.isnan(tokens.mean).any() or np.isnan(tokens.spread).any())

    def _of(self, tokens: TokenSignals, *, plain: bool | None = None) -> FloatArray:
        values = bounded(tokens)
        if not (self.plain(tokens) if plain is None else plain):
            values = (values - tokens.mean) / np.maximum(tokens.spread, LEAST_SPREAD)
        return lowest_mean(values, tokens, share=self.share)
