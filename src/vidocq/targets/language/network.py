"""One causal network that gives logits, and what is made of them in one go."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.errors import ModelError
from vidocq.targets.foreign import foreign_code
from vidocq.targets.networks.model import require_torch

_AT_ONCE = 2**20  # numbers of the logits that are worked on at a time
_FLOOR = -1000.0  # log-odds below this are a probability of 0 in float32; keeps what is ruled out from making 0 × inf
FIX = "check that the model answers sensibly where it was trained"


@dataclass(eq=False)
class Network:
    """A module of transformers, or of peft.

    bare   its adapter is put aside: what is asked is the base.
    rows   how many texts went through it so far.   passes  in how many batches.
    """

    module: Any
    bare: bool = False
    rows: int = 0
    passes: int = 0

    @property
    def device(self) -> Any:
        return next(self.module.parameters()).device

    @property
    def vocabulary(self) -> int:
        """Rows of the embedding."""
        return int(self.module.get_input_embeddings().weight.shape[0])

    def last(self, rows: Any, *, cache: Any = None, keep: bool) -> tuple[Any, Any]:
        """(rows, vocabulary) logits of what comes after rows (rows, length), and what is kept of them if asked to.

        cache  what was kept of the tokens before these, by an earlier call.
        """
        takes = self._takes
        named: dict[str, Any] = {"logits_to_keep": 1} if "logits_to_keep" in takes else {}
        if cache is not None:
            named["cache" if "cache" in takes else "past_key_values"] = cache  # the second before transformers 5.24
        told = self.module(input_ids=rows, use_cache=keep, return_dict=True, **named)
        return told.logits[:, -1], told.get("cache", told.get("past_key_values"))

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
        self.rows += len(rows)
        self.passes += 1
        with (
            torch.inference_mode(),
            self.module.disable_adapter() if self.bare else nullcontext(),
            foreign_code("the model", where="targets.language", fix=FIX),
        ):
            return self.module(input_ids=given, use_cache=False, return_dict=True).logits


@dataclass(frozen=True, eq=False)
class Read:
    """(t,) of each token; as of TokenSignals."""

    logprob: FloatArray
    mean: FloatArray
    spread: FloatArray
    top: BoolArray


def read_tokens(logits: Any, tokens: Any, *, moments: bool = True) -> Read:
    """What logits (t, v) say of the tokens (t,) that came next, in float32, a slice of them at a time.

    moments  mean and spread too; NaN without.
    Raises ModelError where they are not finite.
    """
    torch = require_torch()
    at_once = max(1, _AT_ONCE // logits.shape[1])
    found: list[Any] = []
    with torch.inference_mode():
        for part, told in zip(logits.split(at_once), tokens.split(at_once), strict=True):
            x = part.float()
            highest, _ = x.max(dim=1, keepdim=True)
            x = x - highest
            chosen = x.gather(1, told[:, None])
            x.clamp_(min=_FLOOR)  # leaves NaN as it is
            weight = x.exp()
            total = weight.sum(dim=1, keepdim=True)
            columns = [chosen - total.log(), chosen == 0]
            if moments:
                weight /= total
                mean = (weight * x).sum(dim=1, keepdim=True)
                x -= mean
                variance = weight.mul_(x).mul_(x).sum(dim=1, keepdim=True)
                columns += [mean - total.log(), variance.sqrt()]
            found.append(torch.cat([column.float() for column in columns], dim=1))
        table = torch.cat(found).cpu().numpy().astype(np.float64)
    if not np.isfinite(table).all():
        raise ModelError("the model's answers are not finite numbers", where="targets.language", fix=FIX)
    nothing = np.full(len(table), np.nan)
    mean_of, spread = (table[:, 2], table[:, 3]) if moments else (nothing, nothing)
    return Read(np.minimum(table[:, 0], 0.0), mean_of, spread, table[:, 1] == 1.0)
