"""How many networks fit into memory side by side: a machine that swaps is slower than one that trains one by one."""

from typing import Any

import joblib

from vidocq.engine.memory import available_memory, total_memory

COPIES = 6
"""Of each parameter: as made, in the stack, its gradient, two moments of the optimiser, as handed back."""
WAYS = 2
"""Each number between two layers is kept forth and back."""
SHARE = 0.5
"""Of the memory that all stacks of this machine may take, one stack on each core."""


def bytes_of_one(module: Any, *, shape: tuple[int, ...], batch: int) -> int:
    """What one network takes while it is trained on batches of so many records. The module runs on one record of zeros."""
    import torch  # noqa: PLC0415 - an extra, on use

    first = next(module.parameters())
    counts = [first.new_zeros(1, *shape).numel()]

    def count(_: Any, __: Any, answer: Any) -> None:
        counts.append(answer.numel() if isinstance(answer, torch.Tensor) else 0)

    leaves = [part for part in module.modules() if not any(part.children())]
    hooks = [leaf.register_forward_hook(count) for leaf in leaves]
    was_training = module.training
    try:
        with torch.no_grad():
            module.eval()(first.new_zeros(1, *shape))
    finally:
        module.train(was_training)
        for hook in hooks:
            hook.remove()
    parameters = sum(parameter.numel() for parameter in module.parameters())
    return int(first.element_size() * (COPIES * parameters + WAYS * batch * sum(counts)))


def largest_stack(one: int, *, steady: bool) -> int:
    """How many networks of `one` bytes each fit, at least 1.

    steady  what this machine has decides, not what is left of it: the same answer every time.
    """
    memory = total_memory() if steady else available_memory()
    return max(int(SHARE * memory / joblib.cpu_count() // max(one, 1)), 1)
