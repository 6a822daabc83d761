"""Persons' names, by lists, titles, capitals, the words around them, and what the rest of the text says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.spans import Category, Span
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence
from vidocq.detect.names.reading import names_in
from vidocq.detect.normalised import Normalised


@dataclass(frozen=True, kw_only=True)
class Person:
    """A name is read with what stands around it; a word once read as a name is one wherever it stands nearby."""

    card: ClassVar = DetectorCard(
        id="person",
        category=Category.PERSON,
        evidence=Evidence.CONTEXT,
        title=Text(fr="Noms de personnes", en="Persons' names"),
        source="Vidocq: lists of common names, titles, roles, capitals",
        limits=Text(
            fr="Manque des noms absents des listes que rien n'annonce, et les noms écrits sans majuscule ; prend parfois "
            "une entreprise, une œuvre ou un lieu qui portent un nom de personne.",
            en="Misses names absent from the lists that nothing announces, and names written without capitals; sometimes "
            "takes a company, a work or a place that bears a person's name.",
        ),
    )
    anchor: ClassVar[str | None] = None

    def find(self, text: Normalised) -> Iterator[Span]:
        for start, end, score in names_in(text.text):
            yield self.card.at(text, start, end, score=score)
