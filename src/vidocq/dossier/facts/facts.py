"""The one base of facts that fills every document."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Self

from pydantic import BaseModel, ValidationError, model_validator

from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Text
from vidocq.dossier.facts.actor import Actor, Operation
from vidocq.dossier.facts.asked import Stated, asked
from vidocq.dossier.facts.assessment import Annotation, Impact, Interest, Rights, Security
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.facts.model import Model, Release
from vidocq.dossier.facts.system import System


class Facts(Stated):
    """All that was stated. What was not is None, and a rule that needs it returns UNDETERMINED.

    Lists (`datasets`, `models`…) are None until somebody says what there is; an empty list says that there is none.
    """

    system: System = System()
    datasets: tuple[DataSet, ...] | None = asked("Quels jeux de données ?", "Which data sets?")
    models: tuple[Model, ...] | None = asked("Quels modèles ?", "Which models?")
    releases: tuple[Release, ...] | None = asked("Quelles versions diffusées ?", "Which releases?")
    actors: tuple[Actor, ...] | None = asked("Quels acteurs ?", "Which actors?")
    operations: tuple[Operation, ...] | None = asked("Quelles opérations ?", "Which operations?")
    interest: Interest = Interest()
    impact: Impact = Impact()
    annotation: Annotation = Annotation()
    rights: Rights = Rights()
    security: Security = Security()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        for name in ("datasets", "models", "releases", "actors", "operations"):
            ids = [item.id for item in getattr(self, name) or ()]
            if len(ids) != len(set(ids)):
                raise ValueError(f"two entries of '{name}' have the same id")
        return self


def read_facts(content: Any) -> Facts:
    """Facts from plain content. ConfigurationError names the place of what does not fit and never quotes its value."""
    try:
        return Facts.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        why = next((words for start, words in MISFITS.items() if first["type"].startswith(start)), OTHER_MISFIT)
        raise ConfigurationError(
            f"a fact does not fit: {why.en}",
            where=_place(first["loc"], content) or "facts",
            fix="see `vidocq dossier init --template FILE` for what fits",
            fr=f"un fait ne convient pas : {why.fr}",
            fix_fr="voyez ce qui convient avec « vidocq dossier init --template FICHIER »",
        ) from None


MISFITS: Final = {
    "extra_forbidden": Text(fr="il n'existe pas", en="there is no such fact"),
    "missing": Text(fr="il y manque un identifiant", en="an id is missing"),
    "bool": Text(fr="il y faut oui (true) ou non (false)", en="it takes true or false"),
    "literal_error": Text(fr="il y faut un des mots prévus", en="it takes one of its fixed words"),
    "date": Text(fr="il y faut une date", en="it takes a date"),
    "int": Text(fr="il y faut un nombre entier", en="it takes a whole number"),
    "float": Text(fr="il y faut un nombre", en="it takes a number"),
    "greater": Text(fr="le nombre est trop petit", en="the number is too small"),
    "finite": Text(fr="il y faut un nombre fini", en="it takes a finite number"),
    "string_pattern": Text(fr="le texte n'a pas la forme voulue", en="the text does not have the form wanted"),
    "string": Text(fr="il y faut un texte", en="it takes a text"),
    "tuple": Text(fr="il y faut une liste", en="it takes a list"),
    "model": Text(fr="il y faut un groupe de faits", en="it takes a group of facts"),
    "value_error": Text(
        fr="deux éléments d'une liste ont le même identifiant", en="two items of a list have the same id"
    ),
}
"""What a misfit is called, by how its type starts."""
OTHER_MISFIT: Final = Text(fr="sa valeur n'est pas de celles qu'il prend", en="its value is none that it takes")


def _place(steps: Sequence[int | str], content: Any) -> str:
    """The path, with items of lists by their ids; by [number], counted from 1, where they have none."""
    found = ""
    for step in steps:
        content = _inside(content, step)
        if isinstance(step, int):
            own = content.get("id") or content.get("actor") if isinstance(content, dict) else None
            found += f".{own}" if isinstance(own, str) and _PLAIN.fullmatch(own) else f"[{step + 1}]"
        else:
            found += f".{step}"
    return found.removeprefix(".")


def _inside(content: Any, step: int | str) -> Any:
    if isinstance(content, dict):
        return content.get(step)
    return (
        content[step] if isinstance(content, list | tuple) and isinstance(step, int) and step < len(content) else None
    )


_PLAIN: Final = re.compile("[A-Za-z0-9_-]{1,64}")


def stated(group: BaseModel, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Path and value of every fact that was stated, such as ("datasets.patients.persons", 12000)."""
    for name in type(group).model_fields:
        value = getattr(group, name)
        path = f"{prefix}{name}"
        if isinstance(value, BaseModel):
            yield from stated(value, f"{path}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for place, item in enumerate(value):
                yield from stated(item, f"{path}.{_name(item, place)}.")
        elif value is not None and name not in {"id", "actor"}:
            yield path, value


def _name(item: BaseModel, place: int) -> str:
    return str(getattr(item, "id", None) or getattr(item, "actor", None) or place)
