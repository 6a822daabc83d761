"""Plain networks read layer by layer: those whose gradients we write by hand for many models at once."""

from dataclasses import dataclass
from typing import Any

ACTIVATIONS = ("ReLU", "Tanh", "Sigmoid")


@dataclass(frozen=True)
class Layer:
    """A linear map from `inputs` to `outputs` numbers, with or without bias, and what follows it ("" for nothing).

    name  of the linear module inside the network, for its weights.
    """

    name: str
    inputs: int
    outputs: int
    bias: bool
    activation: str = ""


def plain_layers(module: Any) -> tuple[Layer, ...] | None:
    """The layers of an nn.Sequential of Linear and elementwise activations; None for anything else."""
    import torch  # noqa: PLC0415

    if type(module) is not torch.nn.Sequential:
        return None
    found: list[Layer] = []
    for name, part in module._modules.items():  # named_children() would tell a shared activation once
        kind = type(part).__name__
        if type(part) is torch.nn.Linear:
            found.append(Layer(name, part.in_features, part.out_features, part.bias is not None))
        elif kind in ACTIVATIONS and type(part) is getattr(torch.nn, kind) and found and not found[-1].activation:
            last = found[-1]
            found[-1] = Layer(last.name, last.inputs, last.outputs, last.bias, kind)
        elif type(part) not in (torch.nn.Identity, torch.nn.Flatten):
            return None
    if not found or found[-1].activation or any(p.grad_fn or not p.requires_grad for p in module.parameters()):
        return None
    return tuple(found)
