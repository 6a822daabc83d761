"""The network of torch_stack.py and network_audit.py, alone in its file: each worker process imports it."""

from __future__ import annotations

import torch


def mlp(inputs: int, outputs: int) -> torch.nn.Module:
    return torch.nn.Sequential(torch.nn.Linear(inputs, 128), torch.nn.ReLU(), torch.nn.Linear(128, outputs))
