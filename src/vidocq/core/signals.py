"""What an attacker has in hand when it comes to scoring: arrays, and no model."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.course import Course
from vidocq.core.token_signals import TokenSignals


@dataclass(frozen=True, eq=False)
class Signals:
    """Signals of the target and of the reference models on the same n records.

    Membership in the target's training set is not among them: an attack guesses it, except of whom it is shown.

    target_confidence     (n,) finite; log-odds of the true class, or for a regression minus the logarithm of
                          the squared error; higher is surer. NaN where only labels are served.
    target_loss           (n,) in nats (classification) or squared units of the label (regression). NaN as above.
    target_correct        (n,) bool: the true label was predicted (regression: error below the typical one).
    reference_confidence  (k, n), reference_loss (k, n), reference_correct (k, n): the same for k reference models.
    trained_on            (k, n) bool: reference model k was trained on record n.
    target_course, reference_course  what fewer queries about changed records would have told; None where not known.
    reference_out_of_bag  (k, n) or None: log-odds by the part of reference model k that never saw record n although the
                          model was trained on it, as trees of a forest; NaN where there is no such part.
    known, known_members  (n,) bool: records of non-members, and of members, that the attacker is shown to learn from.
    target_tokens, reference_tokens  of language models: what each token is to the target and to each of the k others, n
                          texts each. The confidence in a text is then the mean log-probability of its tokens.
    """

    target_confidence: FloatArray
    target_loss: FloatArray
    target_correct: BoolArray
    reference_confidence: FloatArray
    reference_loss: FloatArray
    reference_correct: BoolArray
    trained_on: BoolArray
    table: FloatArray | None = None
    known: BoolArray | None = None
    known_members: BoolArray | None = None
    target_robustness: FloatArray | None = None
    reference_robustness: FloatArray | None = None
    target_trace: FloatArray | None = None
    reference_out_of_bag: FloatArray | None = None
    target_course: Course | None = None
    reference_course: Course | None = None
    target_tokens: TokenSignals | None = None
    reference_tokens: tuple[TokenSignals, ...] | None = None

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
        return Signals(**{name: _taken(name, array, rows) for name, array in self._arrays()})

    def standing_in(self, reference: int) -> "Signals":
        """One reference model in the target's place, attacked with the others; its training left no trace."""
        others = np.arange(self.k) != reference
        robustness, course = self.reference_robustness, self.reference_course
        return replace(
            self.only(others),
            target_confidence=self.reference_confidence[reference],
            target_loss=self.reference_loss[reference],
            target_correct=self.reference_correct[reference],
            target_robustness=None if robustness is None else robustness[reference],
            target_course=None if course is None else course[reference],
            target_trace=None,
            target_tokens=None if self.reference_tokens is None else self.reference_tokens[reference],
            # What the attacker knows of the target's training set he does not know of this one's.
            known=None if self.known is None else self.known & ~self.trained_on[reference],
            known_members=None,
        )

    def only(self, references: BoolArray | IntArray) -> "Signals":
        """The same target, attacked with some of the reference models."""
        kept = {
            name: _of(array, references) for name, array in self._arrays() if array is not None and _of_models(name)
        }
        return replace(self, **kept)

    def _arrays(self) -> list[tuple[str, Any]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


def _of_models(name: str) -> bool:
    """True for arrays with a row for each reference model."""
    return name.startswith("reference_") or name == "trained_on"


def _of(array: Any, references: BoolArray | IntArray) -> Any:
    if isinstance(array, tuple):
        return tuple(array[k] for k in np.arange(len(array))[references])
    return array[references]


def _taken(name: str, array: Any, rows: Any) -> Any:
    if array is None:
        return None
    if isinstance(array, tuple):
        return tuple(one[rows] for one in array)
    return array[:, rows] if _of_models(name) else array[rows]
