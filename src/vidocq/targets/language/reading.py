"""Texts go through a model once, and through its base once; every attack draws on what is kept of each token."""

import zlib
from collections.abc import Sequence

import numpy as np

from vidocq.core.arrays import IntArray
from vidocq.core.token_signals import TokenSignals
from vidocq.targets.language.batching import batches, most_tokens
from vidocq.targets.language.lanes import MOST_LANES, in_lanes, lanes_of
from vidocq.targets.language.network import Network, Read, read_tokens
from vidocq.targets.networks.model import require_torch


def signals_of(
    texts: Sequence[str], tokens: Sequence[Sequence[int]], *, lead: int, target: Network, base: Network | None
) -> TokenSignals:
    """texts as they were read; tokens of each, the `lead` first ones of which stand before the text."""
    skipped = max(lead, 1)
    lengths = np.array([max(0, len(row) - skipped) for row in tokens], dtype=np.int64)
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    logprob, mean, spread, reference = (np.full(start[-1], np.nan) for _ in range(4))
    top = np.zeros(start[-1], dtype=bool)
    networks = [network for network in (target, base) if network is not None]
    budget = most_tokens(max(network.vocabulary for network in networks))
    sizes = np.where(lengths > 0, lengths + skipped, 0)
    shared = max(1, -(-int(sizes.sum()) // MOST_LANES))  # a few texts still fill every lane
    groups = batches(sizes.tolist(), tokens=min(budget, shared))

    def pass_over(group: IntArray) -> tuple[Read, Read | None]:
        rows = [tokens[i] for i in group]
        below = None if base is None else _read(base, rows, skipped, budget, moments=False)
        return _read(target, rows, skipped, budget, moments=True), below

    for group, (read, below) in zip(groups, in_lanes(pass_over, groups, lanes=lanes_of(networks)), strict=True):
        places = np.concatenate([np.arange(start[i], start[i + 1]) for i in group])
        logprob[places], mean[places], spread[places], top[places] = read.logprob, read.mean, read.spread, read.top
        if below is not None:
            reference[places] = below.logprob
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    return TokenSignals(
        start=start,
        logprob=logprob,
        mean=mean,
        spread=spread,
        top=top,
        base=reference,
        bytes=np.array([len(one) for one in encoded], dtype=np.int64),
        zipped=np.array([len(zlib.compress(one)) for one in encoded], dtype=np.int64),
    )


def _read(network: Network, rows: Sequence[Sequence[int]], skipped: int, budget: int, *, moments: bool) -> Read:
    """One forward pass, and the tokens of all rows one after the other, those skipped left out."""
    torch = require_torch()
    if len(rows) == 1 and len(rows[0]) > budget:
        return _read_long(network, rows[0], skipped, budget, moments=moments)
    logits = network.logits(rows)
    longest, vocabulary = logits.shape[1:]
    counts = [len(row) - skipped for row in rows]
    said = torch.tensor([token for row in rows for token in row[skipped:]], device=logits.device)
    if min(counts) == longest - skipped:
        told = logits[:, skipped - 1 : -1].reshape(-1, vocabulary)
    else:
        told = torch.cat([logits[i, skipped - 1 : skipped - 1 + count] for i, count in enumerate(counts)])
    return read_tokens(told, said, moments=moments)


def _read_long(network: Network, row: Sequence[int], skipped: int, budget: int, *, moments: bool) -> Read:
    """The same of one row longer than a batch, whose logits are taken piece by piece."""
    torch = require_torch()
    parts, next_token = [], 1
    for logits in network.in_pieces(row, tokens=budget):
        said = torch.tensor(list(row[next_token : next_token + len(logits)]), device=logits.device)
        parts.append(read_tokens(logits[: len(said)], said, moments=moments))
        next_token += len(logits)
    whole = [np.concatenate([getattr(part, name) for part in parts]) for name in ("logprob", "mean", "spread", "top")]
    return Read(*(column[skipped - 1 :] for column in whole))
