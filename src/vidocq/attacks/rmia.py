"""How much likelier the true label is for the target than for models at large, against other records."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.attacks.voices import require_values, require_voices
from vidocq.core.access import Access
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.signals import Signals
from vidocq.core.text import Text

LEAST = -80.0
"""Log of the smallest probability told apart from 0: under it a ratio tells of rounding, not of the record."""


@dataclass(frozen=True, kw_only=True)
class Rmia:
    """RMIA with references in both worlds.

    RMIA's score is the share of a population z that x dominates: ratio(x) / ratio(z) >= gamma, with ratio = p(target) /
    p(references). One population serves every x, so that this share is a step function of ratio(x), whatever gamma:
    ordering records by their ratio orders them by their share, and tells apart those that the steps leave equal. The
    logarithm of the ratio is therefore the score, and no outsider is spent on a population. For a regression the
    probability is replaced by exp(confidence), one over the squared error, as a density that needs no unit.
    """

    card: ClassVar = AttackCard(
        id="rmia",
        title=Text(fr="RMIA, rapport de probabilités", en="RMIA, probability ratio"),
        needs=Access.PROBABILITIES,
        source="Zarifzadeh et al. (2024), arXiv:2312.03262",
        limits=Text(
            fr="Faite pour peu de modèles de référence ; ne tient pas compte de la dispersion propre à chaque "
            "enregistrement, que LiRA apprend quand les modèles sont nombreux.",
            en="Made for few reference models; takes no account of each record's own spread, which LiRA learns where "
            "models are many.",
        ),
        references=4,
        pooling="sum",
    )

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Log of target's over references' probability of the true label, in nats, (n,). Draws nothing.

        The references' is the mean of two means, over models trained on the record and over the others.
        Raises SignalError where only labels are served, or a record has no reference model in one of the worlds.
        """
        require_values(signals.target_confidence, attack=self.card.id)
        require_voices(signals.speaks_in, at_least=1, attack=self.card.id)
        require_voices(signals.speaks_out, at_least=1, attack=self.card.id)
        target, references = _log_p(signals)
        return np.asarray(target - _Worlds.of(references, signals.trained_on).log_mean())

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place, attacked with the others."""
        require_values(signals.target_confidence, attack=self.card.id)
        require_voices(signals.speaks_in, at_least=2, attack=self.card.id)
        require_voices(signals.speaks_out, at_least=2, attack=self.card.id)
        _, log_p = _log_p(signals)
        worlds = _Worlds.of(log_p, signals.trained_on)
        return np.stack([log_p[k] - worlds.without(log_p[k], signals.trained_on[k]).log_mean() for k in references])


def _log_p(signals: Signals) -> tuple[FloatArray, FloatArray]:
    """Log-probability of the true label by the target (n,) and by the references (k, n)."""
    losses = np.logaddexp(0.0, -signals.target_confidence)
    if np.allclose(signals.target_loss, losses, rtol=1e-6, atol=1e-9):
        return np.maximum(-losses, LEAST), np.maximum(-signals.reference_loss, LEAST)
    return signals.target_confidence, signals.reference_confidence


@dataclass(frozen=True, eq=False)
class _Worlds:
    """Sums of probabilities and numbers of models in both worlds, all (n,)."""

    inside: FloatArray
    outside: FloatArray
    n_inside: FloatArray
    n_outside: FloatArray

    @classmethod
    def of(cls, log_p: FloatArray, trained_on: BoolArray) -> "_Worlds":
        p = np.exp(log_p)
        inside = np.einsum("kn,kn->n", p, trained_on)
        n_inside = trained_on.sum(axis=0).astype(float)
        return cls(inside, p.sum(axis=0) - inside, n_inside, len(trained_on) - n_inside)

    def without(self, log_p: FloatArray, trained_on: BoolArray) -> "_Worlds":
        p = np.exp(log_p)
        return _Worlds(
            self.inside - p * trained_on,
            self.outside - p * ~trained_on,
            self.n_inside - trained_on,
            self.n_outside - ~trained_on,
        )

    def log_mean(self) -> FloatArray:
        """Log of the mean of both worlds' mean probabilities."""
        means = 0.5 * (self.inside / self.n_inside + self.outside / self.n_outside)
        return np.asarray(np.log(np.maximum(means, np.exp(LEAST))))
