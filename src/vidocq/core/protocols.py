"""The contracts between rooms."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.cards import AttackCard
from vidocq.core.records import Records
from vidocq.core.signals import Signals
from vidocq.core.stacking import Stacking


class MembershipAttack(Protocol):
    """A card, parameters, and one pure method. A score rises with membership, in every attack."""

    card: ClassVar[AttackCard]

    def score(self, signals: Signals, *, rng: np.random.Generator) -> FloatArray:
        """(n,) finite scores. Reads arrays only; leaves them untouched."""
        ...


class FindingAttack(Protocol):
    """A card and parameters of an attack that gives figures rather than a score for each record."""

    card: ClassVar[AttackCard]


class StandIns(Protocol):
    """Optional on an attack: scores every reference model asked for in the target's place, all at once."""

    def score_stand_ins(self, signals: Signals, references: NDArray[np.int64]) -> FloatArray:
        """(len(references), n): row j equals `score(signals.standing_in(references[j]))`.

        An attack that learns from known members carries over what it learnt on the target: a stand-in's are not known.
        """
        ...


class Model(Protocol):
    """A trained model that answers. One of the two methods suffices, as its `classes` tell."""

    classes: NDArray[Any] | None

    def probabilities(self, records: Records) -> FloatArray:
        """(n, c) rows that sum to one, in the order of `classes`. Classifiers only."""
        ...

    def predictions(self, records: Records) -> NDArray[Any]:
        """(n,) predicted labels, or predicted values for a regression."""
        ...


@runtime_checkable
class PartsUnseen(Model, Protocol):
    """Optional on a model: for records it was trained on, the answer of those of its parts that never saw each."""

    def out_of_bag(self, records: Records) -> FloatArray | None:
        """(m, c) rows as of `probabilities`, for all the m records of its training in their order.

        A row is NaN where every part saw the record; None if the model is not made of such parts, or too few.
        """
        ...


class Recipe(Protocol):
    """How the target was trained, so that reference models can be. Picklable, and pure given its seed."""

    def fit(self, records: Records, *, seed: int) -> Model: ...

    def describe(self) -> dict[str, Any]:
        """Plain content that changes whenever the recipe does; part of the key of stored reference models."""
        ...


@runtime_checkable
class PlacedRecipe(Recipe, Protocol):
    """Optional on a recipe: trains on a device that is chosen, and may answer otherwise on another.

    device  "cpu", "cuda", or "auto" as long as it is not placed.
    """

    @property
    def device(self) -> str: ...

    def placed(self, *, sees_gpu: bool | None) -> Recipe:
        """The same recipe on "cpu" or "cuda". Raises ConfigurationError if a GPU is asked for and there is none.

        sees_gpu  whether work sees a GPU where it is done; None where that is this machine.
        """
        ...


@runtime_checkable
class StackedRecipe(Recipe, Protocol):
    """Optional on a recipe: trains many models in one go.

    A model of a stack does not depend on the others. Where it does so to rounding only, `stacking` always gives the same
    size for the same records, so that the same audit has the same stacks.
    """

    def stacking(self, records: Records) -> Stacking:
        """How many models on parts of these records are best trained at once on this machine; 1 says why."""
        ...

    def fit_stack(self, records: Records, trained_on: BoolArray, *, seeds: Sequence[int]) -> Sequence[Model | None]:
        """One model for each row of trained_on (k, n), as `fit` would with that seed; None for one that diverged."""
        ...
