"""Special categories of data (GDPR, art. 9): words of health, belief, origin, opinion, sexual life, near a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.lexicon import lexicon
from vidocq.detect.normalised import Normalised


@dataclass(frozen=True, kw_only=True)
class SpecialCategory:
    """A hint, never a finding: only a person can judge what a sentence says of someone."""

    card: ClassVar = DetectorCard(
        id="special-category",
        category=Category.SPECIAL_CATEGORY,
        evidence=Evidence.CONTEXT,
        title=Text(fr="Indices de données sensibles", en="Hints of special categories of data"),
        source="GDPR, art. 9(1)",
        limits=Text(
            fr="Un mot près d'une personne, pas un fait : à apprécier par une personne. Manque ce qui est dit sans mot de la "
            "liste, et ne lit ni la négation ni l'ironie.",
            en="A word near a person, not a fact: to be judged by a person. Misses what is said without a word of the list, "
            "and reads neither negation nor irony.",
        ),
    )

    @property
    def anchor(self) -> str | None:
        return lexicon("special_categories").anchor

    def find(self, text: Normalised) -> Iterator[Span]:
        for start, end, of_person in lexicon("special_categories").near_persons(text):
            yield self.card.at(text, start, end, score=0.4 if of_person else 0.25)
