"""The bounds that one training run can be held against; one is named before anything is seen."""

from typing import Protocol

from vidocq.core.errors import ConfigurationError
from vidocq.measure.f_dp import epsilon_lower_approximate, epsilon_lower_gaussian
from vidocq.measure.one_run import epsilon_lower


class Bound(Protocol):
    def __call__(self, canaries: int, guesses: int, correct: int, *, delta: float, level: float) -> float: ...


BOUNDS: dict[str, Bound] = {
    "steinke": epsilon_lower,
    "f-dp": epsilon_lower_approximate,
    "f-dp-gaussian": epsilon_lower_gaussian,
}
"""`steinke` and `f-dp` hold for any training; `f-dp-gaussian` for a claim that rests on Gaussian noise."""


def bound_named(name: str) -> Bound:
    try:
        return BOUNDS[name]
    except KeyError:
        raise ConfigurationError(
            f"there is no bound '{name}'", where="bound", fix=f"choose among: {', '.join(BOUNDS)}"
        ) from None
