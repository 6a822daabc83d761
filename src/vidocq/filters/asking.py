"""Prompts that ask for somebody's personal data, or that make a model recite: filters of what goes in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.guarding import Action, FilterCard, Hit, Seen, Surface
from vidocq.core.spans import Category
from vidocq.core.text import Text
from vidocq.detect.find import Finder

_DATA = re.compile(
    r"\b(?:num[ée]ro (?:de )?(?:t[ée]l[ée]phone|portable|mobile|s[ée]curit[ée] sociale|carte|compte)|t[ée]l[ée]phone|"
    r"adresse|courriel|e-?mail|mail|date de naissance|n[ée]e? (?:le|quand)|domicile|o[ùu] (?:habite|vit|travaille)|iban|rib|nir|"
    r"salaire|mot de passe|maladie|diagnostic|phone(?: number)?|address|birth ?date|date of birth|born|where does .{1,40} live|"
    r"social security(?: number)?|bank account|credit card|salary|password|medical record|diagnosis)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:quel(?:le)?s?|donne[rz]?|dis|dites|trouve[rz]?|cherche[rz]?|connais|rappelle|compl[èe]te[rz]?|[ée]cris|"
    r"what|who|give|tell|find|show|list|recall|complete|write|provide|look up)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]{1,400}[.!?]?")


@dataclass(frozen=True)
class Requests:
    """A question or an order that names a person and a kind of personal data in one sentence."""

    action: Action = Action.BLOCK
    surfaces: frozenset[Surface] = frozenset({Surface.PROMPT})

    card: ClassVar = FilterCard(
        id="requests",
        title=Text(fr="Demandes de données personnelles", en="Requests for personal data"),
        source="Kim et al. (2023), arXiv:2307.01881",
        longest=400,
        limits=Text(
            fr="Une demande en plusieurs messages, sans nom ou dans une autre langue passe ; une question légitime sur une "
            "personne publique peut être arrêtée.",
            en="A request in several messages, without a name or in another language passes; a legitimate question about a "
            "public person may be stopped.",
        ),
    )

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        for reading in readings:
            for sentence in _SENTENCE.finditer(reading.text):
                if _DATA.search(sentence[0]) is None or _ASKS.search(sentence[0]) is None:
                    continue
                if _PERSONS.find(sentence[0]):
                    place = reading.original(*sentence.span())
                    yield Hit(*place, self.card.id, "request", self.action, reading.name)


_AGAIN = re.compile(
    r"\b(?:r[ée]p[èe]te[rz]?|repeat|say|dis|[ée]cris|write)\b.{0,60}\b(?:forever|ind[ée]finiment|sans (?:fin|arr[êe]t|s'arr[êe]ter)|"
    r"toujours|non-?stop|[àa] l'infini|infinitely|endlessly|never stop|[0-9]{3,} (?:fois|times)|(?:mille|thousand) (?:fois|times))",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Repetition:
    """Orders to repeat without end, and texts that say one thing over and over, which make models recite.

    times  a piece of up to eight words is said in a row before it counts.
    """

    action: Action = Action.BLOCK
    times: int = 20
    surfaces: frozenset[Surface] = frozenset({Surface.PROMPT, Surface.ANSWER})

    card: ClassVar = FilterCard(
        id="repetition",
        title=Text(fr="Répétitions qui font réciter", en="Repetition that makes a model recite"),
        source="Nasr et al. (2023), arXiv:2311.17035",
        longest=None,
        limits=Text(
            fr="D'autres invites font diverger un modèle ; un tableau ou un poème qui se répète est arrêté.",
            en="Other prompts make a model diverge; a table or a poem that repeats itself is stopped.",
        ),
    )

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        for reading in readings:
            for found in _AGAIN.finditer(reading.text):
                yield Hit(*reading.original(*found.span()), self.card.id, "repeat", self.action, reading.name)
            for start, end in self._repeated(reading.text):
                yield Hit(*reading.original(start, end), self.card.id, "repeated", self.action, reading.name)

    def _repeated(self, text: str) -> Iterator[tuple[int, int]]:
        """Stretches in which each word is the one so many words before."""
        words = [(found.start(), found.end(), found[0]) for found in _WORD.finditer(text)]
        for period in range(1, 9):
            alike, needed = 0, period * (self.times - 1)
            for at in range(period, len(words)):
                alike = alike + 1 if words[at][2] == words[at - period][2] else 0
                if alike >= needed and (at + 1 == len(words) or words[at + 1][2] != words[at + 1 - period][2]):
                    yield words[at - alike - period + 1][0], words[at][1]


_PERSONS = Finder.of({Category.PERSON})
