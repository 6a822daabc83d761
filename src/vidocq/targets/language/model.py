"""A causal language model on this machine."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vidocq.core.arrays import FloatArray
from vidocq.core.errors import ConfigurationError
from vidocq.core.language import Decoding, Passage, Prompt
from vidocq.core.token_signals import TokenSignals
from vidocq.targets.foreign import foreign_code
from vidocq.targets.language.continuing import continuations
from vidocq.targets.language.libraries import offline_and_quiet
from vidocq.targets.language.network import Network
from vidocq.targets.language.reading import signals_of
from vidocq.targets.language.tokens import Tokens
from vidocq.targets.language.writing import written


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

    def bare(self) -> "LocalLanguageModel | None":
        """The base as a model of its own; None where it is not at hand."""
        if self.base is None:
            return None
        told = {
            **{name: value for name, value in self.told.items() if name != "base"},
            "files": self.told.get("base"),
        }
        return replace(self, target=self.base, base=None, told=told, cut=0)

    def save(self, folder: Path) -> None:
        """The model, or its adapter alone where it has one, in safetensors, with its tokenizer. Personal data may be in it."""
        with (
            foreign_code("saving the model", where=folder.name, fix="check the folder and its disk"),
            offline_and_quiet(),
        ):
            self.target.module.save_pretrained(folder, safe_serialization=True)
            self.tokens.tokenizer.save_pretrained(folder)

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

    def passages(self, texts: Sequence[str], *, prefix: int, suffix: int) -> list[Passage | None]:
        """Each text's first `prefix` tokens and the `suffix` tokens that follow; None where it is too short.

        Raises ConfigurationError if the two are longer than the context.
        """
        if prefix < 1 or suffix < 1 or len(self.tokens.lead) + prefix + suffix > self.context:
            raise ConfigurationError(
                f"a prefix of {prefix} and a suffix of {suffix} tokens do not go into a context of {self.context}",
                where="[language] prefix, suffix",
                fix="ask for at least one token of each, and for no more than the model takes",
            )
        return [
            None if len(row) < prefix + suffix else self._passage(row[:prefix], row[prefix : prefix + suffix])
            for row in self.tokens.of(texts)
        ]

    def continuation(self, passages: Sequence[Passage], *, decoding: Decoding) -> FloatArray:
        """(n,) log-probability that each prefix is gone on with by its suffix, token by token; -inf where that is ruled
        out. A passage that holds no tokens is cut into them, prefix and suffix apart. A prefix that leaves no room for
        its suffix within the context loses its beginning, and is counted.
        """
        prefixes = self._tokens_of([(one.prefix, one.prefix_tokens) for one in passages])
        suffixes = self._tokens_of([(one.suffix, one.suffix_tokens) for one in passages])
        fitting = [
            self._fitting([*self.tokens.lead, *before], room=self.context - len(after))
            for before, after in zip(prefixes, suffixes, strict=True)
        ]
        return continuations(fitting, suffixes, network=self.target, decoding=decoding)

    def write(
        self, prompts: Sequence[Prompt], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[str]]:
        """`times` answers to each prompt, up to the token that ends an answer. A prompt that leaves no room for
        `most_tokens` within the context loses its beginning, and is counted.
        """
        given = [self.tokens.prompt(prompt) for prompt in prompts]
        answers = self.sample(given, decoding=decoding, times=times, most_tokens=most_tokens, seed=seed)
        return [
            [self.tokens.after(before, answer) for answer in some]
            for before, some in zip(given, answers, strict=True)
        ]

    def sample(
        self, prompts: Sequence[Sequence[int]], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[list[int]]]:
        """As `write`, from tokens to tokens; what the tokenizer puts before a text is taken to be among them."""
        if most_tokens < 1 or most_tokens >= self.context or times < 0:
            raise ConfigurationError(
                f"{most_tokens} tokens cannot be written within a context of {self.context}",
                where="targets.language",
                fix="ask for at least one token, and fewer than the context",
            )
        return written(
            [self._fitting(prompt, room=self.context - most_tokens) for prompt in prompts],
            network=self.target,
            decoding=decoding,
            times=times,
            most_tokens=most_tokens,
            ends=self.ends,
            seed=seed,
        )

    def _tokens_of(self, pairs: Sequence[tuple[str, Sequence[int]]]) -> list[list[int]]:
        cut = iter(self.tokens.of([text for text, known in pairs if text and not known]))
        return [list(known) if known or not text else next(cut) for text, known in pairs]

    def _passage(self, prefix: Sequence[int], suffix: Sequence[int]) -> Passage:
        return Passage(
            prefix=self.tokens.text(prefix),
            suffix=self.tokens.after(prefix, suffix),
            prefix_tokens=tuple(prefix),
            suffix_tokens=tuple(suffix),
        )

    def _fitting(self, tokens: Sequence[int], *, room: int) -> list[int]:
        """The tokens, or what stands before the text and the last of them that there is room for."""
        if len(tokens) <= room:
            return list(tokens)
        lead = self.tokens.lead if tuple(tokens[: len(self.tokens.lead)]) == self.tokens.lead else ()
        if room <= len(lead):
            raise ConfigurationError(
                f"a continuation leaves no room for its prefix within a context of {self.context} tokens",
                where="targets.language",
                fix="ask for shorter continuations",
            )
        self.cut += 1
        return [*lead, *tokens[len(tokens) - room + len(lead) :]]
