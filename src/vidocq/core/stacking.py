"""How many reference models a recipe trains at once."""

from dataclasses import dataclass

from vidocq.core.text import Text


@dataclass(frozen=True)
class Stacking:
    """A stack's size, at least 1; `because` says why models are trained one by one.

    groups    as many stacks at least are made of all models, so that several workers have some.
    smallest  size of the smallest stack, where a device's memory made some smaller than planned.
    largest   the most models that memory takes, where that is fewer than might have been trained at once.
    device    "cpu" or "cuda", where one is chosen.
    """

    size: int
    because: Text | None = None
    groups: int = 4
    smallest: int | None = None
    largest: int | None = None
    device: str | None = None


ONE_BY_ONE = Stacking(1)
