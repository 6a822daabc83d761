"""The one base of facts that fills every document."""

from collections.abc import Iterator
from typing import Any, Self

from pydantic import BaseModel, ValidationError, model_validator

from vidocq.core.errors import ConfigurationError
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
        place = ".".join(str(part) for part in first["loc"]) or "facts"
        raise ConfigurationError(
            f"a fact does not fit: {first['msg']}", where=place, fix="see `vidocq dossier init --questions`"
        ) from None


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
