"""A guard in the process that generates: around a language model, and inside a decoder."""

from collections.abc import Sequence
from typing import Any

from vidocq.core.guarding import Surface
from vidocq.core.language import Decoding, LanguageModel, Prompt
from vidocq.filters.guard import Guard
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

        model.generate(…, logits_processor=[VerbatimLogits(tokenizer, GramFilter.open(path))])

    Of each text that is being written, the likeliest tokens are tried; one is ruled out if with it the last `characters`
    letters and digits of the text all stand in the corpus. Others than the `tried` likeliest are ruled out then, unseen.
    Source: Ippolito et al. (2022), arXiv:2210.17546 (MemFree decoding).
    """

    def __init__(self, tokenizer: Any, grams: GramFilter, *, characters: int = 96, tried: int = 16) -> None:
        self._tokenizer = tokenizer
        self._grams = grams
        self._characters = characters
        self._tried = tried

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """input_ids (n, length), scores (n, vocabulary), as transformers hands them over; gives scores."""
        for row in range(input_ids.shape[0]):
            recent = input_ids[row, -4 * self._characters :]
            said = self._tokenizer.decode(recent, skip_special_tokens=True)
            if not self._recites(said):
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
        return self._recites(said + self._tokenizer.decode([token], skip_special_tokens=True), more=1)

    def _recites(self, text: str, *, more: int = 0) -> bool:
        """Whether the end of the text stands in the corpus, over `characters` letters and digits less a gram."""
        data = lettered(text)[-(self._characters + more) :]
        width = self._grams.shape.width
        if len(data) < self._characters - width:
            return False
        found = self._grams.stands(data)
        covered, reach = 0, 0
        for at, stands in enumerate(found.tolist()):
            if stands:
                covered += at + width - max(at, reach)
                reach = at + width
        return covered >= self._characters - width and reach >= len(data) - 8
