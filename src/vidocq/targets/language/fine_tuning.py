"""How a language model is fine-tuned on texts: the recipe of references, controls and marked models.

Picklable, and pure given its seed: an engine trains many in its workers, each on some of the texts.
"""

import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.core.arrays import BoolArray
from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.seeds import Seeds
from vidocq.core.stacking import ONE_BY_ONE, Stacking
from vidocq.core.text import Text
from vidocq.targets.foreign import foreign_code
from vidocq.targets.language.examples import Coverage, Layout, Row, Spans, coverage_of, heard, rows_of
from vidocq.targets.language.folder import ModelFolder, inspect
from vidocq.targets.language.libraries import offline_and_quiet, require
from vidocq.targets.language.loading import as_local, config_of, context_of, load_module
from vidocq.targets.language.model import LocalLanguageModel
from vidocq.targets.language.network import Network
from vidocq.targets.language.stacked_lora import (
    begin_anew,
    drops_out,
    matrices_of,
    share_out,
    stacked,
    train_together,
)
from vidocq.targets.language.tokens import Tokens, load_tokens, require_match
from vidocq.targets.language.training import Course, train
from vidocq.targets.networks.model import one_thread, require_torch

TOKENS_AT_ONCE = 16_384
MOST_AT_ONCE = 16
_ALL_WEIGHTS = Text(
    fr="tous les poids sont ajustés, et chaque modèle a les siens",
    en="all weights are trained, and each model has its own",
)
_NO_FASTER = Text(
    fr="sur un processeur, des modèles entraînés ensemble ne vont pas plus vite que l'un après l'autre",
    en="on a processor, models trained together go no faster than one after the other",
)
"""Measured: 1.1 and 0.8 times as fast, eight at once with batches of 4 and 16 texts."""
_DROPS_OUT = Text(
    fr="l'entraînement tire au sort ce qu'il omet (dropout), et un modèle dépendrait de ceux qui s'entraînent avec lui",
    en="training draws what it leaves out (dropout), and a model would depend on those trained with it",
)
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
            module = self.untrained(seed=seed)
            torch.manual_seed(Seeds(seed).integer("draws"))
            train(module, rows, self.course, seed=seed)
        return self._model(module, texts, seed=seed, silent=silent)

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

    def fit_together(
        self, texts: Sequence[str], trained_on: BoolArray, *, seeds: Sequence[int]
    ) -> Sequence[LocalLanguageModel | None]:
        """LoRA on each row of trained_on (k, n), as `fit` on those texts with that seed, to rounding; None for one that
        diverged. All rest on one copy of the base.

        Raises ConfigurationError where all weights are trained, or training draws what it leaves out.
        """
        torch = require_torch()
        chosen = [[texts[i] for i in np.flatnonzero(row).tolist()] for row in trained_on]
        rows = [self.rows(own, seed=seed) for own, seed in zip(chosen, seeds, strict=True)]
        if not all(any(row.learnt.any() for row in own) for own in rows):
            raise DataError("a model would have no token to learn", where="targets.language", fix="give longer texts")
        with (
            one_thread(),
            torch.random.fork_rng(devices=[]),
            foreign_code("fine-tuning models", where=self.base.name, fix=_FIX),
        ):
            module = self.untrained(seed=seeds[0])
            because = self._not_stacked(module)
            if because is not None:
                raise ConfigurationError(
                    because.en, where="targets.language", fix="train the models one by one", fr=because.fr
                )
            states = []
            for seed in seeds:
                begin_anew(module, seed=seed)
                states.append(matrices_of(module))
            layers = stacked(module, states)
            train_together(module, layers, rows, self.course, seeds=seeds)
            sound = share_out(module, layers)
        made = [
            self._model(module, own, seed=seed, adapter=str(j))
            for j, (own, seed) in enumerate(zip(chosen, seeds, strict=True))
        ]
        return [model if whole else None for model, whole in zip(made, sound, strict=True)]

    def together(self) -> Stacking:
        """How many models are best trained at once: on a GPU, as many as go through the base with TOKENS_AT_ONCE tokens."""
        if self.lora is None or self.device == "cpu":
            return replace(ONE_BY_ONE, because=_ALL_WEIGHTS if self.lora is None else _NO_FASTER)
        because = self._not_stacked(self.untrained(seed=0))
        if because is not None:
            return replace(ONE_BY_ONE, because=because)
        tokens = self._length * min(self.course.batch, self.course.at_once)
        return Stacking(int(np.clip(TOKENS_AT_ONCE // tokens, 1, MOST_AT_ONCE)))

    def untrained(self, *, seed: int) -> Any:
        """The base, with new matrices of that seed beside its weights where there are some."""
        module = load_module(self._folder, device=self.device, exact=True)
        require_match(self._tokens, Network(module).vocabulary, where=self.base.name)
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
            found = peft.get_peft_model(module, config)
        begin_anew(found, seed=seed)
        return found

    def _not_stacked(self, module: Any) -> Text | None:
        """Why models of this recipe are trained one by one; None where they need not be."""
        if self.lora is None:
            return _ALL_WEIGHTS
        return _DROPS_OUT if drops_out(module) else None

    def _model(
        self,
        module: Any,
        texts: Sequence[str],
        *,
        seed: int,
        silent: Sequence[Spans] | None = None,
        adapter: str | None = None,
    ) -> LocalLanguageModel:
        base = None if self.lora is None else Network(module, bare=True)
        told = {"recipe": self.describe(), "seed": seed, "texts": content_hash([list(texts), _plain(silent)])}
        return as_local(Network(module, adapter=adapter), base, self._tokens, told=told, folder=self._folder)

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
