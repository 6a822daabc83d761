"""Steps on parameters: torch's own fused functions, without the classes around them.

torch's classes load its compiler in every process, two seconds each time, and cost a tenth of a step of small networks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


class Optimiser(Protocol):
    """Moves the parameters it was made for."""

    def step(self, gradients: Sequence[Any], *, rate: float) -> None:
        """One gradient for each parameter, None for one that waits: it is not moved, and nothing decays."""
        ...


@dataclass(eq=False)
class Adam:
    """As torch.optim.Adam, or AdamW where `decoupled`."""

    parameters: Sequence[Any]
    weight_decay: float = 0.0
    decoupled: bool = False
    _held: list[list[Any]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        import torch  # noqa: PLC0415 - an extra, on use

        self._held = [
            [
                p.detach(),
                torch.zeros_like(p, requires_grad=False),
                torch.zeros_like(p, requires_grad=False),
                torch.zeros((), dtype=torch.float32, device=p.device),
            ]
            for p in self.parameters
        ]

    def step(self, gradients: Sequence[Any], *, rate: float) -> None:
        from torch.optim.adam import adam  # noqa: PLC0415 - an extra, on use

        moved = [(held, g) for held, g in zip(self._held, gradients, strict=True) if g is not None]
        adam(
            [held[0] for held, _ in moved],
            [gradient for _, gradient in moved],
            [held[1] for held, _ in moved],
            [held[2] for held, _ in moved],
            [],
            [held[3] for held, _ in moved],
            fused=True,
            amsgrad=False,
            beta1=0.9,
            beta2=0.999,
            lr=rate,
            weight_decay=self.weight_decay,
            eps=1e-8,
            maximize=False,
            decoupled_weight_decay=self.decoupled,
        )


@dataclass(eq=False)
class Sgd:
    """As torch.optim.SGD, without dampening."""

    parameters: Sequence[Any]
    momentum: float = 0.0
    nesterov: bool = False
    weight_decay: float = 0.0
    _running: dict[int, Any] = field(init=False, repr=False, default_factory=dict)

    def step(self, gradients: Sequence[Any], *, rate: float) -> None:
        begun = [place for place, g in enumerate(gradients) if g is not None and place in self._running]
        new = [place for place, g in enumerate(gradients) if g is not None and place not in self._running]
        for places in (begun, new):  # the first step makes the running mean, for all that are given at once
            if places:
                self._move(places, gradients, rate)

    def _move(self, places: Sequence[int], gradients: Sequence[Any], rate: float) -> None:
        from torch.optim.sgd import sgd  # noqa: PLC0415 - an extra, on use

        running = [self._running.get(place) for place in places] if self.momentum else []
        sgd(
            [self.parameters[place].detach() for place in places],
            [gradients[place] for place in places],
            running,
            fused=True,
            weight_decay=self.weight_decay,
            momentum=self.momentum,
            lr=rate,
            dampening=0.0,
            nesterov=self.nesterov,
            maximize=False,
        )
        self._running.update(zip(places, running, strict=False))
