"""k networks of one shape trained at once: parameters in one tensor a layer, own records and order for each.

Two ways to the gradients: by hand for plain networks (batched products, no graph), by `torch.func` for other modules
that can be mapped over. Everything after them, optimiser and schedule, is torch's own code on the stacked tensors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Protocol

from vidocq.targets.networks.batches import Batches
from vidocq.targets.networks.layers import Layer, plain_layers
from vidocq.targets.networks.losses import pull, weighted
from vidocq.targets.networks.training import Training
from vidocq.targets.networks.transforms import Transforms

LANES = 64
"""Arrays are filled up to a multiple of this: a processor treats the odd last numbers of an array otherwise than the
rest, and a model would come out otherwise for standing last in its stack."""


class Gradients(Protocol):
    """Parameters of k models, a row of numbers for each model, and their gradients on one batch a model."""

    parameters: list[Any]

    def of(self, x: Any, truth: Any, weights: Any) -> list[Any]:
        """One gradient for each of `parameters`, of its shape. x (k, b, ...), truth (k, b), weights (k, b)."""
        ...

    def states(self) -> list[dict[str, Any]]:
        """A state dict for each model."""
        ...


class ByHand:
    """Plain layers; every array is made once and used again in each step."""

    def __init__(self, modules: Sequence[Any], layers: Sequence[Layer], training: Training) -> None:
        import torch  # noqa: PLC0415

        self._layers, self._loss = layers, training.loss
        states = [module.state_dict() for module in modules]
        weights = [torch.stack([s[f"{n.name}.weight"].T for s in states]) for n in layers]
        biases = [torch.stack([s[f"{n.name}.bias"] for s in states])[:, None] for n in layers if n.bias]
        # One tensor for all that is learnt: an optimiser's step costs as much for each tensor as for a small network.
        values = _Rows.of([*weights, *biases])
        slopes = _Rows.of([torch.zeros_like(part) for part in (*weights, *biases)])
        self.parameters, self._gradients = [values.padded], [slopes.padded]
        self._weights, self._by_weight = values.shaped[: len(layers)], slopes.shaped[: len(layers)]
        each, by_each = iter(values.shaped[len(layers) :]), iter(slopes.shaped[len(layers) :])
        self._biases = [next(each) if n.bias else None for n in layers]
        self._by_bias = [next(by_each) if n.bias else None for n in layers]
        self._buffers: dict[tuple[str, int], Any] = {}

    def of(self, x: Any, truth: Any, weights: Any) -> list[Any]:
        import torch  # noqa: PLC0415

        shown = [x.flatten(2)]
        for place, layer in enumerate(self._layers):
            out = self._buffer("out", place, (*shown[-1].shape[:2], layer.outputs), like=x)
            bias = self._biases[place]
            if bias is None:
                torch.bmm(shown[-1], self._weights[place], out=out)
            else:
                torch.baddbmm(bias, shown[-1], self._weights[place], out=out)
            _activate(self._buffers["out", place].padded, layer.activation)
            shown.append(out)
        back = pull(shown.pop(), truth, weights, loss=self._loss)
        for place in reversed(range(len(self._layers))):
            before = shown.pop()
            torch.bmm(before.transpose(1, 2), back, out=self._by_weight[place])
            if self._by_bias[place] is not None:
                torch.sum(back, dim=1, keepdim=True, out=self._by_bias[place])
            if place:
                through = self._buffer("back", place, before.shape, like=x)
                torch.bmm(back, self._weights[place].transpose(1, 2), out=through)
                back = _slope(through, before, self._layers[place - 1].activation)
        return self._gradients

    def states(self) -> list[dict[str, Any]]:
        found = []
        for k in range(len(self._weights[0])):
            state = {}
            for place, layer in enumerate(self._layers):
                state[f"{layer.name}.weight"] = self._weights[place][k].T.clone()
                bias = self._biases[place]
                if bias is not None:
                    state[f"{layer.name}.bias"] = bias[k, 0].clone()
            found.append(state)
        return found

    def _buffer(self, name: str, place: int, shape: Sequence[int], *, like: Any) -> Any:
        kept = self._buffers.get((name, place))
        if kept is None or kept.shaped[0].shape != shape:
            kept = self._buffers[name, place] = _Rows.of([like.new_zeros(tuple(shape))])
        return kept.shaped[0]


@dataclass(frozen=True, eq=False)
class _Rows:
    """(k, ...) tensors side by side, each in rows of a multiple of `LANES` numbers.

    padded  (k, m) all of them.   shaped  a view of each, as it was given.
    """

    padded: Any
    shaped: list[Any]

    @classmethod
    def of(cls, parts: Sequence[Any]) -> "_Rows":
        counts = [part[0].numel() for part in parts]
        ends = list(accumulate(-(-count // LANES) * LANES for count in counts))
        padded = parts[0].new_zeros(len(parts[0]), ends[-1])
        shaped = []
        for part, count, begin in zip(parts, counts, [0, *ends], strict=False):
            view = padded[:, begin : begin + count].unflatten(1, part.shape[1:])
            shaped.append(view.copy_(part))
        return cls(padded, shaped)


def _activate(values: Any, activation: str) -> Any:
    if activation == "ReLU":
        return values.relu_()
    if activation == "Tanh":
        return values.tanh_()
    return values.sigmoid_() if activation == "Sigmoid" else values


def _slope(back: Any, shown: Any, activation: str) -> Any:
    """`back` times the activation's derivative, which all of these tell by their own output."""
    if activation == "ReLU":
        return back.mul_(shown.sign_())
    if activation == "Tanh":
        return back.mul_(shown.square_().neg_().add_(1.0))
    return back.mul_(shown - shown * shown) if activation == "Sigmoid" else back


