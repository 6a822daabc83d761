"""The contract of a model that reads and writes text, and of how it is made to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

from vidocq.core.arrays import FloatArray
from vidocq.core.token_signals import TokenSignals


@dataclass(frozen=True, kw_only=True)
class Decoding:
    """How the next token is drawn where the model is deployed, in the order in which these apply.

    temperature  divides the logits; 0 always takes the likeliest token.
    top_k        only so many likeliest tokens are kept; all without it.
    top_p        then the fewest likeliest tokens that hold this share of what is left are kept, the one that reaches it
                 among them; what is kept is scaled to sum to one.
    """

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float = 1.0

    @property
    def is_greedy(self) -> bool:
        return self.temperature == 0.0


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """What is put to the model: a text to go on with, or what a user says in a conversation.

    system  instruction that precedes a conversation; no part of a completion.
    """

    text: str
    form: Literal["completion", "chat"] = "completion"
    system: str | None = None


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of text cut in two: the model is given the prefix, and the question is whether it goes on with the suffix.

    prefix, suffix  as text.   prefix_tokens, suffix_tokens  as the model's tokens; empty where they are not known.
    """

    prefix: str
    suffix: str
    prefix_tokens: tuple[int, ...] = ()
    suffix_tokens: tuple[int, ...] = ()


class LanguageModel(Protocol):
    """Answers prompts. All that is known of a served model that gives text only."""

    def describe(self) -> dict[str, Any]:
        """Plain content that changes whenever the model or the way it is asked does; part of what is registered."""
        ...

    def write(
        self, prompts: Sequence[Prompt], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[str]]:
        """`times` answers to each prompt, without the prompt. Raises ModelError; a served model counts what it is asked."""
        ...


@runtime_checkable
class ScoresTexts(LanguageModel, Protocol):
    """A model that also tells how likely it finds each token of a text."""

    def read(self, texts: Sequence[str]) -> TokenSignals:
        """One forward pass over each text, cut at the model's context. Raises ModelError, SignalError."""
        ...


@runtime_checkable
class ScoresContinuations(LanguageModel, Protocol):
    """A model that tells how likely a given continuation is under a way of decoding, in closed form."""

    def passages(self, texts: Sequence[str], *, prefix: int, suffix: int) -> list[Passage | None]:
        """Each text's first `prefix` tokens and the `suffix` tokens that follow; None where it is too short."""
        ...

    def continuation(self, passages: Sequence[Passage], *, decoding: Decoding) -> FloatArray:
        """(n,) log-probability, in nats, that the prefix of each passage is gone on with by its suffix, token by token.

        -inf where decoding rules a token out. Source: Hayes et al. (2024), arXiv:2410.19482.
        """
        ...
