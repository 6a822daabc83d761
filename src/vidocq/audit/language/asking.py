"""Putting prompts to a language model: in batches, each kept as soon as it is answered, so that a stopped run goes on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vidocq.core.canonical import content_hash
from vidocq.core.errors import ModelError
from vidocq.core.language import Decoding, LanguageModel, Prompt
from vidocq.core.seeds import Seeds
from vidocq.engine.progress import Progress, Silent

AT_ONCE = 32
"""Prompts of a batch."""


class Keeps(Protocol):
    """Where answers are kept, as `engine.store.Store` does: they may be personal data."""

    def get(self, key: str) -> dict[str, NDArray[Any]] | None: ...

    def put(self, key: str, arrays: Mapping[str, NDArray[Any]]) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Asking:
    """How a model is asked.

    decoding     as the model is deployed.   most_tokens  of one answer.
    store        batches answered by an earlier run are taken from here.
    """

    decoding: Decoding
    seed: int
    most_tokens: int
    store: Keeps | None = None
    progress: Progress | None = None

    def answers(
        self, model: LanguageModel, prompts: Sequence[Prompt], *, times: Sequence[int], name: str
    ) -> Iterator[tuple[int, list[str]]]:
        """Each prompt's number and its answers, batch after batch, those put most often first.

        times    how often each prompt is put; one that is put 0 times is left out.
        name     of what is asked, which parts its draws and its kept answers from others'.
        Raises   ModelError, also where a model does not give as many answers as it was asked for.
        """
        batches = list(_batches(times))
        watcher: Progress = Silent() if self.progress is None else self.progress
        watcher.begin(name, total=len(batches), done=0)
        try:
            for place, (number, rows) in enumerate(batches):
                told = self._batch(model, [prompts[row] for row in rows], number, name, place)
                yield from zip(rows, told, strict=True)
                watcher.advance()
        finally:
            watcher.end()

    def spread(self, queries: int, prompts: int) -> list[int]:
        """How often each of so many prompts is put, `queries` in all, the first ones served first; once at most where the
        model always gives the same answer.
        """
        each, more = divmod(queries, max(prompts, 1))
        times = [each + (which < more) for which in range(prompts)]
        return [min(number, 1) for number in times] if self.decoding.is_greedy else times

    def _batch(
        self, model: LanguageModel, prompts: Sequence[Prompt], times: int, name: str, place: int
    ) -> list[list[str]]:
        terms = {
            "asked": name,
            "batch": place,
            "model": model.describe(),
            "decoding": asdict(self.decoding),
            "prompts": [asdict(prompt) for prompt in prompts],
            "times": times,
            "most_tokens": self.most_tokens,
            "seed": self.seed,
        }
        key = content_hash(terms) if self.store is not None else ""
        if self.store is not None and (kept := _unpacked(self.store.get(key), len(prompts), times)) is not None:
            return kept
        told = model.write(
            prompts,
            decoding=self.decoding,
            times=times,
            most_tokens=self.most_tokens,
            seed=Seeds(self.seed).integer(name, place),
        )
        if [len(answers) for answers in told] != [times] * len(prompts):
            raise ModelError(
                "the model did not give as many answers as it was asked for",
                where=name,
                fix="start the same audit again; answers received so far are kept",
            )
        if self.store is not None:
            self.store.put(key, _packed(told))
        return told


def _batches(times: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """How often, and which prompts."""
    for number in sorted(set(times) - {0}, reverse=True):
        rows = [row for row, often in enumerate(times) if often == number]
        for first in range(0, len(rows), AT_ONCE):
            yield number, rows[first : first + AT_ONCE]


def _packed(told: Sequence[Sequence[str]]) -> dict[str, NDArray[Any]]:
    data = [answer.encode("utf-8", "surrogatepass") for answers in told for answer in answers]
    return {
        "text": np.frombuffer(b"".join(data), dtype=np.uint8),
        "lengths": np.array([len(one) for one in data], dtype=np.int64),
    }


def _unpacked(kept: dict[str, NDArray[Any]] | None, prompts: int, times: int) -> list[list[str]] | None:
    if kept is None or len(kept["lengths"]) != prompts * times:
        return None
    data, ends = kept["text"].tobytes(), np.cumsum(kept["lengths"]).tolist()
    answers = [
        data[begin:end].decode("utf-8", "surrogatepass") for begin, end in zip([0, *ends[:-1]], ends, strict=True)
    ]
    return [answers[first : first + times] for first in range(0, len(answers), times)]