class ByMapping:
    """Any module that torch.func can map over: no state that training changes, no draw."""

    def __init__(self, modules: Sequence[Any], training: Training) -> None:
        import torch  # noqa: PLC0415
        from torch.func import functional_call, grad, vmap  # noqa: PLC0415

        module = modules[0]
        self._names = [name for name, _ in module.named_parameters()]
        held = [dict(m.named_parameters()) for m in modules]
        self.parameters = [torch.stack([h[name].detach() for h in held]) for name in self._names]

        def loss(parameters: dict[str, Any], x: Any, truth: Any, weights: Any) -> Any:
            with training.products(x.device.type):
                outputs = functional_call(module, parameters, (x,))
            return weighted(outputs.to(x.dtype), truth, weights, loss=training.loss)

        self._mapped = vmap(grad(loss), in_dims=(0, 0, 0, 0), randomness="error")

    def of(self, x: Any, truth: Any, weights: Any) -> list[Any]:
        found = self._mapped(dict(zip(self._names, self.parameters, strict=True)), x, truth, weights)
        return [found[name] for name in self._names]

    def states(self) -> list[dict[str, Any]]:
        return [
            {name: values[k].clone() for name, values in zip(self._names, self.parameters, strict=True)}
            for k in range(len(self.parameters[0]))
        ]


def gradients_of(modules: Sequence[Any], training: Training) -> Gradients:
    """By hand where the network is plain, else by mapping; raises whatever torch raises where it cannot map."""
    layers = None if training.precision == "mixed" else plain_layers(modules[0])
    return ByMapping(modules, training) if layers is None else ByHand(modules, layers, training)


@dataclass(frozen=True, eq=False)
class Scales:
    """What is subtracted from each model's records and what they are divided by, (k, 1, d) tensors."""

    centre: Any
    spread: Any


def train_stack(
    modules: Sequence[Any],
    x: Any,
    truth: Any,
    batches: Batches,
    training: Training,
    *,
    scales: Scales | None,
    transforms: Transforms,
    shape: tuple[int, ...],
) -> list[dict[str, Any]]:
    """Trains modules of one shape side by side; returns their state dicts.

    x (n, d) and truth (n,) tensors of all records on the device; `shape` of one record as the network takes it.
    A model whose steps of the epoch are done waits: it has no gradient, and is not moved.
    """
    import torch  # noqa: PLC0415

    stack = gradients_of(modules, training)
    k = len(modules)
    even = len(set(batches.steps)) == 1
    # One tensor a layer where all have as many steps; else one view a model, so that some can wait.
    moved = stack.parameters if even else [p[i] for p in stack.parameters for i in range(k)]
    optimiser = training.optimiser_of(moved)
    weights = batches.weights(dtype=x.dtype).to(x.device)
    taken = x.new_empty(k * batches.size, x.shape[1])
    for epoch, order in enumerate(batches.epochs(training.epochs)):
        rate = training.rate_at(epoch)
        for step, places in enumerate(order.to(x.device).flatten(1)):
            torch.index_select(x, 0, places, out=taken)
            batch = taken.view(k, batches.size, -1)
            if scales is not None:
                batch.sub_(scales.centre).div_(scales.spread)
            waiting = None if even else [step >= steps for steps in batches.steps]
            shown = transforms.of(batch.view(k, batches.size, *shape), waiting=waiting)
            found = stack.of(shown, truth[places].view(k, batches.size), weights[step])
            if waiting is not None:
                found = [None if out else g for gs in found for g, out in zip(gs, waiting, strict=True)]
            optimiser.step(found, rate=rate)
    return stack.states()
