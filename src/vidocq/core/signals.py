"""What an attacker has in hand when it comes to scoring: arrays, and no model."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Signals:
    """Signals of the target and of the reference models on the same n records.

    Membership in the target's training set is not among them: an attack guesses it.

    target_confidence     (n,) finite; log-odds of the true class, or for a regression minus the logarithm of
                          the squared error; higher is surer. NaN where only labels are served.
    target_loss           (n,) in nats (classification) or squared units of the label (regression). NaN as above.
    target_correct        (n,) bool: the true label was predicted (regression: error below the typical one).
    reference_confidence  (k, n), reference_loss (k, n), reference_correct (k, n): the same for k reference models.
    trained_on            (k, n) bool: reference model k was trained on record n.
    """

    target_confidence: FloatArray
    target_loss: FloatArray
    target_correct: BoolArray
    reference_confidence: FloatArray
    reference_loss: FloatArray
    reference_correct: BoolArray
    trained_on: BoolArray

    @property
    def n(self) -> int:
        return int(self.target_correct.shape[0])

    @property
    def k(self) -> int:
        return int(self.trained_on.shape[0])

    @cached_property
    def speaks_out(self) -> IntArray:
        """(n,) how many reference models never saw each record."""
        return np.asarray((~self.trained_on).sum(axis=0), dtype=np.int64)

    @cached_property
    def speaks_in(self) -> IntArray:
        """(n,) how many reference models were trained on each record."""
        return np.asarray(self.trained_on.sum(axis=0), dtype=np.int64)

    def __getitem__(self, rows: Any) -> "Signals":
        """The same signals for some records, in the order asked."""
        return Signals(
            self.target_confidence[rows],
            self.target_loss[rows],
            self.target_correct[rows],
            self.reference_confidence[:, rows],
            self.reference_loss[:, rows],
            self.reference_correct[:, rows],
            self.trained_on[:, rows],
        )

    def standing_in(self, reference: int) -> "Signals":
        """One reference model in the target's place, attacked with the others."""
        others = np.arange(self.k) != reference
        return Signals(
            self.reference_confidence[reference],
            self.reference_loss[reference],
            self.reference_correct[reference],
            self.reference_confidence[others],
            self.reference_loss[others],
            self.reference_correct[others],
            self.trained_on[others],
        )

    def only(self, references: BoolArray | IntArray) -> "Signals":
        """The same target, attacked with some of the reference models."""
        return replace(
            self,
            reference_confidence=self.reference_confidence[references],
            reference_loss=self.reference_loss[references],
            reference_correct=self.reference_correct[references],
            trained_on=self.trained_on[references],
        )
