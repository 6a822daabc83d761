"""The network and its training, as sacroml asks for them: a module with a class, and a module with `train`.

It reads both by file name from the folder of the runner, makes the class anew for every reference model, and calls
`train` with a DataLoader that it makes itself of the records, in batches of its target's size, shuffled.
"""

from __future__ import annotations

from typing import Any

import torch


class Network(torch.nn.Module):
    """One hidden layer of 128; the names of its parameters are those of the bench's own network."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.layers = torch.nn.Sequential(
            torch.nn.Linear(inputs, 128), torch.nn.ReLU(), torch.nn.Linear(128, outputs)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.layers(x)


def train(model: torch.nn.Module, dataloader: Any, *, how: str, rate: float, epochs: int) -> None:
    """Adam on the cross-entropy. `how`: "loader" asks the DataLoader for each batch, as torch's tutorials do; "tensors"
    takes its tensors out and cuts the batches itself, which a careful user would write.
    """
    model.train()
    x, y = dataloader.dataset.tensors
    optimiser = torch.optim.Adam(model.parameters(), lr=rate, fused=how == "tensors")
    for _ in range(epochs):
        cut = ((x[rows], y[rows]) for rows in torch.randperm(len(y)).split(dataloader.batch_size))
        for xs, ys in dataloader if how == "loader" else cut:
            optimiser.zero_grad(set_to_none=True)
            torch.nn.functional.cross_entropy(model(xs), ys).backward()
            optimiser.step()
