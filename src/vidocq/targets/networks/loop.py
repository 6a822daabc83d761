"""One network trained alone, as torch's own tutorials do: what a stack is held against, and what it falls back to."""

from typing import Any

from vidocq.targets.networks.batches import Batches
from vidocq.targets.networks.losses import weighted
from vidocq.targets.networks.training import Training
from vidocq.targets.networks.transforms import Transforms


def train_alone(
    module: Any,
    x: Any,
    truth: Any,
    batches: Batches,
    training: Training,
    *,
    transforms: Transforms,
    shape: tuple[int, ...],
) -> dict[str, Any]:
    """Trains a module on the records that `batches` (of one model) names; returns its state dict.

    x (n, d) and truth (n,) tensors of all records, standardised already where that is asked for.
    """
    module.train()
    parameters = list(module.parameters())
    optimiser = training.optimiser_of(parameters)
    weights = batches.weights(dtype=x.dtype).to(x.device)
    for epoch, order in enumerate(batches.epochs(training.epochs)):
        for step, places in enumerate(order.to(x.device)[:, 0]):
            real = weights[step, 0] > 0
            rows, given = places[real], weights[step, 0][real]
            # As many draws as in a stack, where the last batch is filled up.
            batch = transforms.of(x[places].view(1, -1, *shape))[0][real]
            module.zero_grad(set_to_none=True)
            with training.products(x.device.type):
                outputs = module(batch)
            weighted(outputs.to(x.dtype), truth[rows], given, loss=training.loss).backward()
            optimiser.step([p.grad for p in parameters], rate=training.rate_at(epoch))
    return dict(module.state_dict())
