"""Likelihood ratio of two worlds: models trained on the record, and models that were not."""

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
class Lira:
    """Online LiRA with variances shrunk across records.

    Trees of a reference forest that never saw a record speak as outsiders of it, where they were collected.
    """

    card: ClassVar = AttackCard(
        id="lira",
        title=Text(fr="LiRA, rapport de vraisemblance", en="LiRA, likelihood ratio"),
        needs=Access.PROBABILITIES,
        source="Carlini et al. (2022), arXiv:2112.03570; shrinkage after BaVarIA, arXiv:2603.11799",
        limits=Text(
            fr="Suppose que l'on sait réentraîner des modèles de référence par la même recette, sur des données semblables ; "
            "un autre attaquant, mieux informé, peut faire mieux.",
            en="Assumes that reference models can be retrained by the same recipe on similar data; "
            "another, better informed adversary may do better.",
        ),
        references=8,
        pooling="sum",
    )
    min_voices: int = 2

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Log-likelihood ratio of member against non-member, in nats, shape (n,). Draws nothing.

        Raises SignalError if fewer than `min_voices` reference models speak about a record in either world.
        """
        require_voices(signals.speaks_in, at_least=self.min_voices, attack=self.card.id)
        require_voices(signals.speaks_out, at_least=self.min_voices, attack=self.card.id)
        worlds = TwoWorlds.of(signals.reference_confidence, signals.trained_on, signals.reference_out_of_bag)
        return worlds.log_ratio(signals.target_confidence)

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place, attacked with the others."""
        require_voices(signals.speaks_in, at_least=self.min_voices + 1, attack=self.card.id)
        require_voices(signals.speaks_out, at_least=self.min_voices + 1, attack=self.card.id)
        bag = signals.reference_out_of_bag
        worlds = TwoWorlds.of(signals.reference_confidence, signals.trained_on, bag)
        return np.stack(
            [
                worlds.without(
                    signals.reference_confidence[k], signals.trained_on[k], None if bag is None else bag[k]
                ).log_ratio(signals.reference_confidence[k])
                for k in references
            ]
        )
