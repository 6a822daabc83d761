"""What labels alone betray: around what it was trained on, a model holds its answer further."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.cards import AttackCard
from vidocq.core.errors import SignalError
from vidocq.core.signals import Signals
from vidocq.core.text import Text
from vidocq.measure.worlds import TwoWorlds

FEWEST_VOICES = 2
MARGIN = 0.02
"""Kept away from 0 and 1 before the logarithm, about one copy in fifty."""


@dataclass(frozen=True, kw_only=True)
class LabelOnly:
    """How steadily the true label is kept, against what reference models do with the same changed copies.

    Steadiness is the share of noisy copies that keep it, or how far it is kept on paths towards records of another
    label (`targets.boundary`), a distance to the boundary in shares of the way.

    The paper holds one threshold against the share, or against the distance. With reference models the share's log-odds are read as LiRA reads a confidence, so that a
    record that every model answers steadily is no longer taken for a member; without any, the share is the score.
    """

    card: ClassVar = AttackCard(
        id="label-only",
        title=Text(
            fr="Labels seuls, par modifications de l'enregistrement", en="Labels only, by changing the record"
        ),
        needs=Access.LABELS,
        source="Choquette-Choo et al. (2021), arXiv:2007.14321",
        limits=Text(
            fr="La distance à la frontière est estimée sur quelques chemins, non minimisée, ce qui coûterait des centaines "
            "de requêtes par enregistrement ; peu de requêtes font peu de rangs distincts.",
            en="The distance to the boundary is estimated on a few paths and not minimised, which would take hundreds of "
            "queries a record; few queries make few distinct ranks.",
        ),
        pooling="sum",
        extra="robustness",
    )

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """(n,) log-likelihood ratio of the steadiness, in nats; without references, the share itself. Draws nothing.

        Raises SignalError if no changed copy was asked about.
        """
        target, references = _steadiness(signals)
        if signals.k == 0:
            return target
        if not _enough(signals):
            return np.asarray(target - references.mean(axis=0))
        return TwoWorlds.of(_log_odds(references), signals.trained_on).log_ratio(_log_odds(target))

    def score_stand_ins(self, signals: Signals, references: IntArray) -> FloatArray:
        """(len(references), n): each reference model in the target's place, attacked with the others."""
        _, steadiness = _steadiness(signals)
        if not _enough(signals, spare=1):
            return np.stack([self.score(signals.standing_in(int(k)), rng=_NEVER) for k in references])
        log_odds = _log_odds(steadiness)
        worlds = TwoWorlds.of(log_odds, signals.trained_on)
        return np.stack(
            [worlds.without(log_odds[k], signals.trained_on[k]).log_ratio(log_odds[k]) for k in references]
        )


_NEVER = np.random.default_rng(0)


def _steadiness(signals: Signals) -> tuple[FloatArray, FloatArray]:
    if signals.target_robustness is None or (signals.k and signals.reference_robustness is None):
        raise SignalError(
            "no model was asked about changed records",
            where=f"attack '{LabelOnly.card.id}'",
            fix="let the audit ask several queries a record",
            fr="Aucun modèle n'a été interrogé sur des enregistrements modifiés.",
        )
    references = signals.reference_robustness
    return signals.target_robustness.copy(), np.empty((0, signals.n)) if references is None else references


def _enough(signals: Signals, *, spare: int = 0) -> bool:
    fewest = min(signals.speaks_in.min(), signals.speaks_out.min())
    return bool(fewest >= FEWEST_VOICES + spare)


def _log_odds(share: FloatArray) -> FloatArray:
    bounded = np.clip(share, MARGIN, 1.0 - MARGIN)
    return np.asarray(np.log(bounded) - np.log1p(-bounded))
