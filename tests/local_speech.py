"""A model on this machine as `openai_server.serving` wants it: it writes, and tells how likely each token is."""

from collections.abc import Sequence

from vidocq.core.language import Decoding, Prompt
from vidocq.targets.language.model import LocalLanguageModel

from made_speech import Told


class LocalSpeech:
    """Tokens are shown as they spell, a part of a character as U+FFFD, as most servers do."""

    def __init__(self, model: LocalLanguageModel) -> None:
        self.model = model

    def write(
        self, prompts: Sequence[Prompt], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[str]]:
        if most_tokens == 0:
            return [[""] * times for _ in prompts]
        return self.model.write(prompts, decoding=decoding, times=times, most_tokens=most_tokens, seed=seed)

    def count(self, text: str) -> int:
        return len(self.model.tokens.of([text])[0])

    def tell(self, text: str) -> list[Told]:
        row = [*self.model.tokens.lead, *self.model.tokens.of([text])[0]]
        if not row:
            return []
        logs = self.model.target.logits([row])[0].float().log_softmax(dim=-1)
        found = [Told(self._shown(row[0]), None, {})]
        for i, token in enumerate(row[1:]):
            best = int(logs[i].argmax())
            found.append(Told(self._shown(token), float(logs[i, token]), {self._shown(best): float(logs[i, best])}))
        return found

    def _shown(self, token: int) -> str:
        shown: str = self.model.tokens.tokenizer.decode([token], clean_up_tokenization_spaces=False)
        return shown
