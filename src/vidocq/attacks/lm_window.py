"""Memory is local: windows that slide over a text vote, instead of one mean that a few tokens carry away."""

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
from vidocq.measure.ragged import means, share_of_windows

NOTHING = 1e-6
"""Nats a token: a gain under it is rounding."""
TIE = 1e-6
"""Of the mean gain in nats, added to a share: less than one vote in a text of a few thousand tokens."""


@dataclass(frozen=True, kw_only=True)
class LmWindow:
    """WBC: share of windows over which the fine-tuned model gained on its base, averaged over widths.

    Widths follow a geometric progression, rounded; one that is wider than a text is left out for that text. Where a
    fine-tune raised every window of many texts, members or not, the mean gain tells them apart; the paper leaves the tie.
    """

    card: ClassVar = AttackCard(
        id="lm-window",
        title=Text(fr="Votes de fenêtres glissantes", en="Votes of sliding windows"),
        needs=Access.LOGPROBS,
        source="Chen et al. (2026), arXiv:2601.02751",
        limits=Text(
            fr="Suppose le modèle de départ connu. Ne retient que le signe de chaque fenêtre : un court passage mémorisé dans un long "
            "texte y pèse peu.",
            en="Assumes that the base model is known. Keeps the sign of each window only: a short memorised passage weighs "
            "little in a long text.",
        ),
        extra="base",
    )
    narrowest: int = 2
    widest: int = 40
    count: int = 10

    @property
    def widths(self) -> tuple[int, ...]:
        """In tokens, each once, in increasing order."""
        steps = np.geomspace(self.narrowest, self.widest, self.count)
        return tuple(sorted({int(width) for width in np.rint(steps)}))

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Share of windows in [0, 1], ties broken by the mean gain, shape (n,). Draws nothing.

        Raises SignalError without tokens, or without a base model.
        """
        return self._of(of_target(signals, attack=self.card.id))

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place."""
        return stand_ins(self._of, signals, references, attack=self.card.id)

    def _of(self, tokens: TokenSignals) -> FloatArray:
        moved = gain(tokens, attack=self.card.id)
        share = share_of_windows(moved, tokens, widths=self.widths, above=NOTHING)
        return share + TIE * means(moved, tokens)
