"""A system with documents behind it: what it is asked, and what of its documents comes back."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import numpy as np

from vidocq.attacks.retrieval import Handed, Retrieval
from vidocq.audit.language.asking import Asking
from vidocq.audit.language.corpus import Corpus
from vidocq.audit.language.documents_file import Document, canary
from vidocq.core.canonical import sha256
from vidocq.core.errors import ConfigurationError
from vidocq.core.language import LanguageModel, Prompt
from vidocq.core.measured import Measured
from vidocq.core.seeds import Seeds
from vidocq.core.status import NotMeasured
from vidocq.core.text import Lang, Text
from vidocq.measure.overlap import SHORTEST, Run
from vidocq.measure.overlap.spelling import spelt

_WORD = re.compile(r"[^\W\d_]{4,}")
STRANGERS = 1000
"""Canaries planted nowhere: what comes back by luck, if anything can."""


@dataclass(frozen=True, kw_only=True)
class RetrievalOptions:
    """reader    under whose name the system is asked: the account of the key in use.
    queries      about each document, spread over the questions.
    at_least     characters in a row that make a passage.   quoted, topic  words of a document that a question tells.
    form, system as of Prompt.   langs  of the questions.
    """

    reader: str
    queries: int = 10
    at_least: int = 100
    quoted: int = 8
    topic: int = 3
    form: Literal["completion", "chat"] = "chat"
    system: str | None = None
    langs: tuple[Lang, ...] = (Lang.fr, Lang.en)

    def __post_init__(self) -> None:
        if min(self.queries, self.quoted, self.topic) < 1 or self.at_least < SHORTEST:
            raise ConfigurationError(
                "documents are asked for in one question at least, and passages must be long enough to be found",
                where="retrieval",
                fix=f"give 1 or more, and {SHORTEST} characters or more",
            )

    def described(self) -> dict[str, Any]:
        """Plain content that changes whenever what is asked does; part of what is registered."""
        told = asdict(self) | {"langs": [str(lang) for lang in self.langs]}
        return told | {"questions": sha256(_held_questions().encode())}


def measure_retrieval(
    system: LanguageModel, documents: Sequence[Document], *, asking: Asking, options: RetrievalOptions, folder: Path
) -> Measured:
    """Asks for each document, and says which came back that should not have.

    system  the endpoint, with its documents behind it.   folder  where the documents are indexed meanwhile.
    Raises  ModelError, SampleTooSmall without a forbidden document.
    """
    if not any(one.stored and not one.allowed(options.reader) for one in documents):
        return Measured(absent=(NotMeasured(Retrieval.card.id, _NONE_FORBIDDEN),))
    questions = list(_questions(documents, options))
    per_document = Counter(question.document for question in questions)
    times = [
        number
        for document in dict.fromkeys(question.document for question in questions)
        for number in asking.spread(options.queries, per_document[document])
    ]
    watch = _Watch.over(documents, options, Seeds(asking.seed))
    with Corpus.of((one.text for one in documents), (), folder=folder) as corpus:
        prompts = [question.prompt for question in questions]
        for row, answers in asking.answers(system, prompts, times=times, name=Retrieval.card.id):
            for answer in answers:
                watch.see(answer, questions[row], corpus.index.overlap(answer, at_least=SHORTEST).runs)
    handed = watch.handed()
    found = Retrieval(at_least=options.at_least).judge(handed, spent=sum(times))
    return Measured(findings=found.findings, absent=tuple(_absent(handed, found)), details=found.details)


@dataclass(frozen=True)
class _Question:
    """document  that it asks about, by number.   kind  of question."""

    document: int
    kind: str
    prompt: Prompt


def _questions(documents: Sequence[Document], options: RetrievalOptions) -> Iterator[_Question]:
    """Questions about each document, made of its first words and of those that are rarest among all the documents."""
    held = tomllib.loads(_held_questions())["question"]
    words = [_WORD.findall(_without_canary(one)) for one in documents]
    everywhere = Counter(word.casefold() for found in words for word in {word.casefold(): word for word in found})
    for number, document in enumerate(documents):
        opening = " ".join(_without_canary(document).split()[: options.quoted])
        own = dict.fromkeys(words[number])
        rarest = sorted(own, key=lambda word: everywhere[word.casefold()])[: options.topic]
        for one in held:
            if one["lang"] in options.langs:
                told = one["text"].format(opening=opening, topic=", ".join(rarest) or opening)
                yield _Question(number, one["kind"], Prompt(text=told, form=options.form, system=options.system))


def _held_questions() -> str:
    return (files(__package__) / "prompts" / "retrieval.toml").read_text(encoding="utf-8")


def _without_canary(document: Document) -> str:
    return document.text if document.canary is None else document.text.replace(document.canary, " ")


@dataclass(eq=False)
class _Watch:
    """What came back so far."""

    documents: Sequence[Document]
    allowed: list[bool]
    canaries: list[str | None]
    strangers: list[str]
    longest: list[int]
    marked: list[bool]
    first: list[str]
    back: set[str] = field(default_factory=set)

    @classmethod
    def over(cls, documents: Sequence[Document], options: RetrievalOptions, seeds: Seeds) -> "_Watch":
        allowed = [one.allowed(options.reader) for one in documents]
        canaries = [None if one.canary is None else _signs(one.canary) for one in documents]
        strangers = [
            _signs(canary(seeds.generator("canaries planted nowhere", number)))
            for number in range(STRANGERS if any(canaries) else 0)
        ]
        size = len(documents)
        return cls(documents, allowed, canaries, strangers, [0] * size, [False] * size, [""] * size)

    def see(self, answer: str, question: _Question, runs: Sequence[Run]) -> None:
        signs, asked = _signs(answer), spelt(question.prompt.text)
        for number, mark in enumerate(self.canaries):
            if mark is not None and mark in signs:
                self.marked[number] = True
                self.first[number] = self.first[number] or question.kind
        self.back.update(mark for mark in self.strangers if mark in signs)
        free = [run for run in runs if self.documents[run.document].stored and self.allowed[run.document]]
        for run in runs:
            if run.length <= self.longest[run.document]:
                continue
            own = (run.at, run.until) if run in free else _longest_apart(run, free)
            said = spelt(answer[slice(*own)])
            length = len(said.decode()) - _told(said, asked)
            if length > self.longest[run.document]:
                self.longest[run.document] = length
                self.first[run.document] = self.first[run.document] or question.kind

    def handed(self) -> Handed:
        return Handed(
            stored=np.array([one.stored for one in self.documents]),
            allowed=np.array(self.allowed),
            longest=np.array(self.longest, dtype=np.int64),
            marked=np.array(self.marked),
            has_canary=np.array([mark is not None for mark in self.canaries]),
            kind=tuple(self.first),
            strangers=(len(self.strangers), len(self.back)),
        )


def _longest_apart(run: Run, free: Sequence[Run]) -> tuple[int, int]:
    """The longest part of the answer that the run covers and no other does: what an allowed document says too is free."""
    best, at = (run.at, run.at), run.at
    for first, until in sorted((other.at, other.until) for other in free if other.until > run.at):
        end = min(max(first, at), run.until)
        best = max(best, (at, end), key=lambda part: part[1] - part[0])
        at = max(at, until)
    return max(best, (at, max(run.until, at)), key=lambda part: part[1] - part[0])


def _signs(text: str) -> str:
    """Letters and digits alone: a canary counts however it is cut and spaced."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _told(run: bytes, asked: bytes) -> int:
    """How many characters at the beginning of a run the question told."""
    low, high = 0, len(run)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if run[:middle] in asked else (low, middle - 1)
    return len(run[:low].decode("utf-8", "ignore"))


