"""The loop that fine-tunes a causal network on rows of tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from vidocq.core.errors import ModelError
from vidocq.core.seeds import Seeds
from vidocq.targets.language.examples import Row, steps_of
from vidocq.targets.networks.model import require_torch

_UNLEARNT = -100


@dataclass(frozen=True, kw_only=True)
class Course:
    """AdamW, as fine-tuning is commonly done.

    epochs      times that each row is seen.     rate  of learning; "linear" lets it fall to 0, "constant" keeps it.
    batch       rows of one step, of which `at_once` go through the network together: the step is the same for any.
    decay       of weights, but for biases and norms.   clip  largest norm of a step's gradient; None leaves it.
    """

    epochs: int = 3
    rate: float = 5e-5
    schedule: Literal["linear", "constant"] = "linear"
    batch: int = 16
    at_once: int = 16
    decay: float = 0.01
    clip: float | None = 1.0


def train(module: Any, rows: Sequence[Row], course: Course, *, seed: int) -> None:
    """Trains those weights of the module that ask for it, in place. Dropout draws from torch's global generator.

    Raises ModelError if the training diverges.
    """
    torch = require_torch()
    optimiser = torch.optim.AdamW(groups_of(module, course.decay), lr=course.rate)
    total = course.epochs * -(-len(rows) // course.batch)
    rng = Seeds(seed).generator("order")
    done = 0
    module.train()
    for _ in range(course.epochs):
        for step in steps_of(len(rows), batch=course.batch, rng=rng):
            for group in optimiser.param_groups:
                group["lr"] = rate_at(course, done, total)
            _one_step(module, [rows[i] for i in step], course, optimiser)
            done += 1
    module.eval()


def rate_at(course: Course, step: int, steps: int) -> float:
    """The rate of one of so many steps."""
    return course.rate * (1 - step / steps) if course.schedule == "linear" else course.rate


def groups_of(module: Any, decay: float) -> list[dict[str, Any]]:
    """The weights that are trained: matrices with decay, biases and norms without."""
    trained = [weights for weights in module.parameters() if weights.requires_grad]
    return [
        {"params": [weights for weights in trained if weights.ndim > 1], "weight_decay": decay},
        {"params": [weights for weights in trained if weights.ndim <= 1], "weight_decay": 0.0},
    ]


def filled(rows: Sequence[Row]) -> tuple[Any, Any]:
    """(rows, longest) tokens, and labels: what is learnt, -100 elsewhere. Filled on the right, which no token sees."""
    torch = require_torch()
    longest = max(len(row.tokens) for row in rows)
    tokens = np.zeros((len(rows), longest), dtype=np.int64)
    labels = np.full((len(rows), longest), _UNLEARNT, dtype=np.int64)
    for i, row in enumerate(rows):
        tokens[i, : len(row.tokens)] = row.tokens
        labels[i, : len(row.tokens)] = np.where(row.learnt, row.tokens, _UNLEARNT)
    return torch.from_numpy(tokens), torch.from_numpy(labels)


def losses_of(logits: Any, labels: Any) -> Any:
    """(rows, tokens - 1) minus the log-probability of each token that is learnt, in float32; 0 for the others."""
    torch = require_torch()
    found = torch.nn.functional.cross_entropy(
        logits[:, :-1].flatten(0, 1).float(), labels[:, 1:].flatten(), ignore_index=_UNLEARNT, reduction="none"
    )
    return found.reshape(len(labels), -1)


def _one_step(module: Any, rows: Sequence[Row], course: Course, optimiser: Any) -> None:
    """The gradient of the mean over all tokens learnt in the step, gathered part by part."""
    torch = require_torch()
    device = next(module.parameters()).device
    learnt = sum(int(row.learnt.sum()) for row in rows)
    if not learnt:
        return
    total = 0.0
    for first in range(0, len(rows), course.at_once):
        tokens, labels = (part.to(device) for part in filled(rows[first : first + course.at_once]))
        loss = losses_of(module(input_ids=tokens, use_cache=False, return_dict=True).logits, labels).sum() / learnt
        loss.backward()
        total += float(loss.detach())
    if not np.isfinite(total):
        raise ModelError("the training diverged", where="targets.language", fix="lower the learning rate")
    if course.clip is not None:
        trained = [weights for group in optimiser.param_groups for weights in group["params"]]
        torch.nn.utils.clip_grad_norm_(trained, course.clip)
    optimiser.step()
    optimiser.zero_grad()
