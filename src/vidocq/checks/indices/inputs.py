"""What the indices read; whatever is None, an index that needs it is not measured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.cards import CheckCard
from vidocq.core.checking import CheckVerdict, Observation
from vidocq.core.records import Records


@dataclass(frozen=True, eq=False)
class Answered:
    """What the model answered about one side. All (n,).

    loss  in nats or squared units, NaN where labels alone are served.   person  whom each record is about.
    """

    loss: FloatArray
    correct: BoolArray
    person: IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class IndexInputs:
    """members     records that trained the model.
    quasi       columns that together may single somebody out; those of few values if None.
    family      kind of model, such as "trees"; task  "classification", "regression"…
    parameters  that the model learnt.
    settings    of its training, by name: (value, the library's default or None).
    epsilon     of differential privacy, as stated.   epochs  passes over the data, as stated.
    inside, outside  answers on members and on others.
    seed        every draw follows from it.
    """

    members: Records | None = None
    quasi: tuple[str, ...] | None = None
    family: str | None = None
    task: str | None = None
    parameters: int | None = None
    settings: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    epsilon: float | None = None
    epochs: int | None = None
    inside: Answered | None = None
    outside: Answered | None = None
    seed: int = 1


class Index(Protocol):
    """A card, parameters, and two pure methods."""

    card: ClassVar[CheckCard]

    def measure(self, inputs: IndexInputs) -> Observation: ...

    def judge(self, seen: Observation) -> CheckVerdict: ...
