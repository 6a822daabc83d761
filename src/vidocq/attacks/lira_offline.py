"""LiRA for whoever can only train models without the record: is this confidence surprising?"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.attacks.voices import require_voices
from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.signals import Signals
from vidocq.core.text import Text
from vidocq.measure.worlds import TwoWorlds


@dataclass(frozen=True, kw_only=True)
class LiraOffline:
    """Offline LiRA, one-sided: only a confidence that is too high accuses. Out-of-bag trees speak as in `Lira`."""

    card: ClassVar = AttackCard(
        id="lira-offline",
        title=Text(fr="LiRA hors ligne", en="LiRA, offline"),
        needs=Access.PROBABILITIES,
        source="Carlini et al. (2022), arXiv:2112.03570, offline variant; shrinkage after BaVarIA, arXiv:2603.11799",
        limits=Text(
            fr="Ne sait pas à quoi ressemble un membre : plus faible que la version complète quand les références sont nombreuses.",
            en="Does not know what a member looks like: weaker than the full version when references are many.",
        ),
        references=8,
        pooling="sum",
    )
    min_voices: int = 2

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """-log P(confidence this high | never trained on it), in nats, shape (n,). Draws nothing.

        Raises SignalError if fewer than `min_voices` reference models were trained without a record.
        """
        require_voices(signals.speaks_out, at_least=self.min_voices, attack=self.card.id)
        worlds = TwoWorlds.of(signals.reference_confidence, signals.trained_on, signals.reference_out_of_bag)
        return worlds.surprise(signals.target_confidence)

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place, attacked with the others."""
        require_voices(signals.speaks_out, at_least=self.min_voices + 1, attack=self.card.id)
        bag = signals.reference_out_of_bag
        worlds = TwoWorlds.of(signals.reference_confidence, signals.trained_on, bag)
        return np.stack(
            [
                worlds.without(
                    signals.reference_confidence[k], signals.trained_on[k], None if bag is None else bag[k]
                ).surprise(signals.reference_confidence[k])
                for k in references
            ]
        )