def _absent(handed: Handed, found: Measured) -> Iterator[NotMeasured]:
    first = found.findings[0]
    allowed = handed.stored & handed.allowed
    silent = isinstance(first.estimate, float) or first.estimate.value == 0.0
    if all(finding.p is None for finding in found.findings):
        yield NotMeasured(Retrieval.card.id, _NO_CONTROL)
    if silent and not ((handed.longest[allowed] >= SHORTEST) | handed.marked[allowed]).any():
        yield NotMeasured(Retrieval.card.id, _NOTHING_AT_ALL)


_NONE_FORBIDDEN = Text(
    fr="Aucun document n'est interdit au compte utilisé : il n'y a rien à tester.",
    en="No document is forbidden to the account in use: there is nothing to test.",
)
_NO_CONTROL = Text(
    fr="Ni document tenu hors du système, ni marqueur inséré : ce qui est remis est décrit, et rien n'est testé.",
    en="Neither a document kept out of the system nor a canary: what is handed over is described, and nothing is tested.",
)
_NOTHING_AT_ALL = Text(
    fr="Aucun document permis n'est revenu non plus : ces questions n'obtiennent rien de ce système, et son silence sur les "
    "documents interdits ne prouve rien.",
    en="No allowed document came back either: these questions get nothing out of this system, and its silence about "
    "forbidden documents proves nothing.",
)
