"""Criminal convictions and offences (GDPR, art. 10): their words near a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.lexicon import lexicon
from vidocq.detect.normalised import Normalised


@dataclass(frozen=True, kw_only=True)
class Offence:
    """A hint, never a finding: only a person can judge what a sentence says of someone."""

    card: ClassVar = DetectorCard(
        id="offence",
        category=Category.OFFENCE,
        evidence=Evidence.CONTEXT,
        title=Text(fr="Indices de données d'infraction", en="Hints of offence data"),
        source="GDPR, art. 10",
        limits=Text(
            fr="Un mot près d'une personne, pas un fait : à apprécier par une personne. Manque ce qui est dit sans mot de la "
            "liste, et ne lit ni la négation ni l'ironie.",
            en="A word near a person, not a fact: to be judged by a person. Misses what is said without a word of the list, "
            "and reads neither negation nor irony.",
        ),
    )

    @property
    def anchor(self) -> str | None:
        return lexicon("offences").anchor

    def find(self, text: Normalised) -> Iterator[Span]:
        for start, end, of_person in lexicon("offences").near_persons(text):
            yield self.card.at(text, start, end, score=0.4 if of_person else 0.25)
