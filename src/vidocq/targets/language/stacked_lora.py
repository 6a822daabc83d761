"""Several LoRA adapters trained at once on one frozen base, each on texts of its own.

None depends on the others but for the rounding of sums: rows of all go through the base together, and each adapter's
matrices touch its own rows alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from vidocq.core.arrays import IntArray
from vidocq.core.errors import ModelError
from vidocq.core.seeds import Seeds
from vidocq.targets.language.examples import Row, steps_of
from vidocq.targets.language.training import Course, filled, losses_of, rate_at
from vidocq.targets.networks.model import require_torch

_FIRST, _SECOND, _LEAST = 0.9, 0.999, 1e-8  # of AdamW, as torch has them
_NOBODY = Row(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=bool), np.full(1, -1))


@dataclass(eq=False)
class StackedLayer:
    """One adapted layer: a (k, r, inputs) and b (k, outputs, r), times `scale`; what AdamW remembers of both."""

    module: Any
    a: Any
    b: Any
    scale: float
    memory: list[tuple[Any, Any]] = field(default_factory=list)

    def forward(self, x: Any, *rest: Any, **named: Any) -> Any:
        """x (k × rows, tokens, inputs), an adapter's rows together."""
        torch = require_torch()
        if x.ndim != 3 or len(x) % len(self.a):
            raise ModelError(
                "a layer takes its rows in another order than the model, and adapters cannot be trained together",
                where="targets.language",
                fix="train them one by one",
            )
        plain = self.module.base_layer(x, *rest, **named)
        own = x.reshape(len(self.a), -1, x.shape[-1])
        added = torch.bmm(torch.bmm(own, self.a.transpose(1, 2)), self.b.transpose(1, 2))
        return plain + self.scale * added.reshape(plain.shape)


def drops_out(module: Any) -> bool:
    """Whether training draws what to leave out: then a model would depend on those trained with it."""
    found = [getattr(part, name, 0.0) for part in module.modules() for name in ("p", "attention_dropout")]
    return any(isinstance(rate, float) and rate > 0 for rate in found)


def adapted_layers(module: Any) -> list[tuple[str, Any]]:
    """The layers of a module of peft that bear matrices, by name, in their order."""
    return [(name, part) for name, part in module.named_modules() if "default" in getattr(part, "lora_A", {})]


def stacked(module: Any, states: Sequence[dict[str, Any]]) -> list[StackedLayer]:
    """One layer for each that is adapted; states hold each adapter's matrices, as `matrices_of` gives them."""
    torch = require_torch()
    layers = []
    for name, part in adapted_layers(module):
        a, b = (torch.stack([state[f"{name}.{side}"] for state in states]).requires_grad_() for side in ("a", "b"))
        memory = [(torch.zeros_like(a), torch.zeros_like(a)), (torch.zeros_like(b), torch.zeros_like(b))]
        layers.append(StackedLayer(part, a, b, float(part.scaling["default"]), memory))
    return layers


def matrices_of(module: Any) -> dict[str, Any]:
    """A copy of a module's own matrices, by layer and side."""
    found = {}
    for name, part in adapted_layers(module):
        found[f"{name}.a"] = part.lora_A["default"].weight.detach().clone()
        found[f"{name}.b"] = part.lora_B["default"].weight.detach().clone()
    return found


def begin_anew(module: Any, *, seed: int) -> None:
    """New matrices, as peft draws them from torch's global generator, which is seeded for it."""
    torch = require_torch()
    torch.manual_seed(Seeds(seed).integer("init"))
    for _, part in adapted_layers(module):
        part.reset_lora_parameters("default", True)


def share_out(module: Any, layers: Sequence[StackedLayer]) -> list[bool]:
    """Gives the module an adapter named by the place of each in the stack; which of them hold finite numbers."""
    count = len(layers[0].a)
    for j in range(count):
        module.add_adapter(str(j), module.peft_config["default"])
    for layer in layers:
        for j in range(count):
            layer.module.lora_A[str(j)].weight.data.copy_(layer.a[j].detach())
            layer.module.lora_B[str(j)].weight.data.copy_(layer.b[j].detach())
    module.set_adapter("0")
    module.delete_adapter("default")
    module.eval()
    return [all(bool(side[j].isfinite().all()) for one in layers for side in (one.a, one.b)) for j in range(count)]


