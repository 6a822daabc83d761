"""A model is made to write: each token is drawn from the very distribution that the closed form speaks of.

Each answer has draws of its own, named by the prompt and the answer's place, so that it does not depend, but for the
rounding of sums, on what is written beside it, nor on how prompts are spread over calls.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from vidocq.core.arrays import FloatArray
from vidocq.core.canonical import sha256
from vidocq.core.errors import ModelError
from vidocq.core.language import Decoding
from vidocq.core.seeds import Seeds
from vidocq.targets.foreign import foreign_code
from vidocq.targets.language.batching import LOGITS_BYTES
from vidocq.targets.language.decoding import decoded, require_sound
from vidocq.targets.language.network import FIX, Network, keeps_keys
from vidocq.targets.networks.model import require_torch

MOST_ROWS = 1024
CACHE_BYTES = 2**29
COPIES = 6  # tensors as large as the logits that decoding and drawing hold at once


@dataclass(frozen=True)
class _Answer:
    """The `time`-th answer to prompt number `prompt`."""

    prompt: int
    time: int


def written(
    prompts: Sequence[Sequence[int]],
    *,
    network: Network,
    decoding: Decoding,
    times: int,
    most_tokens: int,
    ends: frozenset[int],
    seed: int,
) -> list[list[list[int]]]:
    """`times` answers to each prompt, in tokens, up to one of `ends`, which is left out, or `most_tokens`.

    Raises ModelError where the model's answers are not finite.
    """
    require_sound(decoding)
    streams = _streams(prompts)
    found: list[list[list[int]]] = [[[] for _ in range(times)] for _ in prompts]
    distinct = min(times, 1) if decoding.is_greedy else times
    by_length = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
    for length, group in groupby(by_length, key=lambda i: len(prompts[i])):
        asked = (_Answer(i, j) for i in group for j in range(distinct))
        for batch in _batched(asked, _rows_at_once(network, length + most_tokens)):
            draws = _draws(batch, streams, seed, times=distinct, tokens=most_tokens)
            for answer, tokens in zip(batch, _write(prompts, batch, network, decoding, draws, ends), strict=True):
                found[answer.prompt][answer.time] = tokens
    return [[answers[0] for _ in answers] if decoding.is_greedy else answers for answers in found]


def _batched(answers: Iterator[_Answer], rows: int) -> Iterator[list[_Answer]]:
    batch: list[_Answer] = []
    for answer in answers:
        batch.append(answer)
        if len(batch) == rows:
            yield batch
            batch = []
    if batch:
        yield batch


def _streams(prompts: Sequence[Sequence[int]]) -> list[tuple[str, int]]:
    """What names the draws of each prompt: a hash of it, and how many like it came before."""
    met: Counter[str] = Counter()
    found = []
    for prompt in prompts:
        name = sha256(np.asarray(prompt, dtype=np.int64).tobytes())
        found.append((name, met[name]))
        met[name] += 1
    return found


def _draws(
    batch: Sequence[_Answer], streams: Sequence[tuple[str, int]], seed: int, *, times: int, tokens: int
) -> FloatArray:
    """(rows, tokens) in [0, 1)."""
    drawn = {i: Seeds(seed).generator(*streams[i]).random((times, tokens)) for i in {one.prompt for one in batch}}
    return np.stack([drawn[one.prompt][one.time] for one in batch])


def _write(
    prompts: Sequence[Sequence[int]],
    batch: Sequence[_Answer],
    network: Network,
    decoding: Decoding,
    draws: FloatArray,
    ends: frozenset[int],
) -> list[list[int]]:
    """All prompts are of one length: nothing is filled, and nothing has to be masked."""
    torch = require_torch()
    device = network.device
    answers: list[list[int]] = [[] for _ in batch]
    open_rows = np.arange(len(batch))
    uniform = torch.as_tensor(draws, device=device)
    with (
        torch.inference_mode(),
        network.as_asked(),
        foreign_code("the model", where="targets.language", fix=FIX),
    ):
        state = _State.opened([list(prompts[one.prompt]) for one in batch], network)
        for step in range(draws.shape[1]):
            logs = decoded(state.logits, decoding)
            chosen = _drawn(logs, uniform[torch.as_tensor(open_rows, device=device), step])
            going = []
            for place, (row, token) in enumerate(zip(open_rows, chosen.tolist(), strict=True)):
                if token not in ends:
                    answers[row].append(token)
                    going.append(place)
            if not going or step == draws.shape[1] - 1:
                break
            open_rows = open_rows[going]
            state = state.after(chosen, going)
    return answers


def _drawn(logs: Any, uniform: Any) -> Any:
    """(r,) tokens, by inverting the distribution function of exp(logs) (r, v) at `uniform` (r,)."""
    torch = require_torch()
    risen = logs.double().exp().cumsum(dim=1)
    last = risen[:, -1:]
    if not bool(last.isfinite().all()):
        raise ModelError("the model's answers are not finite numbers", where="targets.language", fix=FIX)
    level = torch.minimum(uniform[:, None] * last, last.nextafter(torch.zeros_like(last)))
    return torch.searchsorted(risen, level, right=True)[:, 0]


@dataclass(frozen=True, eq=False)
class _State:
    """Rows being written: the logits (r, v) of what comes next, and what the model remembers of them.

    cache  of transformers; None for a model whose memory cannot be shared out, which reads `tokens` anew each time.
    """

    network: Network
    tokens: Any
    logits: Any
    cache: Any

    @classmethod
    def opened(cls, rows: Sequence[list[int]], network: Network) -> "_State":
        """Each different prompt is read once, however many answers it gets."""
        torch = require_torch()
        places: dict[tuple[int, ...], int] = {}
        which = [places.setdefault(tuple(row), len(places)) for row in rows]
        given = torch.tensor([list(row) for row in places], device=network.device)
        logits, cache = network.last(given, keep=True)
        network.rows += len(places)
        network.passes += 1
        pick = torch.tensor(which, device=given.device)
        if not keeps_keys(cache):
            return cls(network, given[pick], logits[pick], None)
        cache.batch_select_indices(pick)
        return cls(network, given[pick], logits[pick], cache)

    def after(self, chosen: Any, going: Sequence[int]) -> "_State":
        """The rows that go on, each with its token."""
        torch = require_torch()
        tokens = torch.cat([self.tokens, chosen[:, None]], dim=1)
        if len(going) < len(tokens):
            pick = torch.tensor(list(going), device=tokens.device)
            tokens = tokens[pick]
            if self.cache is not None:
                self.cache.batch_select_indices(pick)
        given = tokens if self.cache is None else tokens[:, -1:]
        logits, _ = self.network.last(given, cache=self.cache, keep=self.cache is not None)
        return _State(self.network, tokens, logits, self.cache)


def _rows_at_once(network: Network, tokens: int) -> int:
    """Answers written together: their logits and their memory stay within bounds."""
    by_logits = LOGITS_BYTES // (4 * network.vocabulary * COPIES)
    by_cache = CACHE_BYTES // max(1, network.bytes_a_token * tokens)
    return int(np.clip(min(by_logits, by_cache), 1, MOST_ROWS))
