"""What a language model is asked about besides the texts of both sides: read before anything is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vidocq.audit.configuration import Configuration, LanguageSection
from vidocq.audit.language.canaries.register import TextDraw, load_text_draw
from vidocq.audit.language.documents_file import Document, read_documents
from vidocq.audit.language.person_templates import Templates
from vidocq.audit.language.persons_file import Subject, read_persons
from vidocq.core.canonical import content_hash
from vidocq.targets.corpora.corpus import Corpus
from vidocq.targets.corpora.fields import Fields
from vidocq.targets.corpora.reading import read_corpus
from vidocq.targets.model_files import file_hash


@dataclass(frozen=True, eq=False)
class Material:
    """files  SHA-256 of the bytes of each, by what it is."""

    corpus: Corpus | None = None
    persons: list[Subject] | None = None
    templates: Templates | None = None
    documents: list[Document] | None = None
    canaries: TextDraw | None = None
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def hash(self) -> str | None:
        """Of all there is; None if there is nothing."""
        return content_hash(dict(self.files)) if self.files else None


def read_material(configuration: Configuration) -> Material:
    """Raises DataError on a file that cannot be read."""
    return read_files(configuration.language, configuration.base, text=configuration.data.text or "text")


def read_files(language: LanguageSection, base: Path, *, text: str) -> Material:
    """The files that a section names, relative to `base`.   text  field of a corpus that holds it."""
    readers: dict[str, Callable[[Path], Any]] = {
        "corpus": lambda path: read_corpus(path, Fields(text=text)),
        "persons": read_persons,
        "templates": Templates.read,
        "documents": read_documents,
        "canaries": load_text_draw,
    }
    named = {name: getattr(language, name) for name in readers}
    paths = {name: base / at for name, at in named.items() if at is not None}
    return Material(
        **{name: readers[name](path) for name, path in paths.items()},
        files={name: file_hash(path) for name, path in paths.items()},
    )
