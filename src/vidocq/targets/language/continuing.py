"""How likely a model goes on with a given suffix, in closed form."""

from collections.abc import Sequence

import numpy as np

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ModelError, SignalError
from vidocq.core.language import Decoding
from vidocq.targets.language.batching import batches, most_tokens
from vidocq.targets.language.decoding import decoded, require_sound
from vidocq.targets.language.network import FIX, Network
from vidocq.targets.networks.model import require_torch


def continuations(
    prefixes: Sequence[Sequence[int]], suffixes: Sequence[Sequence[int]], *, network: Network, decoding: Decoding
) -> FloatArray:
    """(n,) log-probability that each prefix is gone on with by its suffix, token by token.

    Source  Hayes et al. (2024), arXiv:2410.19482.
    Raises  SignalError if nothing stands before a suffix; ModelError where answers are not finite.
    """
    require_sound(decoding)
    if not all(prefixes):
        raise SignalError(
            "a prefix is empty, and the model needs a token before what it is to go on with",
            where="targets.language",
            fix="ask for longer prefixes",
        )
    found = np.zeros(len(prefixes))
    lengths = [len(a) + len(b) if b else 0 for a, b in zip(prefixes, suffixes, strict=True)]
    for group in batches(lengths, tokens=most_tokens(network.vocabulary)):
        found[group] = _one_batch([prefixes[i] for i in group], [suffixes[i] for i in group], network, decoding)
    return found


def _one_batch(
    prefixes: Sequence[Sequence[int]], suffixes: Sequence[Sequence[int]], network: Network, decoding: Decoding
) -> FloatArray:
    torch = require_torch()
    logits = network.logits([[*a, *b] for a, b in zip(prefixes, suffixes, strict=True)])
    sums = []
    with torch.inference_mode():
        for row, before, after in zip(logits, prefixes, suffixes, strict=True):
            place = len(before) - 1
            told = row[place : place + len(after)]
            if not bool(told.amax(dim=1).isfinite().all()):  # what a model never says may be -inf
                raise ModelError("the model's answers are not finite numbers", where="targets.language", fix=FIX)
            logs = decoded(told, decoding)
            chosen = torch.tensor(list(after), device=logs.device)
            sums.append(float(logs.gather(1, chosen[:, None]).double().sum()))
    return np.array(sums)
