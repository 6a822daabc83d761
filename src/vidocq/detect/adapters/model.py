"""A recogniser of others and the folder of its model, as `spacy:PATH`, `presidio:PATH` and `gliner:PATH` name them."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

from vidocq.core.errors import ConfigurationError, MissingExtra, ModelError
from vidocq.core.spans import Category
from vidocq.core.text import Text
from vidocq.detect.detector import DetectorCard, Evidence

OFFLINE: Final = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE")


class Entity(NamedTuple):
    """One find of a model, in code points of the text it was given."""

    start: int
    end: int
    category: Category
    score: float

    def __repr__(self) -> str:
        return f"Entity({self.start}, {self.end}, {self.category})"


Recognise = Callable[[str], Iterable[Entity]]


class Kind(NamedTuple):
    """module  that loads it (`load(path) -> Recognise`).   package  to install.   finds  what it may find."""

    module: str
    title: str
    package: str
    finds: tuple[Category, ...]


_CONTEXT: Final = (Category.PERSON, Category.LOCATION, Category.ORGANISATION)
KINDS: Final = {
    "spacy": Kind("spacy_model", "spaCy", "spacy", _CONTEXT),
    "presidio": Kind(
        "presidio",
        "Presidio",
        "presidio-analyzer",
        (
            *_CONTEXT,
            Category.EMAIL,
            Category.PHONE,
            Category.IBAN,
            Category.CARD,
            Category.IP,
            Category.MAC,
        ),
    ),
    "gliner": Kind("gliner", "GLiNER", "gliner", (*_CONTEXT, Category.ADDRESS, Category.BIRTH_DATE)),
}


@dataclass(frozen=True)
class Model:
    """kind  a key of `KINDS`.   path  the folder of the model on this machine."""

    kind: str
    path: Path

    @property
    def cards(self) -> tuple[DetectorCard, ...]:
        """One for each category it may find: `spacy-person`, `gliner-address`."""
        kind = KINDS[self.kind]
        return tuple(
            DetectorCard(
                id=f"{self.kind}-{category.replace('_', '-')}",
                category=category,
                evidence=Evidence.CONTEXT,
                title=Text(
                    fr=f"{kind.title}, modèle du dossier indiqué", en=f"{kind.title}, model of the folder given"
                ),
                source=kind.title,
                limits=Text(
                    fr="Ce modèle n'est pas de Vidocq : sa précision et son rappel n'ont pas été mesurés ici.",
                    en="This model is not Vidocq's: its precision and recall were not measured here.",
                ),
            )
            for category in kind.finds
        )

    def identity(self) -> list[list[str]]:
        """The files of the model by name, size and time of change: finds of another one are not taken up again."""
        told = []
        for place in sorted(self.path.rglob("*")):
            if place.is_file():
                seen = place.stat()
                told.append([str(place.relative_to(self.path)), str(seen.st_size), str(seen.st_mtime_ns)])
        return [[self.kind, str(self.path)], *told]


def read_model(text: str) -> Model:
    """From `KIND:PATH`. Raises ConfigurationError on another kind, or a path that is no folder here: no name is resolved."""
    kind, _, path = text.partition(":")
    if kind not in KINDS:
        raise ConfigurationError(
            "a recogniser is asked for that is not known",
            where="--with",
            fix=f"give one of {', '.join(f'{known}:FOLDER' for known in KINDS)}",
        )
    if not path or not Path(path).is_dir():
        raise ConfigurationError(
            f"the model of {KINDS[kind].title} is no folder of this machine",
            where=f"--with {kind}",
            fix="give the path of a folder that holds the model: names of models are never looked up on a network",
        )
    return Model(kind, Path(path).resolve())


def read_models(texts: Sequence[str]) -> tuple[Model, ...]:
    return tuple(dict.fromkeys(read_model(text) for text in texts))


@cache
def loaded(model: Model) -> Recognise:
    """The recogniser, loaded once a process, with every hub told to stay off the network.

    Raises MissingExtra if its package is not installed, and ModelError if the folder holds no model it can read.
    """
    kind = KINDS[model.kind]
    os.environ.update(dict.fromkeys(OFFLINE, "1"))
    adapter = import_module(f"vidocq.detect.adapters.{kind.module}")
    try:
        recognise: Recognise = adapter.load(model.path)
    except ImportError:
        raise MissingExtra(
            f"{kind.title} is not installed", where=f"--with {model.kind}", fix=f"pip install {kind.package}"
        ) from None
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(
            f"the model of {kind.title} cannot be loaded ({type(error).__name__})",
            where=f"--with {model.kind}",
            fix="check that the folder holds a complete model, saved by the version that is installed",
        ) from None
    return recognise
