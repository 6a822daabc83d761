"""Collecting what attacks on texts read: the target in one pass, and reference models fine-tuned on other halves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vidocq.attacks.lm_min_k import LmMinK
from vidocq.audit.language.confidence import text_signals
from vidocq.audit.language.population import TextPopulation
from vidocq.audit.sampling.design import Design, draw_design
from vidocq.core.arrays import BoolArray, IntArray
from vidocq.core.canonical import content_hash
from vidocq.core.errors import ModelError, SignalError
from vidocq.core.language import ScoresTexts
from vidocq.core.seeds import Seeds
from vidocq.core.signals import Signals
from vidocq.core.text import Text
from vidocq.core.token_signals import TokenSignals
from vidocq.engine.progress import Progress
from vidocq.engine.store import Store
from vidocq.engine.threads import single_thread
from vidocq.engine.work import Engine, Failure, run

LARGEST_SHARE_OF_FAILURES = 0.1


class TextRecipe(Protocol):
    """How a model like the target is fine-tuned on other texts. Picklable, and pure given its seed."""

    def fit(self, texts: Sequence[str], *, seed: int) -> ScoresTexts: ...

    def describe(self) -> dict[str, Any]: ...


@dataclass(frozen=True, eq=False)
class TextReferences:
    """What reference models make of the texts, each fine-tuned on those of its persons.

    trained_on  (k, n).   block  (k,) of the design; those that could not be trained are left out of all three.
    """

    tokens: tuple[TokenSignals, ...]
    trained_on: BoolArray
    block: IntArray
    failed: int = 0

    @classmethod
    def none(cls, texts: int) -> "TextReferences":
        return cls((), np.empty((0, texts), dtype=bool), np.empty(0, dtype=np.int64))

    def design(self, population: TextPopulation) -> Design | None:
        """Who is in which; None without any."""
        if not self.tokens:
            return None
        return Design(population.people.per_person(self.trained_on), self.block)


def read_texts(model: ScoresTexts, population: TextPopulation) -> TokenSignals:
    """One pass of the model over every text. Raises SignalError if a text came back without a place."""
    tokens = model.read(population.texts)
    if tokens.n != len(population.copies):
        raise SignalError(
            f"{tokens.n} texts were read of {len(population.copies)}",
            where="audit.language",
            fix="see why the model leaves texts out",
        )
    return tokens


def signals_of(target: TokenSignals, references: TextReferences) -> Signals:
    """All that attacks read. Raises SignalError if a reference model reads in other tokens than the target."""
    return text_signals(target, references.tokens, references.trained_on)


def notes_on(tokens: TokenSignals) -> list[Text]:
    """What is to be known of the signals before the figures are looked at."""
    found = []
    if np.isnan(tokens.mean).any() or np.isnan(tokens.spread).any():
        found.append(PLAIN_MIN_K)
    short = int((tokens.lengths < FEWEST_TOKENS).sum())
    if short:
        found.append(
            Text(
                fr=f"{short} textes ont moins de {FEWEST_TOKENS} tokens lus : aucune attaque ne peut presque rien en dire.",
                en=f"{short} texts have fewer than {FEWEST_TOKENS} tokens read: no attack can say much of them.",
            )
        )
    return found


def as_measured(content: dict[str, Any], tokens: TokenSignals) -> dict[str, Any]:
    """audit.json with Min-K% under the name of what ran."""
    for attack in content["attacks"]:
        if attack["id"] == LmMinK.card.id:
            attack["title"] = LmMinK.titled(tokens).to_dict()
    return content


FEWEST_TOKENS = 8
PLAIN_MIN_K = Text(
    fr="Le serveur ne donne que la log-probabilité des tokens présents : Min-K% simple a été mesuré à la place de Min-K%++.",
    en="The server gives no more than the log-probability of the tokens that stand there: plain Min-K% was measured in place "
    "of Min-K%++.",
)


@dataclass(frozen=True, eq=False)
class _Shared:
    recipe: TextRecipe
    texts: tuple[str, ...]
    copies: IntArray
    trained_on: BoolArray
    start: IntArray
    seed: int


def train_and_read(k: int, shared: _Shared) -> dict[str, NDArray[Any]]:
    """Fine-tunes reference model k on its texts, as often as each stands in its file, and has it read all. Pure."""
    chosen = np.repeat(np.flatnonzero(shared.trained_on[k]), shared.copies[shared.trained_on[k]])
    with single_thread():
        model = shared.recipe.fit([shared.texts[i] for i in chosen], seed=Seeds(shared.seed).integer("reference", k))
        read = model.read(list(shared.texts))
    if not np.array_equal(read.start, shared.start):
        raise ModelError(
            "a reference model does not cut the texts into the same tokens as the target",
            where="audit.language",
            fix="fine-tune reference models from the target's own base model, with its tokenizer",
        )
    # float32, as the models compute: half the memory and the disk, for as many models as there are.
    told = {name: np.asarray(getattr(read, name), dtype=np.float32) for name in ("logprob", "mean", "spread")}
    return {**told, "top": read.top}


def train_text_references(
    recipe: TextRecipe,
    population: TextPopulation,
    target: TokenSignals,
    *,
    count: int,
    seed: int,
    versions: dict[str, str],
    engine: Engine,
    store: Store | None = None,
    progress: Progress | None = None,
    title: str = "",
) -> TextReferences:
    """Fine-tunes `count` models, each on the texts of as large a share of the persons as the target's members are.

    target  what the target made of the same texts; the references share its places, and its base model's figures.
    store   finished models' signals are kept there: a stopped run goes on.
    Raises  ModelError if more than a tenth of the models cannot be trained.
    """
    people = population.people
    if not count:
        return TextReferences.none(len(people.person))
    design = draw_design(people.persons, count, share=people.share, rng=Seeds(seed).generator("design"))
    trained_on = design.trained_on[:, people.person]
    texts = tuple(population.texts)
    shared = _Shared(recipe, texts, population.copies, trained_on, target.start, seed)
    key = {"recipe": recipe.describe(), "texts": list(texts), "copies": population.copies.tolist()}
    common = content_hash({**key, "seed": seed, "versions": versions})
    keys = [
        content_hash({"references": common, "model": k, "trained_on": np.packbits(row).tobytes().hex()})
        for k, row in enumerate(trained_on)
    ]
    answers = run(
        train_and_read,
        range(count),
        keys=keys,
        engine=engine,
        shared=shared,
        store=store,
        progress=progress,
        title=title,
        failures="keep",
    )
    failures = [one for one in answers if isinstance(one, Failure)]
    if len(failures) > LARGEST_SHARE_OF_FAILURES * count:
        raise _cannot_train(failures, count)
    done = np.array([not isinstance(one, Failure) for one in answers])
    tokens = tuple(_beside(one, target) for one in answers if not isinstance(one, Failure))
    return TextReferences(tokens, trained_on[done], design.block[done], len(failures))


def _beside(answer: dict[str, NDArray[Any]], target: TokenSignals) -> TokenSignals:
    """A reference model's signals, which share with the target's all that does not depend on the model."""
    logprob, mean, spread = (answer[name].astype(np.float64) for name in ("logprob", "mean", "spread"))
    return replace(target, logprob=logprob, mean=mean, spread=spread, top=answer["top"])


def _cannot_train(failures: list[Failure], count: int) -> ModelError:
    first = failures[0]
    what = f"{len(failures)} of {count} reference models could not be fine-tuned"
    if first.error is not None:
        return ModelError(f"{what}: {first.error.what}", where=first.error.where, fix=first.error.fix)
    return ModelError(
        f"{what} ({first.kind})",
        where=first.where,
        fix="check that the recipe trains on a random part of the texts; its message is withheld, for it may quote "
        "personal values",
    )
