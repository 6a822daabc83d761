"""How a language model is fine-tuned on texts: the recipe of references, controls and marked models.

Picklable, and pure given its seed: an engine trains many in its workers, each on some of the texts.
"""

import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.core.canonical import content_hash
from vidocq.core.errors import DataError
from vidocq.core.seeds import Seeds
from vidocq.targets.foreign import foreign_code
from vidocq.targets.language.examples import Coverage, Layout, Row, Spans, coverage_of, heard, rows_of
from vidocq.targets.language.folder import ModelFolder, inspect
from vidocq.targets.language.libraries import offline_and_quiet, require
from vidocq.targets.language.loading import as_local, config_of, context_of, load_module
from vidocq.targets.language.model import LocalLanguageModel
from vidocq.targets.language.network import Network
from vidocq.targets.language.tokens import Tokens, load_tokens, require_match
from vidocq.targets.language.training import Course, train
from vidocq.targets.networks.model import one_thread, require_torch

_FIX = "fine-tune the model on the same texts to see its message"


@dataclass(frozen=True, kw_only=True)
class Lora:
    """Low-rank matrices trained beside frozen weights.

    rank, alpha, dropout  as of peft.   layers  names of those adapted; every linear layer but the last without them.
    """

    rank: int = 8
    alpha: int = 16
    dropout: float = 0.0
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FineTuning:
    """A model to go on from, and how.

    base    its folder.   lora  what is trained beside its weights; the weights themselves without it.
    length  tokens of a row at most; the model's context without it.
    layout  see `rows_of`.
    device  "cpu" or "cuda"; in float32 on both.
    """

    base: Path
    course: Course = field(default_factory=Course)
    lora: Lora | None = None
    length: int | None = None
    layout: Layout = "padded"
    device: str = "cpu"

    def fit(self, texts: Sequence[str], *, seed: int, silent: Sequence[Spans] | None = None) -> LocalLanguageModel:
        """The base fine-tuned on the texts; with LoRA, set against the base in what it reads.

        silent  for each text, the places that are read but not learnt.
        Raises  ModelError if the training fails or diverges; DataError if no token is learnt.
        """
        torch = require_torch()
        rows = self.rows(texts, seed=seed, silent=silent)
        if not any(row.learnt.any() for row in rows):
            raise DataError("the texts hold no token to learn", where="targets.language", fix="give longer texts")
        with (
            one_thread(),
            torch.random.fork_rng(devices=[] if self.device == "cpu" else None),
            foreign_code("fine-tuning the model", where=f"{self.base.name}, {len(texts)} texts", fix=_FIX),
        ):
            torch.manual_seed(Seeds(seed).integer("init"))
            module = self.untrained()
            require_match(self._tokens, Network(module).vocabulary, where=self.base.name)
            torch.manual_seed(Seeds(seed).integer("draws"))
            train(module, rows, self.course, seed=seed)
        base = None if self.lora is None else Network(module, bare=True)
        told = {"recipe": self.describe(), "seed": seed, "texts": content_hash([list(texts), _plain(silent)])}
        return as_local(Network(module), base, self._tokens, told=told, folder=self._folder)

    def rows(self, texts: Sequence[str], *, seed: int, silent: Sequence[Spans] | None = None) -> list[Row]:
        """What the model is trained on; packed in an order that the seed draws."""
        order = np.arange(len(texts))
        if self.layout == "packed":
            order = Seeds(seed).generator("packing").permutation(len(texts))
        shuffled = order.tolist()
        cut = self._cut([texts[i] for i in shuffled], None if silent is None else [silent[i] for i in shuffled])
        rows = rows_of(cut, lead=self._tokens.lead, end=self._tokens.end, length=self._length, layout=self.layout)
        return [Row(row.tokens, row.learnt, np.where(row.text < 0, -1, order[row.text])) for row in rows]

    def coverage(self, texts: Sequence[str], *, seed: int, silent: Sequence[Spans] | None = None) -> Coverage:
        """How many tokens of each text are learnt: what is cut off, begins a row or is silent is not."""
        rows = self.rows(texts, seed=seed, silent=silent)
        return coverage_of(rows, [len(tokens) for tokens in self._tokens.of(texts)])

    def untrained(self) -> Any:
        """The base, with new matrices beside its weights where there are some; these draw from torch's generator."""
        module = load_module(self._folder, device=self.device, exact=True)
        if self.lora is None:
            return module
        peft = require("peft")
        config = peft.LoraConfig(
            task_type="CAUSAL_LM",
            r=self.lora.rank,
            lora_alpha=self.lora.alpha,
            lora_dropout=self.lora.dropout,
            target_modules=list(self.lora.layers) or "all-linear",
        )
        with warnings.catch_warnings(), offline_and_quiet():
            warnings.simplefilter("ignore")  # that the matrices of GPT-2 are kept transposed
            return peft.get_peft_model(module, config)

    def describe(self) -> dict[str, Any]:
        """Changes whenever what is trained does; the base by hashes of its files."""
        return {
            "kind": "language-fine-tuning",
            "base": self._folder.hashes,
            "course": asdict(self.course),
            "lora": None if self.lora is None else {**asdict(self.lora), "layers": list(self.lora.layers)},
            "length": self._length,
            "layout": self.layout,
            "device": self.device,
            "libraries": {name: version(name).partition("+")[0] for name in ("peft", "torch", "transformers")},
        }

    def __getstate__(self) -> dict[str, Any]:
        """The parameters alone travel: what was read of the folder is read again where the work is done."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def _cut(self, texts: Sequence[str], silent: Sequence[Spans] | None) -> list[tuple[list[int], Any]]:
        tokens = self._tokens.of(texts)
        if silent is None:
            return [(row, np.ones(len(row), dtype=bool)) for row in tokens]
        places = self._tokens.places(texts)
        return [(row, heard(at, spans)) for row, at, spans in zip(tokens, places, silent, strict=True)]

    @cached_property
    def _folder(self) -> ModelFolder:
        return inspect(self.base)

    @cached_property
    def _tokens(self) -> Tokens:
        return load_tokens(self._folder)

    @property
    def _length(self) -> int:
        return self.length or context_of(config_of(self._folder))


def _plain(silent: Sequence[Spans] | None) -> Any:
    return None if silent is None else [[list(span) for span in spans] for spans in silent]