def train_together(
    module: Any,
    layers: Sequence[StackedLayer],
    rows: Sequence[Sequence[Row]],
    course: Course,
    *,
    seeds: Sequence[int],
) -> None:
    """As `train` would each: its rows, its order, its rate, its norm. One that is done stays as it is."""
    steps = [_steps(len(own), course, seed) for own, seed in zip(rows, seeds, strict=True)]
    taken = np.zeros(len(rows), dtype=np.int64)
    with _in_place(layers):
        for parameter in module.parameters():
            parameter.requires_grad_(False)
        module.train()
        for step in range(max(map(len, steps))):
            chosen = [
                [own[i] for i in places[step]] if step < len(places) else []
                for own, places in zip(rows, steps, strict=True)
            ]
            learnt = np.array([sum(int(row.learnt.sum()) for row in some) for some in chosen])
            _gradients(module, chosen, learnt, course.at_once)
            taken += learnt > 0
            rates = [rate_at(course, step, len(places)) for places in steps]
            _update(layers, np.where(learnt > 0, rates, 0.0), taken, course)
        module.eval()


def _steps(rows: int, course: Course, seed: int) -> list[IntArray]:
    rng = Seeds(seed).generator("order")
    return [step for _ in range(course.epochs) for step in steps_of(rows, batch=course.batch, rng=rng)]


@contextmanager
def _in_place(layers: Sequence[StackedLayer]) -> Iterator[None]:
    """The module's layers do as the stacked ones, then as they did."""
    for layer in layers:
        layer.module.forward = layer.forward
    try:
        yield
    finally:
        for layer in layers:
            del layer.module.forward


def _gradients(module: Any, chosen: Sequence[Sequence[Row]], learnt: Any, at_once: int) -> None:
    """Of the sum over adapters of the mean over the tokens that each learns."""
    torch = require_torch()
    device = next(module.parameters()).device
    share = torch.tensor(1.0 / np.maximum(learnt, 1), dtype=torch.float32, device=device)
    for first in range(0, max(map(len, chosen)), at_once):
        parts = [list(some[first : first + at_once]) for some in chosen]
        most = max(map(len, parts))
        together = [row for part in parts for row in (*part, *[_NOBODY] * (most - len(part)))]
        tokens, labels = (part.to(device) for part in filled(together))
        logits = module(input_ids=tokens, use_cache=False, return_dict=True).logits
        (losses_of(logits, labels).reshape(len(chosen), -1).sum(dim=1) * share).sum().backward()


def _update(layers: Sequence[StackedLayer], rates: Any, taken: Any, course: Course) -> None:
    """One step of AdamW for the adapters whose rate is not 0; `taken` counts the steps of each, this one included."""
    torch = require_torch()
    pairs = [(layer, side, place) for layer in layers for place, side in enumerate((layer.a, layer.b))]
    device = layers[0].a.device

    def column(values: Any) -> Any:
        return torch.as_tensor(values, dtype=torch.float32, device=device)[:, None, None]

    with torch.no_grad():
        if course.clip is not None:
            norm = sum(side.grad.square().sum(dim=(1, 2)) for _, side, _ in pairs).sqrt()
            factor = (course.clip / (norm + 1e-6)).clamp(max=1.0)[:, None, None]
            for _, side, _ in pairs:
                side.grad.mul_(factor)
        rate, going, steps = column(rates), column(np.asarray(rates) > 0), np.maximum(taken, 1)
        first_bias, second_bias = column(1 - _FIRST**steps), column(np.sqrt(1 - _SECOND**steps))
        for layer, side, place in pairs:
            mean, square = layer.memory[place]
            mean.add_((1 - _FIRST) * going * (side.grad - mean))
            square.add_((1 - _SECOND) * going * (side.grad.square() - square))
            side.mul_(1 - rate * course.decay)
            side.sub_(rate / first_bias * mean / (square.sqrt() / second_bias + _LEAST))
            side.grad = None
