"""One causal network that gives logits, and what is made of them in one go."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from threading import Lock
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.errors import ModelError
from vidocq.targets.foreign import foreign_code
from vidocq.targets.networks.model import require_torch

_AT_ONCE = 2**18  # numbers of the logits that are worked on at a time: they stay in the processor's cache
_FLOOR = -1000.0  # log-odds below this are a probability of 0 in float32; keeps what is ruled out from making 0 × inf
_COUNTING = Lock()  # batches go side by side
FIX = "check that the model answers sensibly where it was trained"


@dataclass(eq=False)
class Network:
    """A module of transformers, or of peft.

    bare     its adapter is put aside: what is asked is the base.
    adapter  which of several adapters is asked.
    rows     how many texts went through it so far.   passes  in how many batches.
    """

    module: Any
    bare: bool = False
    adapter: str | None = None
    rows: int = 0
    passes: int = 0

    @property
    def device(self) -> Any:
        return next(self.module.parameters()).device

    @property
    def vocabulary(self) -> int:
        """Rows of the embedding."""
        return int(self.module.get_input_embeddings().weight.shape[0])

    def as_asked(self) -> AbstractContextManager[Any]:
        """Within it, the module is the one that this network stands for."""
        if self.adapter is not None:
            self.module.set_adapter(self.adapter)
        return self.module.disable_adapter() if self.bare else nullcontext()

    def last(self, rows: Any, *, cache: Any = None, keep: bool) -> tuple[Any, Any]:
        """(rows, vocabulary) logits of what comes after rows (rows, length), and what is kept of them if asked to.

        cache  what was kept of the tokens before these, by an earlier call.
        """
        told = self._forward(
            rows, cache=cache, keep=keep, **({"logits_to_keep": 1} if "logits_to_keep" in self._takes else {})
        )
        return told.logits[:, -1], kept(told)

    def in_pieces(self, row: Sequence[int], *, tokens: int) -> Iterator[Any]:
        """(t, vocabulary) logits of one long row, so many tokens at a time, each piece going on from what is kept of those
        before it: all of them at once may not go into memory. A network that keeps no keys gives them at once all the same.
        """
        torch = require_torch()
        given = torch.tensor([list(row)], device=self.device)
        self._count(1)
        cache = None
        for first in range(0, len(row), tokens):
            with (
                torch.inference_mode(),
                self.as_asked(),
                foreign_code("the model", where="targets.language", fix=FIX),
            ):
                told = self._forward(given[:, first : first + tokens], cache=cache, keep=True)
                cache = kept(told)
                if not keeps_keys(cache):
                    yield self._forward(given, cache=None, keep=False).logits[0]
                    return
            yield told.logits[0]

    def _count(self, rows: int) -> None:
        with _COUNTING:
            self.rows += rows
            self.passes += 1

    def _forward(self, rows: Any, *, cache: Any, keep: bool, **named: Any) -> Any:
        if cache is not None:
            named["cache" if "cache" in self._takes else "past_key_values"] = (
                cache  # the second before transformers 5.24
            )
        return self.module(input_ids=rows, use_cache=keep, return_dict=True, **named)

    @cached_property
    def _takes(self) -> frozenset[str]:
        """Names of what the module takes; within an adapter, those of what it adapts."""
        inner = self.module.get_base_model() if hasattr(self.module, "get_base_model") else self.module
        return frozenset(signature(inner.forward).parameters)

    @property
    def bytes_a_token(self) -> int:
        """What it remembers of each token it goes on from: keys and values of every layer."""
        config = self.module.config
        heads = getattr(config, "num_attention_heads", 1)
        width = getattr(config, "head_dim", None) or config.hidden_size // heads
        kept = getattr(config, "num_key_value_heads", None) or heads
        return int(2 * config.num_hidden_layers * kept * width * next(self.module.parameters()).element_size())

    def logits(self, rows: Sequence[Sequence[int]]) -> Any:
        """(rows, longest, vocabulary) tensor. Shorter rows are filled on the right, which nothing before it can see."""
        torch = require_torch()
        longest = max(map(len, rows))
        given = torch.tensor([[*row, *([0] * (longest - len(row)))] for row in rows], device=self.device)
        self._count(len(rows))
        with (
            torch.inference_mode(),
            self.as_asked(),
            foreign_code("the model", where="targets.language", fix=FIX),
        ):
            return self._forward(given, cache=None, keep=False).logits


def kept(told: Any) -> Any:
    """What a network keeps of the tokens it was given."""
    return (
        told["cache"] if "cache" in told else told.get("past_key_values")
    )  # the old name is warned of once there is a new one


def keeps_keys(cache: Any) -> bool:
    """Whether what is kept can be gone on from piece by piece, and shared out among rows."""
    layers = getattr(cache, "layers", ())
    return len(layers) > 0 and all(hasattr(layer, "batch_select_indices") for layer in layers)


@dataclass(frozen=True, eq=False)
class Read:
    """(t,) of each token; as of TokenSignals."""

    logprob: FloatArray
    mean: FloatArray
    spread: FloatArray
    top: BoolArray


def read_tokens(logits: Any, tokens: Any, *, moments: bool = True) -> Read:
    """What logits (t, v) say of the tokens (t,) that came next, in float32, a slice of them at a time.

    moments  mean, spread and top too; NaN and False without.
    Raises ModelError where they are not finite.
    """
    torch = require_torch()
    at_once = max(1, _AT_ONCE // logits.shape[1])
    what = _moments if moments else _logprob
    with torch.inference_mode():
        slices = zip(logits.split(at_once), tokens.split(at_once), strict=True)
        table = torch.cat([what(part.float(), told[:, None]) for part, told in slices])
        table = table.cpu().numpy().astype(np.float64)
    if not np.isfinite(table).all():
        raise ModelError("the model's answers are not finite numbers", where="targets.language", fix=FIX)
    logprob = np.minimum(table[:, 0], 0.0)
    if not moments:
        nothing = np.full(len(table), np.nan)
        return Read(logprob, nothing, nothing, np.zeros(len(table), dtype=bool))
    return Read(logprob, table[:, 1], table[:, 2], table[:, 3] == 1.0)


def _logprob(x: Any, told: Any) -> Any:
    """(t, 1)"""
    return x.gather(1, told) - x.logsumexp(dim=1, keepdim=True)


def _moments(x: Any, told: Any) -> Any:
    """(t, 4) log-probability of the token, their mean and standard deviation over the distribution, 1 if it is the likeliest.

    Moments are taken about the likeliest: where the distribution is narrow so are they, and little is lost to rounding.
    """
    torch = require_torch()
    x = x - x.amax(dim=1, keepdim=True)
    chosen = x.gather(1, told)
    x.clamp_(min=_FLOOR)  # leaves NaN as it is
    weight = x.exp()
    total = weight.sum(dim=1, keepdim=True)
    first = _dot(weight, x) / total
    second = _dot(weight.mul_(x), x) / total
    spread = (second - first.square()).clamp_(min=0.0).sqrt()
    return torch.cat([chosen - total.log(), first - total.log(), spread, (chosen == 0).float()], dim=1)


def _dot(a: Any, b: Any) -> Any:
    """(t, 1) products of rows, with no table in between."""
    torch = require_torch()
    return torch.bmm(a[:, None, :], b[:, :, None])[:, 0]
