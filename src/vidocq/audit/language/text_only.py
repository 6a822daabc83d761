"""A model that is heard through what it writes and no more, though it could tell more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vidocq.core.language import Decoding, LanguageModel, Prompt


@dataclass(frozen=True, eq=False)
class TextOnly:
    """`LanguageModel`, and nothing besides."""

    model: LanguageModel

    def describe(self) -> dict[str, Any]:
        return {**self.model.describe(), "heard": "text"}

    def write(
        self, prompts: Sequence[Prompt], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[str]]:
        """As the model does."""
        return self.model.write(prompts, decoding=decoding, times=times, most_tokens=most_tokens, seed=seed)
