"""What training fought to learn: the loss of a memorised record falls further, and later, than others'."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.core.access import Access
from vidocq.core.arrays import FloatArray
from vidocq.core.cards import AttackCard
from vidocq.core.errors import SignalError
from vidocq.core.signals import Signals
from vidocq.core.text import Text


@dataclass(frozen=True, kw_only=True)
class LossTraceIqr:
    """Interquartile range of a record's losses over the epochs of the target's own training, with the side they went to.

    The paper ranks members by the range alone. Outsiders' losses travel too, and those that rise travel far: without
    the sign a multi-layer perceptron on Adult tells nobody (AUC 0.49), with it 0.60, and the ranking of members is
    nearly the same (benchmarks/loss_trace.py).
    """

    card: ClassVar = AttackCard(
        id="loss-trace",
        title=Text(fr="Trace des pertes à l'entraînement", en="Trace of losses in training"),
        needs=Access.PROBABILITIES,
        source="Pollock et al. (2024), arXiv:2411.05743",
        limits=Text(
            fr="Lit ce que seul voit celui qui entraîne. Désigne, parmi les membres, ceux à examiner de plus près ; reconnaît "
            "mal un membre appris dès la première époque, ou une personne que le modèle devine bien sans l'avoir vue.",
            en="Reads what only whoever trains can see. Points, among members, at those worth a closer look; recognises "
            "badly a member learnt in the first epoch, or a person whom the model guesses well unseen.",
        ),
        pooling="mean",
        stand_ins=False,
        extra="trace",
    )
    fewest_epochs: int = 4

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """Third quartile less first of each record's losses, in their unit, shape (n,); less than 0 if they rose.

        They rose if their mean over the second half of the epochs is above that over the first (an odd number leaves
        the middle one out). Quartiles interpolate linearly. Draws nothing. Raises SignalError without a trace, on fewer than
        `fewest_epochs`, or if a loss is not finite.
        """
        trace = signals.target_trace
        if trace is None or trace.ndim != 2 or trace.shape[1] < self.fewest_epochs:
            raise SignalError(
                f"the trace has fewer than {self.fewest_epochs} epochs"
                if trace is not None
                else "no trace was logged",
                where=f"attack '{self.card.id}'",
                fix="log the losses of the audited records after each epoch, with vidocq.LossTrace",
                fr=f"La trace compte moins de {self.fewest_epochs} époques."
                if trace is not None
                else "Aucune perte n'a été relevée pendant l'entraînement.",
            )
        unusable = int((~np.isfinite(trace)).any(axis=1).sum())
        if unusable:
            raise SignalError(
                f"the traces of {unusable} records hold losses that are not finite",
                where=f"attack '{self.card.id}'",
                fix="find the epoch in which training diverged, or the records that no loss was logged for",
                fr="Les pertes relevées ne sont pas toutes des nombres finis ; enregistrements touchés : "
                f"{unusable}.",
            )
        first, third = np.quantile(trace, [0.25, 0.75], axis=1)
        half = trace.shape[1] // 2
        rose = trace[:, -half:].mean(axis=1) > trace[:, :half].mean(axis=1)
        return np.asarray(np.where(rose, first - third, third - first))
