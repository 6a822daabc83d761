"""Our calls of torch's fused steps move parameters as torch's own optimisers do; some parameters may wait."""

import subprocess
import sys

import pytest

from vidocq.targets.networks.training import Training

torch = pytest.importorskip("torch", reason='these tests need PyTorch: pip install "vidocq[torch]"')


@pytest.mark.parametrize(
    ("given", "theirs"),
    [
        ({"optimiser": "adam", "weight_decay": 0.1}, lambda p: torch.optim.Adam(p, lr=0.05, weight_decay=0.1)),
        ({"optimiser": "adamw", "weight_decay": 0.1}, lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1)),
        ({"optimiser": "sgd"}, lambda p: torch.optim.SGD(p, lr=0.05)),
        (
            {"optimiser": "sgd", "momentum": 0.9, "nesterov": True, "weight_decay": 0.1},
            lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.1),
        ),
    ],
    ids=["adam", "adamw", "sgd", "nesterov"],
)
def test_steps_are_those_of_torch(given, theirs):
    drawn = torch.Generator().manual_seed(1)
    ours = [
        torch.randn(3, 4, generator=drawn, dtype=torch.float64),
        torch.randn(5, generator=drawn, dtype=torch.float64),
    ]
    other = [p.clone().requires_grad_() for p in ours]
    optimiser = Training(learning_rate=0.05, epochs=1, **given).optimiser_of(ours)
    reference = theirs(other)
    for step in range(12):
        gradients = [torch.randn(p.shape, generator=drawn, dtype=torch.float64) for p in ours]
        if step % 3 == 1:
            gradients[0] = None  # it waits
        for p, gradient in zip(other, gradients, strict=True):
            p.grad = gradient
        reference.step()
        optimiser.step(gradients, rate=0.05)
    for one, p in zip(ours, other, strict=True):
        torch.testing.assert_close(one, p.detach(), rtol=1e-12, atol=1e-14)


def test_torch_s_compiler_is_not_loaded():
    """It takes seconds in every process."""
    code = """
import sys, numpy as np, torch
from vidocq.core.records import Records
from vidocq.targets.networks.recipe import TorchRecipe
from vidocq.targets.networks.training import Training
def net(inputs, outputs): return torch.nn.Sequential(torch.nn.Linear(inputs, outputs))
made = TorchRecipe(net, Training(learning_rate=.1, epochs=1, batch_size=4), np.arange(2))
data = Records(np.eye(8), np.arange(8) % 2, tuple("abcdefgh"))
made.stacking(data)
made.fit_stack(data, np.ones((2, 8), dtype=bool), seeds=[1, 2])
made.fit(data, seed=1)
print("torch._dynamo" in sys.modules)
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
