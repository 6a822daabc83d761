"""The distribution that the next token is drawn from, exactly as a way of decoding makes it of logits."""

import math
from typing import Any

from vidocq.core.errors import ConfigurationError
from vidocq.core.language import Decoding
from vidocq.targets.networks.model import require_torch


def require_sound(decoding: Decoding) -> None:
    """Raises ConfigurationError on a way of decoding that draws nothing."""
    sound = (
        math.isfinite(decoding.temperature)
        and decoding.temperature >= 0
        and (decoding.top_k is None or decoding.top_k >= 1)
        and 0 < decoding.top_p <= 1
    )
    if not sound:
        raise ConfigurationError(
            "the decoding makes no sense",
            where="[language] temperature, top_k, top_p",
            fix="give a temperature of 0 or more, a top_k of 1 or more, and a top_p above 0 and at most 1",
        )


def decoded(logits: Any, decoding: Decoding) -> Any:
    """(r, v) log-probabilities, in float32, of what is drawn where the logits are (r, v); -inf for what is ruled out.

    Where tokens are equally likely the one of the lower number comes first: exactly `top_k` are kept, and a temperature
    of 0 takes one.
    """
    torch = require_torch()
    x = logits.float()
    if decoding.is_greedy:
        highest = x == x.max(dim=1, keepdim=True).values
        first = highest & (highest.cumsum(dim=1) == 1)
        return torch.zeros_like(x).masked_fill_(~first, -torch.inf)
    x = x / decoding.temperature
    top_k = min(decoding.top_k or x.shape[1], x.shape[1])
    if top_k < x.shape[1] or decoding.top_p < 1:
        x = x.masked_fill(~_kept(x, top_k, decoding.top_p), -torch.inf)
    return torch.log_softmax(x, dim=1)


def _kept(x: Any, top_k: int, top_p: float) -> Any:
    """(r, v) bool: among the `top_k` likeliest, and among the fewest of these that hold `top_p` of what they hold."""
    torch = require_torch()
    values, order = torch.sort(x, dim=1, descending=True, stable=True)
    values, order = values[:, :top_k], order[:, :top_k]
    kept = torch.ones_like(values, dtype=torch.bool)
    if top_p < 1:
        share = torch.softmax(values.double(), dim=1)
        kept = share.cumsum(dim=1) - share < top_p
    return torch.zeros_like(x, dtype=torch.bool).scatter_(1, order, kept)
