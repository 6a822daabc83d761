"""A threshold of its own for each record, learnt from outsiders, without training any other model."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from vidocq.attacks.voices import require_values
from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray
from vidocq.core.cards import AttackCard
from vidocq.core.errors import SignalError
from vidocq.core.signals import Signals
from vidocq.core.text import Text

FEWEST_KNOWN = 100
"""Under this many outsiders a regression learns nothing that would hold elsewhere."""
LARGEST_SAMPLE = 10_000
"""Records that a tree is grown on: more would cost time and teach it little."""
LEAST_SCALE = 0.05
"""Smallest predicted spread, as a share of the typical one: a smaller one is a regressor that is too sure."""


@dataclass(frozen=True, kw_only=True)
class Qmia:
    """Location and scale of the confidence, regressed on the records of known outsiders.

    The paper regresses either quantiles at fixed rates or the two parameters of a law; the latter gives one score for
    every rate, and is what is done here: score = (confidence - location(record)) / scale(record). Which score accuses
    a share alpha is then read on outsiders that the regressions never saw, and counted on others still.
    """

    card: ClassVar = AttackCard(
        id="qmia",
        title=Text(fr="QMIA, seuil propre à chaque enregistrement", en="QMIA, a threshold for each record"),
        needs=Access.PROBABILITIES,
        source="Bertran et al. (2023), arXiv:2307.03694",
        limits=Text(
            fr="N'apprend que des personnes extérieures montrées à l'attaquant, qui sont perdues pour le comptage ; se tait "
            "si les variables n'annoncent pas la difficulté d'un enregistrement.",
            en="Learns from outsiders shown to the attacker alone, who are lost for the count; silent where the "
            "variables do not announce how hard a record is.",
        ),
        known=1 / 3,
        stand_ins=False,
    )
    trees: int = 200
    leaf: int = 3
    features: float = 0.5

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """(n,) how far the confidence lies above what the record announces, in predicted spreads.

        Raises SignalError without records or known outsiders, with fewer than `FEWEST_KNOWN`, or where the regression
        foretells the confidence of held-out outsiders no better than a constant.
        """
        require_values(signals.target_confidence, attack=self.card.id)
        table, known = signals.table, signals.known
        if table is None or known is None or int(known.sum()) < FEWEST_KNOWN:
            raise SignalError(
                f"fewer than {FEWEST_KNOWN} known outsiders to learn from",
                where=f"attack '{self.card.id}'",
                fix="give more non-members, or leave the attack out",
                fr=f"Moins de {FEWEST_KNOWN} personnes extérieures connues pour apprendre.",
            )
        confidence = signals.target_confidence
        rows = np.flatnonzero(known)
        rows = rows[np.lexsort((confidence[rows], *table[rows].T))]  # the order of the records must not matter
        seeds = rng.integers(2**31, size=2)
        teacher = self._regressor(seeds[0], len(rows)).fit(table[rows], confidence[rows])
        errors = confidence[rows] - teacher.oob_prediction_
        if not np.square(errors).mean() < np.var(confidence[rows]):
            raise SignalError(
                "the records of outsiders foretell the model's confidence no better than a constant",
                where=f"attack '{self.card.id}'",
                fix="give more non-members, or other variables; one threshold for all is what `loss` does",
                fr="Les enregistrements des personnes extérieures n'annoncent pas mieux qu'une constante la confiance "
                "du modèle.",
            )
        spread = np.maximum(np.abs(errors), LEAST_SCALE * np.abs(errors).mean())
        scale = np.exp(self._regressor(seeds[1], len(rows)).fit(table[rows], np.log(spread)).predict(table))
        return np.asarray((confidence - teacher.predict(table)) / np.maximum(scale, LEAST_SCALE * scale.mean()))

    def _regressor(self, seed: int, records: int) -> Any:
        """Trees that average over what they did not draw: no record tells its own error, even of few records."""
        from sklearn.ensemble import ExtraTreesRegressor  # noqa: PLC0415 - heavy, on use

        return ExtraTreesRegressor(
            self.trees,
            min_samples_leaf=self.leaf,
            max_features=self.features,
            bootstrap=True,
            oob_score=True,
            max_samples=min(records, LARGEST_SAMPLE),
            random_state=int(seed),
        )
