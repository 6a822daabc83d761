"""Canaries that a fair coin put into one training run or not: how many of the coins can be told afterwards?"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.errors import SampleTooSmall, SignalError
from vidocq.core.text import Text


@dataclass(frozen=True, kw_only=True)
class OneRun:
    """Guess the coins of the most extreme scores on both sides, and abstain on the rest."""

    card: ClassVar = AttackCard(
        id="one-run",
        title=Text(fr="Borne de ε sur un seul entraînement", en="Epsilon bound from one training run"),
        needs=Access.PROBABILITIES,
        source="Steinke et al. (2023), arXiv:2305.08846; Mahloujifar et al. (2024), arXiv:2410.22235",
        limits=Text(
            fr="Il faut la coopération de qui entraîne. Une borne basse ne prouve rien : les marqueurs insérés (canaris) ou "
            "leurs scores peuvent être trop faibles, et peu de réponses ne peuvent démontrer qu'un petit ε, leur plafond.",
            en="Whoever trains has to cooperate. A low bound proves nothing: the canaries or their scores may be too weak, "
            "and few guesses can show a small epsilon only, their ceiling.",
        ),
    )

    def guess(self, scores: FloatArray, *, number: int, rng: np.random.Generator) -> IntArray:
        """(m,) 1: guessed trained on, for the number/2 highest scores; -1: guessed left out, the lowest; else 0.

        scores  (m,) rise with training on the canary; may be infinite. Draws the order of equal scores.
        number  even, from 2 to m.
        Raises  SignalError if a score is NaN, SampleTooSmall if there are fewer canaries than guesses.
        """
        if scores.ndim != 1 or np.isnan(scores).any():
            raise SignalError(
                "the canaries' scores are not one number each",
                where="attack 'one-run'",
                fix="give a score for each canary, or let the model serve probabilities",
            )
        if number < 2 or number % 2 or number > len(scores):
            raise SampleTooSmall(
                f"{number} guesses cannot be made about {len(scores)} canaries, as many on each side",
                where="attack 'one-run'",
                fix="register an even number of guesses, from 2 to the number of canaries",
            )
        shuffled = rng.permutation(len(scores))
        ranked = shuffled[np.argsort(scores[shuffled], kind="stable")]
        guesses = np.zeros(len(scores), dtype=np.int64)
        guesses[ranked[: number // 2]] = -1
        guesses[ranked[len(scores) - number // 2 :]] = 1
        return guesses
