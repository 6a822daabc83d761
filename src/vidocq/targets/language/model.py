"""A causal language model on this machine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from vidocq.core.token_signals import TokenSignals
from vidocq.targets.language.network import Network
from vidocq.targets.language.reading import signals_of
from vidocq.targets.language.tokens import Tokens


@dataclass(eq=False)
class LocalLanguageModel:
    """A causal language model, and the base it was fine-tuned from where that is at hand.

    context  tokens that it takes at most.   ends  tokens that end an answer.
    told     what `describe` gives: hashes of the files, among other things.
    cut      how many texts and prompts were longer than the context so far, and were cut.
    """

    target: Network
    base: Network | None
    tokens: Tokens
    context: int
    ends: frozenset[int]
    told: dict[str, Any] = field(default_factory=dict)
    cut: int = 0

    def describe(self) -> dict[str, Any]:
        return dict(self.told)

    def read(self, texts: Sequence[str]) -> TokenSignals:
        """One forward pass over each text, and one of the base. A text longer than the context is cut there, and counted:
        its bytes are then those of what was read.
        """
        lead, read = self.tokens.lead, list(texts)
        tokens = [[*lead, *row] for row in self.tokens.of(read)]
        for i, row in enumerate(tokens):
            if len(row) > self.context:
                tokens[i] = row[: self.context]
                read[i] = self.tokens.text(tokens[i])
                self.cut += 1
        return signals_of(read, tokens, lead=len(lead), target=self.target, base=self.base)
