"""A guard in the process that generates: around a language model, and inside a decoder."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Self, cast

from vidocq.core.errors import ConfigurationError
from vidocq.core.guarding import Surface
from vidocq.core.language import Decoding, LanguageModel, Prompt
from vidocq.filters.guard import Guard
from vidocq.filters.policy import Policy, VerbatimSection
from vidocq.filters.verbatim import FEWEST
from vidocq.measure.overlap.gram_filter import STRIDE, GramFilter
from vidocq.measure.overlap.spelling import spelt


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

    Of each text that is being written, the likeliest tokens are tried; one is ruled out if with it a `share` of the last
    `characters` bytes of the spelt text stands in the corpus, up to its end. Others than the `tried` likeliest are ruled out
    then, unseen. Of the policy's other filters, its stop switch and its budget nothing is kept here.
    Source: Ippolito et al. (2022), arXiv:2210.17546 (MemFree decoding).
    """

    def __new__(cls, *_: Any, **__: Any) -> Self:
        made: type[Any] = _processor() if cls is VerbatimLogits else cls
        return cast("Self", super().__new__(made))

    def __init__(
        self, tokenizer: Any, grams: GramFilter, *, characters: int = 120, share: float = 0.8, tried: int = 16
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
        self._most = share * characters - 2 * STRIDE  # a run begins and ends between two grams
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
        for row in range(input_ids.shape[0]):
            recent = input_ids[row, -4 * self._characters :]
            said = self._tokenizer.decode(recent, skip_special_tokens=True)
            if self._standing(said)[0] < self._most - self._grams.shape.width:
                continue
            allowed = self._first_allowed(said, scores[row].argsort(descending=True).tolist())
            kept = scores[row, allowed].clone()
            scores[row] = float("-inf")
            scores[row, allowed] = kept
        return scores

    def _first_allowed(self, said: str, order: list[int]) -> list[int]:
        """Those of the `tried` likeliest tokens that do not recite; if none, the likeliest one that does not."""
        likely = [token for token in order[: self._tried] if not self._would(said, token)]
        if likely:
            return likely
        return [next((token for token in order[self._tried :] if not self._would(said, token)), order[-1])]

    def _would(self, said: str, token: int) -> bool:
        """Whether with this token the text recites, up to its end."""
        covered, left = self._standing(said + self._tokenizer.decode([token], skip_special_tokens=True), more=1)
        return covered >= self._most and left <= STRIDE

    def _standing(self, text: str, *, more: int = 0) -> tuple[int, int]:
        """How many of the last bytes stand in the corpus, and how many follow the last of those."""
        data = spelt(text)[-(self._characters + more) :]
        width = self._grams.shape.width
        covered, reach = 0, 0
        if len(data) >= width:
            for at, stands in enumerate(self._grams.stands(data).tolist()):
                if stands:
                    covered += at + width - max(at, reach)
                    reach = at + width
        return covered, len(data) - reach


@cache
def _processor() -> type[VerbatimLogits]:
    """The class as one of transformers' own, where that is installed."""
    try:
        from transformers import LogitsProcessor  # noqa: PLC0415 - an extra, on use
    except ImportError:
        return VerbatimLogits
    return type("VerbatimLogits", (VerbatimLogits, LogitsProcessor), {})
