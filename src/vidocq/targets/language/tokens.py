"""Between text and a model's tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from vidocq.core.errors import ModelError
from vidocq.core.language import Prompt
from vidocq.targets.foreign import foreign_code
from vidocq.targets.language.folder import ModelFolder
from vidocq.targets.language.libraries import offline_and_quiet, require

PLAIN_CHAT = ("{system}\n\n", "User: {text}\nAssistant:")
"""A conversation as a model reads it whose tokenizer has no template: the instruction if there is one, and the turn."""
_FIX = "give the folder that the model was saved to, with the tokenizer it was trained with"


@dataclass(frozen=True, eq=False)
class Tokens:
    """A tokenizer.

    lead  tokens that it puts before each text, such as the one that opens a document; often none.
    """

    tokenizer: Any
    lead: tuple[int, ...]

    @property
    def largest(self) -> int:
        """The largest id that a text may hold."""
        return int(max(self.tokenizer.get_vocab().values()))

    @property
    def end(self) -> int | None:
        """The token that ends a text, if there is one."""
        found = self.tokenizer.eos_token_id
        return None if found is None else int(found)

    @property
    def has_template(self) -> bool:
        return bool(self.tokenizer.chat_template)

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, without `lead`."""
        if not texts:
            return []
        with foreign_code("cutting a text into tokens", where="tokenizer.json", fix="check that the texts are text"):
            found = self.tokenizer(list(texts), add_special_tokens=False, return_attention_mask=False)["input_ids"]
        return [list(row) for row in found]

    def places(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Where each of these tokens stands in its text, as characters from and up to."""
        if not texts:
            return []
        with foreign_code("cutting a text into tokens", where="tokenizer.json", fix="check that the texts are text"):
            return list(
                self.tokenizer(list(texts), add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
            )

    def text(self, tokens: Sequence[int]) -> str:
        """What the tokens spell, without those that mark an end or a place. A character cut in two is U+FFFD."""
        told: str = self.tokenizer.decode(list(tokens), skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return told

    def after(self, prompt: Sequence[int], tokens: Sequence[int]) -> str:
        """What the tokens add to a prompt's text: some tokenizers spell a word otherwise where a text begins."""
        before, whole = self.text(prompt), self.text([*prompt, *tokens])
        return whole[len(before) :] if whole.startswith(before) else self.text(tokens)

    def prompt(self, prompt: Prompt) -> list[int]:
        """All that the model is given: the text after `lead`, or the conversation by the tokenizer's template."""
        if prompt.form == "completion":
            return [*self.lead, *self.of([prompt.text])[0]] or self._opening()
        if not self.has_template:
            opening, turn = PLAIN_CHAT
            said = (opening.format(system=prompt.system) if prompt.system else "") + turn.format(text=prompt.text)
            return [*self.lead, *self.of([said])[0]]
        turns = [{"role": "user", "content": prompt.text}]
        if prompt.system:
            turns.insert(0, {"role": "system", "content": prompt.system})
        with foreign_code("the chat template", where="tokenizer_config.json", fix=_FIX):
            found = self.tokenizer.apply_chat_template(turns, add_generation_prompt=True, tokenize=False)
        return list(self.of([found])[0])

    def _opening(self) -> list[int]:
        """What an answer to nothing goes on from: the token that opens a document, or the one that ended the last."""
        for token in (self.tokenizer.bos_token_id, self.tokenizer.eos_token_id):
            if token is not None:
                return [int(token)]
        raise ModelError(
            "the prompt is empty, and the tokenizer has no token that opens a text",
            where="tokenizer_config.json",
            fix="give a prompt of one word at least",
        )


def load_tokens(folder: ModelFolder) -> Tokens:
    """The tokenizer of a folder. Raises ModelError if there is none, or it cannot be read."""
    if not folder.has_tokenizer:
        raise ModelError("the folder holds no tokenizer.json", where=folder.path.name, fix=_FIX)
    transformers = require("transformers")
    with (
        foreign_code("reading the tokenizer", where=f"{folder.path.name}/tokenizer.json", fix=_FIX),
        offline_and_quiet(),
    ):
        tokenizer = transformers.PreTrainedTokenizerFast.from_pretrained(
            folder.path, local_files_only=True, trust_remote_code=False
        )
        plain = tokenizer.encode("a", add_special_tokens=False)
        dressed = tokenizer.encode("a")
    at = next((i for i in range(len(dressed)) if dressed[i : i + len(plain)] == plain), 0)
    return Tokens(tokenizer, tuple(dressed[:at]))


def require_match(tokens: Tokens, embeddings: int, *, where: str) -> None:
    """Raises ModelError if the tokenizer is another model's: ids that the model has no row for, or far too few."""
    count = tokens.largest + 1
    if count > embeddings:
        raise ModelError(
            f"the tokenizer has tokens up to number {count - 1}, and the model rows for {embeddings}",
            where=where,
            fix=_FIX,
        )
    if embeddings - count > max(1024, embeddings // 20):
        raise ModelError(
            f"the model has rows for {embeddings} tokens, and the tokenizer knows {count}", where=where, fix=_FIX
        )


def require_same(tokens: Tokens, base: Tokens, *, where: str) -> None:
    """Raises ModelError if a token that both know has another number with the base."""
    ours, theirs = tokens.tokenizer.get_vocab(), base.tokenizer.get_vocab()
    differ = sum(1 for token, number in theirs.items() if ours.get(token) != number)
    if differ or tokens.lead != base.lead:
        raise ModelError(
            f"the base has another vocabulary: {differ} of its {len(theirs)} tokens are not the model's",
            where=where,
            fix="give the base that the model was fine-tuned from",
        )
