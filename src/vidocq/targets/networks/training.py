"""How a network is trained: loss, optimiser, schedule, batches. No torch is imported until it is used."""

import math
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from typing import Any, Literal

from vidocq.core.errors import ConfigurationError
from vidocq.targets.networks.optimisers import Adam, Optimiser, Sgd
from vidocq.targets.networks.transforms import Transform

_POSITIVE = ("learning_rate", "epochs", "batch_size")


@dataclass(frozen=True, kw_only=True)
class Training:
    """One run of training.

    loss           `cross_entropy` on one output a class, `bce` on one output for two classes, `mse` for a regression.
    schedule       of the learning rate, by epoch: constant, or a half cosine down to 0 after the last one.
    standardise    columns are centred and scaled by the records that the model is trained on.
    precision      of parameters and arithmetic; "mixed": parameters of 32 bits, products of 16 (bfloat16).
    transforms     of images, drawn anew for each batch: "flip" left and right, "shift" by an eighth at most.
    """

    learning_rate: float
    epochs: int
    batch_size: int = 64
    loss: Literal["cross_entropy", "bce", "mse"] = "cross_entropy"
    optimiser: Literal["sgd", "adam", "adamw"] = "adam"
    momentum: float = 0.0
    nesterov: bool = False
    weight_decay: float = 0.0
    schedule: Literal["constant", "cosine"] = "constant"
    standardise: bool = False
    precision: Literal["float32", "float64", "mixed"] = "float32"
    transforms: tuple[Transform, ...] = ()

    def __post_init__(self) -> None:
        """Raises ConfigurationError on numbers that train nothing."""
        for name in _POSITIVE:
            value = getattr(self, name)
            if not (math.isfinite(value) and value > 0):
                raise _wrong(f"{name} is not positive")
        if not (0 <= self.momentum < 1 and self.weight_decay >= 0):
            raise _wrong("momentum is not in [0, 1), or weight_decay is negative")
        if self.optimiser != "sgd" and (self.momentum or self.nesterov):
            raise _wrong("momentum and nesterov belong to the optimiser sgd")
        if self.nesterov and not self.momentum:
            raise _wrong("nesterov needs a momentum")

    @property
    def dtype(self) -> str:
        """Name of the parameters' type in torch."""
        return "float32" if self.precision == "mixed" else self.precision

    def products(self, device: str) -> AbstractContextManager[Any]:
        """In which a module is called on a device: its products are rounded where that is asked for."""
        import torch  # noqa: PLC0415 - an extra, on use

        if self.precision != "mixed":
            return nullcontext()
        return torch.autocast(device, dtype=torch.bfloat16)

    def optimiser_of(self, parameters: Iterable[Any]) -> Optimiser:
        """For these tensors; one pass over the memory for all of them at once."""
        given = list(parameters)
        if self.optimiser == "sgd":
            return Sgd(given, self.momentum, self.nesterov, self.weight_decay)
        return Adam(given, self.weight_decay, decoupled=self.optimiser == "adamw")

    def rate_at(self, epoch: int) -> float:
        """The learning rate of an epoch, counted from 0."""
        if self.schedule == "constant":
            return self.learning_rate
        return self.learning_rate * 0.5 * (1.0 + math.cos(math.pi * epoch / self.epochs))

    def describe(self) -> dict[str, Any]:
        return {**asdict(self), "transforms": list(self.transforms)}


def _wrong(what: str) -> ConfigurationError:
    return ConfigurationError(what, where="[model.training]", fix="correct it as docs/configuration.md says")
