"""spaCy: a pipeline saved in a folder, its entities of persons, places and organisations."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from vidocq.core.spans import Category
from vidocq.detect.adapters.chunks import over_chunks
from vidocq.detect.adapters.model import Entity, Recognise

LABELS: Final = {
    "PER": Category.PERSON,
    "PERSON": Category.PERSON,
    "LOC": Category.LOCATION,
    "GPE": Category.LOCATION,
    "FAC": Category.LOCATION,
    "ORG": Category.ORGANISATION,
}
SCORE: Final = 0.85  # spaCy gives none; Presidio takes this one for its entities
TOKENS, OVERLAP = 10_000, 100  # a pipeline refuses a text of a million characters


def pipeline(path: Path) -> Any:
    """The pipeline of a folder. Raises ImportError without spaCy, OSError or ValueError if the folder holds none."""
    import spacy  # noqa: PLC0415 - an extra

    return spacy.load(path)


def load(path: Path) -> Recognise:
    nlp = pipeline(path)

    def entities(text: str) -> Iterator[Entity]:
        for entity in nlp(text).ents:
            category = LABELS.get(entity.label_)
            if category is not None:
                yield Entity(entity.start_char, entity.end_char, category, SCORE)

    return lambda text: over_chunks(text, entities, tokens=TOKENS, overlap=OVERLAP)
