"""A language model that fits on a page: the next word given the last one, with every probability known."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vidocq.core.language import Decoding, Prompt

TOKEN = re.compile(r" ?\w+|\s|[^\w\s]")
END = ""
CORPUS = (
    "Le chat dort sur le mur. Le chat mange la souris. La souris dort sous le mur. Le code de Jeanne est 4 8 1 5. "
    "Le code de Paul est 2 3 4 2. La porte du jardin est ouverte. Le jardin de Jeanne est grand."
)


@dataclass(frozen=True)
class Told:
    """A token, its log-probability (None for a first one), and those of the likeliest ones."""

    token: str
    logprob: float | None
    top: dict[str, float]


class Bigrams:
    """Speaks as its corpus does, and says anything at all with some small probability."""

    def __init__(self, corpus: str = CORPUS, *, floor: float = 0.02) -> None:
        tokens = self.pieces(corpus)
        self.vocabulary = sorted({*tokens, END})
        self._at = {token: i for i, token in enumerate(self.vocabulary)}
        counts = np.full((len(self.vocabulary),) * 2, floor)
        for one, other in zip(tokens, [*tokens[1:], END], strict=True):
            counts[self._at[one], self._at[other]] += 1
        self._logs = np.log(counts / counts.sum(axis=1, keepdims=True))
        self._unknown = np.full(len(self.vocabulary), -np.log(len(self.vocabulary)))

    @staticmethod
    def pieces(text: str) -> list[str]:
        return TOKEN.findall(text)

    def count(self, text: str) -> int:
        return len(self.pieces(text))

    def tell(self, text: str) -> list[Told]:
        """For each token of the text, and for the one likeliest in its place."""
        found: list[Told] = []
        for before, token in zip([None, *self.pieces(text)], self.pieces(text), strict=False):
            if before is None:
                found.append(Told(token, None, {}))
                continue
            row = self._row(before)
            place = self._at.get(token)
            best = int(row.argmax())
            own = float(row[place]) if place is not None else -20.0
            found.append(Told(token, own, {self.vocabulary[best]: float(row[best])}))
        return found

    def write(
        self, prompts: Sequence[Prompt], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[str]]:
        return [
            [
                self._answer(prompt.text, decoding, most_tokens, [seed, zlib.crc32(prompt.text.encode()), i])
                for i in range(times)
            ]
            for prompt in prompts
        ]

    def _row(self, token: str) -> np.ndarray:
        place = self._at.get(token)
        return self._unknown if place is None else self._logs[place]

    def _answer(self, text: str, decoding: Decoding, most: int, seed: list[int]) -> str:
        rng = np.random.default_rng(seed)
        last, said = (self.pieces(text) or [END])[-1], []
        for _ in range(most):
            last = self.vocabulary[_drawn(self._row(last), decoding, rng)]
            if last == END:
                break
            said.append(last)
        return "".join(said)


def _drawn(logs: np.ndarray, decoding: Decoding, rng: np.random.Generator) -> int:
    if decoding.is_greedy:
        return int(logs.argmax())
    order = np.argsort(-logs, kind="stable")[: decoding.top_k]
    weights = np.exp((logs[order] - logs[order[0]]) / decoding.temperature)
    weights /= weights.sum()
    kept = int(np.searchsorted(weights.cumsum(), decoding.top_p - 1e-12)) + 1
    weights = weights[:kept] / weights[:kept].sum()
    return int(order[rng.choice(len(weights), p=weights)])
