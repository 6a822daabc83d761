"""A guard in the process that generates: around a language model, and inside a decoder."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Self, cast

import numpy as np

from vidocq.core.arrays import BoolArray
from vidocq.core.errors import ConfigurationError
from vidocq.core.guarding import Surface
from vidocq.core.language import Decoding, LanguageModel, Prompt
from vidocq.filters.guard import Guard
from vidocq.filters.policy import Policy, VerbatimSection
from vidocq.filters.verbatim import FEWEST
from vidocq.measure.overlap.gram_filter import GramFilter
from vidocq.measure.overlap.spelling import lettered


class GuardedModel:
    """A language model behind a guard: what an attacker has in front of him. A prompt that is blocked gets no answer."""

    def __init__(self, model: LanguageModel, guard: Guard) -> None:
        self._model = model
        self._guard = guard

    def describe(self) -> dict[str, Any]:
        return {**self._model.describe(), "guard": self._guard.policy}

    def write(
        self, prompts: Sequence[Prompt], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[str]]:
        found: list[list[str]] = [[""] * times for _ in prompts]
        asked, places = [], []
        for place, prompt in enumerate(prompts):
            checked = self._guard.check(prompt.text, Surface.PROMPT)
            if checked.blocked is None:
                asked.append(Prompt(text=checked.text, form=prompt.form, system=prompt.system))
                places.append(place)
        if asked:
            written = self._model.write(asked, decoding=decoding, times=times, most_tokens=most_tokens, seed=seed)
            for place, answers in zip(places, written, strict=True):
                found[place] = [self._guard.check(answer, Surface.ANSWER).text for answer in answers]
        return found


class VerbatimLogits:
    """A transformers `LogitsProcessor`: no token is chosen that would make a verbatim run of the corpus longer than allowed.

        model.generate(…, logits_processor=[VerbatimLogits.of(read_policy("policy.toml"), tokenizer)])

    Of each text that is being written, the likeliest tokens are tried; one is ruled out if with it a `share` of `characters`
    letters and digits of the text stands in the corpus, as the filter `verbatim` tells it. Others than the `tried` likeliest are ruled
    out then, unseen. Of the policy's other filters, its stop switch and its budget nothing is kept here.
    Source: Ippolito et al. (2022), arXiv:2210.17546 (MemFree decoding).
    """

    def __new__(cls, *_: Any, **__: Any) -> Self:
        made: type[Any] = _processor() if cls is VerbatimLogits else cls
        return cast("Self", super().__new__(made))

    def __init__(
        self, tokenizer: Any, grams: GramFilter, *, characters: int = 96, share: float = 0.7, tried: int = 16
    ) -> None:
        """Raises ConfigurationError on fewer characters than the filter `verbatim` takes."""
        if characters < FEWEST or not 0.5 < share <= 1:
            raise ConfigurationError(
                f"a verbatim run is told over at least {FEWEST} characters, by a share above 0.5 and up to 1",
                where="vidocq.filters.wrapping.VerbatimLogits",
                fix="give more characters, or another share",
                fr=f"une restitution mot pour mot se juge sur {FEWEST} caractères au moins, à une part au-dessus de 0,5 et "
                "jusqu'à 1",
                fix_fr="donner plus de caractères, ou une autre part",
            )
        self._tokenizer = tokenizer
        self._grams = grams
        self._characters = characters
        self._most = share * characters
        self._tried = tried

    @classmethod
    def of(cls, policy: Policy, tokenizer: Any, *, tried: int = 16) -> Self:
        """As the policy's filter `verbatim` has it. Raises ConfigurationError if there is none or several, or no filter of grams."""
        sections = [each for each in policy.filters if isinstance(each, VerbatimSection)]
        if len(sections) != 1:
            raise ConfigurationError(
                f"the policy has {len(sections)} filters 'verbatim', where a decoder takes one",
                where="filters, verbatim",
                fix="name one corpus, or make one VerbatimLogits(tokenizer, GramFilter.open(path)) of each",
                fr=f"la politique a {len(sections)} filtres « verbatim », et un décodeur en prend un",
                fix_fr="nommer un seul corpus, ou faire un VerbatimLogits(tokenizer, GramFilter.open(path)) de chacun",
            )
        only = sections[0]
        return cls(
            tokenizer,
            GramFilter.open(policy.base / only.grams),
            characters=only.characters,
            share=only.share,
            tried=tried,
        )

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """input_ids (n, length), scores (n, vocabulary), as transformers hands them over; gives scores."""
        width = self._grams.shape.width
        for row in range(input_ids.shape[0]):
            recent = input_ids[row, -4 * self._characters :]
            said = self._tokenizer.decode(recent, skip_special_tokens=True)
            data = lettered(said)
            if self._standing(data[-self._characters - width :]).sum() < self._most - 2 * width:
                continue  # no token completes so much at once
            allowed = self._first_allowed(said, len(data), scores[row].argsort(descending=True).tolist())
            kept = scores[row, allowed].clone()
            scores[row] = float("-inf")
            scores[row, allowed] = kept
        return scores

    def _first_allowed(self, said: str, length: int, order: list[int]) -> list[int]:
        """Those of the `tried` likeliest tokens that do not recite; if none, the likeliest one that does not."""
        likely = [token for token in order[: self._tried] if not self._recites(said, length, token)]
        if likely:
            return likely
        others = (token for token in order[self._tried :] if not self._recites(said, length, token))
        return [next(others, order[-1])]

    def _recites(self, said: str, length: int, token: int) -> bool:
        """Whether a gram of the corpus ends within this token, and completes what the filter would find.

        length  bytes of what was said, as it is spelt.
        """
        data = lettered(said + self._tokenizer.decode([token], skip_special_tokens=True))
        added = len(data) - length
        standing = self._standing(data[-self._characters - self._grams.shape.width - max(added, 0) :])
        if added <= 0 or not standing[-added:].any():
            return False
        over = min(self._characters, len(standing))  # at the beginning of a text, of what will be so many
        summed = np.concatenate([[0], np.cumsum(standing)])
        return bool((summed[over:] - summed[:-over]).max() >= self._most)

    def _standing(self, data: bytes) -> BoolArray:
        """(bytes,) those within a gram of the corpus."""
        width = self._grams.shape.width
        at = np.flatnonzero(self._grams.stands(data)) if len(data) >= width else np.empty(0, dtype=np.int64)
        edges = np.zeros(len(data) + 1, dtype=np.int64)
        np.add.at(edges, at, 1)
        np.add.at(edges, at + width, -1)
        return np.asarray(np.cumsum(edges[:-1]) > 0)


@cache
def _processor() -> type[VerbatimLogits]:
    """The class as one of transformers' own, where that is installed."""
    try:
        from transformers import LogitsProcessor  # noqa: PLC0415 - an extra, on use
    except ImportError:
        return VerbatimLogits
    return type("VerbatimLogits", (VerbatimLogits, LogitsProcessor), {})
