"""Free prompting: what is put to a language model, and what of its answers stands in the corpora."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any, Literal

import numpy as np

from vidocq.attacks.divergence import Divergence, Recited, Side
from vidocq.audit.language.asking import Asking
from vidocq.audit.language.corpus import Corpus
from vidocq.core.arrays import BoolArray
from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.core.language import LanguageModel, Prompt
from vidocq.core.measured import Measured
from vidocq.core.spans import Span
from vidocq.core.status import NotMeasured
from vidocq.core.text import Lang, Text
from vidocq.detect.find import find_each
from vidocq.measure.overlap import SHORTEST, Run
from vidocq.measure.overlap.spelling import spelt

EMPTY = "empty"
_BESIDE = 64
"""Characters on either side of a value in which what stands around it is compared."""
TOGETHER = 3
"""A word is written so often in a prompt that asks for it again and again."""


@dataclass(frozen=True, kw_only=True)
class DivergenceOptions:
    """queries   answers in all, shared equally among the kinds of prompts.
    at_least     characters in a row, as spelt, that make a recital: 200 are about 50 tokens of French or English.
    around       characters of the corpus that must be recited beside a personal value for it to be confirmed.
    openings     beginnings of the user's own, such as texts of the corpus often have; put besides ours.
    form, system as of Prompt; the empty prompt is put to completions only.   langs  of the prompts.
    """

    queries: int = 300
    at_least: int = 200
    around: int = 12
    openings: tuple[str, ...] = ()
    form: Literal["completion", "chat"] = "completion"
    system: str | None = None
    langs: tuple[Lang, ...] = (Lang.fr, Lang.en)

    def __post_init__(self) -> None:
        if self.queries < 1 or self.at_least < SHORTEST or self.around < 1:
            raise ConfigurationError(
                "free prompting needs an answer, and recitals long enough to be found",
                where="divergence",
                fix=f"give 1 query or more, {SHORTEST} characters or more, and 1 around a value",
            )

    def described(self) -> dict[str, Any]:
        """Plain content that changes whenever what is asked does; part of what is registered."""
        prompts = [asdict(prompt) for found in free_prompts(self).values() for prompt in found]
        return {
            "queries": self.queries,
            "at_least": self.at_least,
            "around": self.around,
            "form": self.form,
            "prompts": content_hash(prompts),
        }


def measure_divergence(
    model: LanguageModel, corpus: Corpus | None, *, asking: Asking, options: DivergenceOptions
) -> Measured:
    """Lets the model write, and says what it recites.

    corpus  None where the training data are not at hand: then personal data in the answers are counted, and that is all.
    Raises  ModelError.
    """
    absent: list[NotMeasured] = []
    heard = _heard(model, asking, options, absent)
    answers = [answer for _, _, answer in heard]
    spans = find_each(answers)
    personal = Counter(str(span.category) for found in spans for span in found)
    if corpus is None:
        absent.append(NotMeasured(Divergence.card.id, _NO_CORPUS))
        return Measured(
            absent=tuple(absent), details={"answers": len(answers), "personal": dict(sorted(personal.items()))}
        )
    overlaps = [corpus.index.overlap(answer, at_least=options.at_least) for answer in answers]
    runs = [overlap.runs for overlap in overlaps]
    values = list(_values(corpus, answers, spans, options.around))
    if not corpus.holds_out:
        absent.append(NotMeasured(Divergence.card.id, _NO_HOLD_OUT))
    recited = Recited(
        prompt=np.array([number for number, _, _ in heard], dtype=np.int64),
        kind=tuple(kind for _, kind, _ in heard),
        trained=_side(corpus, corpus.trained, runs, values, options),
        held_out=_side(corpus, ~corpus.trained, runs, values, options) if corpus.holds_out else None,
        personal=dict(sorted(personal.items())),
        incomplete=sum(not overlap.complete for overlap in overlaps),
    )
    found = Divergence(at_least=options.at_least).judge(recited, spent=len(answers))
    return Measured(findings=found.findings, absent=tuple(absent), details=found.details)


def free_prompts(options: DivergenceOptions) -> dict[str, list[Prompt]]:
    """Prompts by kind."""
    held = tomllib.loads((files(__package__) / "prompts" / "free.toml").read_text(encoding="utf-8"))
    found: dict[str, list[Prompt]] = {}
    if options.form == "completion":
        found[EMPTY] = [Prompt(text="")]
    for one in held["prompt"]:
        if one["form"] == options.form and one["lang"] in options.langs:
            words = held["words"][one["lang"]] if one["kind"] == "repeat" else [""]
            found.setdefault(one["kind"], []).extend(
                Prompt(
                    text=one["text"].format(words=" ".join([word] * TOGETHER)),
                    form=options.form,
                    system=options.system,
                )
                for word in words
            )
    own = [Prompt(text=text, form=options.form, system=options.system) for text in options.openings]
    found["opening"] = own + found["opening"]  # first, for a small budget does not come to the last
    return found


def _heard(
    model: LanguageModel, asking: Asking, options: DivergenceOptions, absent: list[NotMeasured]
) -> list[tuple[int, str, str]]:
    """Number of the prompt, its kind, and an answer to it. What could not be put is added to `absent`."""
    kinds = free_prompts(options)
    shares = [options.queries // len(kinds) + (place < options.queries % len(kinds)) for place in range(len(kinds))]
    found: list[tuple[int, str, str]] = []
    number = 0
    for (kind, prompts), share in zip(kinds.items(), shares, strict=True):
        times = asking.spread(share, len(prompts))
        try:
            told = list(asking.answers(model, prompts, times=times, name=f"{Divergence.card.id} {kind}"))
        except ModelError:
            if kind != EMPTY:
                raise
            told = []
            absent.append(NotMeasured(Divergence.card.id, _NOT_EMPTY))
        found += [(number + row, kind, answer) for row, answers in sorted(told) for answer in answers]
        number += len(prompts)
    return found


@dataclass(frozen=True, repr=False)
class _Value:
    """Personal data in an answer that stand in some of the indexed texts, with what is around them.   spelling  never told."""

    category: str
    spelling: bytes
    documents: frozenset[int]


def _values(corpus: Corpus, answers: Sequence[str], spans: Sequence[Sequence[Span]], around: int) -> Iterator[_Value]:
    for answer, found in zip(answers, spans, strict=True):
        for span in found:
            first = max(span.start - _BESIDE, 0)
            start, end = span.start - first, span.end - first
            runs = corpus.index.overlap(answer[first : span.end + _BESIDE], at_least=SHORTEST).runs
            documents = frozenset(
                run.document
                for run in runs
                if run.at <= start and end <= run.until and run.until - run.at - (end - start) >= around
            )
            if documents:
                yield _Value(str(span.category), spelt(answer[span.start : span.end]), documents)


def _side(
    corpus: Corpus,
    side: BoolArray,
    runs: Sequence[Sequence[Run]],
    values: Sequence[_Value],
    options: DivergenceOptions,
) -> Side:
    own = [[run for run in found if side[run.document]] for found in runs]
    recited = {int(corpus.unit[run.document]) for found in own for run in found}
    held = {(one.category, one.spelling) for one in values if any(side[document] for document in one.documents)}
    return Side(
        longest=np.array([max((run.length for run in found), default=0) for found in own], dtype=np.int64),
        recited=len(recited),
        units=len(np.unique(corpus.unit[side])),
        values=dict(sorted(Counter(category for category, _ in held).items())),
    )


_NO_CORPUS = Text(
    fr="Le corpus d'entraînement n'a pas été fourni : les données personnelles des réponses sont comptées, sans qu'on sache si "
    "elles sont récitées ou inventées.",
    en="The training corpus was not given: personal data in the answers are counted, and nobody knows whether they are "
    "recited or made up.",
)
_NO_HOLD_OUT = Text(
    fr="Aucun corpus tenu à l'écart n'a été fourni : ce qui est récité est décrit, et aucun test ne le compare à ce qu'un "
    "modèle réciterait sans ces textes.",
    en="No held-out corpus was given: what is recited is described, and no test compares it with what a model would recite "
    "without these texts.",
)
_NOT_EMPTY = Text(
    fr="Le modèle n'accepte pas de question vide : cette sorte de question n'a pas été posée.",
    en="The model takes no empty prompt: that kind of prompt was not put.",
)
