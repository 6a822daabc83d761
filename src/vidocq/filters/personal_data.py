"""Personal data in a prompt or an answer, as it stands or disguised."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from vidocq.core.guarding import Action, FilterCard, Hit, Seen, Surface
from vidocq.core.spans import Category
from vidocq.core.text import Text
from vidocq.detect.find import Finder
from vidocq.filters.addressed import may_be_address
from vidocq.filters.evidence import stands
from vidocq.filters.fields import within_fields
from vidocq.filters.figures import is_row_of_figures
from vidocq.filters.place import Place

STRUCTURED = frozenset(
    {
        Category.EMAIL,
        Category.PHONE,
        Category.NIR,
        Category.NIF,
        Category.IBAN,
        Category.RIB,
        Category.CARD,
        Category.SIRET,
        Category.SIREN,
        Category.VAT,
        Category.RPPS,
    }
)
"""Kinds that are known by their structure, which a disguise leaves: these alone are looked for in other readings."""

_NUMBERS = STRUCTURED - {Category.EMAIL, Category.IBAN}


@dataclass(frozen=True)
class PersonalData:
    """actions  what is done with each category that is looked for."""

    actions: Mapping[Category, Action]
    surfaces: frozenset[Surface] = frozenset(Surface)

    card: ClassVar = FilterCard(
        id="personal-data",
        title=Text(fr="Données personnelles dans les textes", en="Personal data in texts"),
        source="docs/detect.md",
        longest=160,
        limits=Text(
            fr="Une paraphrase, une allusion, un code convenu dans la conversation ou un texte dans une langue que les "
            "détecteurs ne lisent pas passent. Dans un texte déguisé, seuls les identifiants structurés sont cherchés.",
            en="A paraphrase, a hint, a code agreed upon in the conversation, or text in a language that the detectors do "
            "not read passes. In disguised text only structured identifiers are looked for.",
        ),
    )

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        plain, hits = "", list[Hit]()
        for reading in readings:
            plain = reading.text if reading.name == "plain" else plain
            finder = self._all if reading.name == "plain" else self._structured
            for span in finder.find(reading.text):
                start, end = reading.original(span.start, span.end)
                if span.category == Category.EMAIL:
                    found = reading.text[span.start : span.end]
                    if not may_be_address(found, reading.name, plain[start:end]):
                        continue
                elif span.category in STRUCTURED:
                    if reading.name != "plain" and span.category in _NUMBERS and is_row_of_figures(plain, start, end):
                        continue
                    found = reading.text[span.start : span.end]
                    beyond = reading.text[span.end : span.end + 3]
                    if not stands(Place(plain, start, end, reading.name), found, span.category, beyond):
                        continue
                hits.append(
                    Hit(start, end, self.card.id, span.category.value, self.actions[span.category], reading.name)
                )
        yield from within_fields(plain, hits, sure=STRUCTURED)

    @cached_property
    def _all(self) -> Finder:
        return Finder.of(self.actions.keys())

    @cached_property
    def _structured(self) -> Finder:
        return Finder.of(self.actions.keys() & STRUCTURED)
