"""How many reference models a recipe trains at once."""

from dataclasses import dataclass

from vidocq.core.text import Text


@dataclass(frozen=True)
class Stacking:
    """A stack's size, at least 1; `because` says why models are trained one by one."""

    size: int
    because: Text | None = None


ONE_BY_ONE = Stacking(1)
