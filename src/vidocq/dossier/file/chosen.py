"""A choice that a fact holds, found by its path, in the words of its readers."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from pydantic import BaseModel

from vidocq.core.text import Text
from vidocq.dossier.facts import Facts
from vidocq.dossier.file.choices import words_of
from vidocq.dossier.file.merging import group_of
from vidocq.dossier.file.valued import slot_at

_ANY: Final = "x"
"""The item that stands for each of a list."""


def chosen_words(path: str, value: str) -> Text | None:
    """The words of a choice at this path, such as ("datasets.visits.origins", "scraping"); None for any other value."""
    fact = path.rpartition(".")[2]
    return words_of(value, fact=fact) if value in _choices().get(_group_and_name(path), ()) else None


@cache
def _choices() -> dict[tuple[str, str], tuple[str, ...]]:
    """Choices by the list or group at the top and the name of the fact: that names one fact."""
    return {_group_and_name(path): choices for path, choices in _all(Facts)}


def _group_and_name(path: str) -> tuple[str, str]:
    return path.partition(".")[0], path.rpartition(".")[2]


def _all(group: type[BaseModel], path: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, field in group.model_fields.items():
        inner, is_list = group_of(group, name)
        if inner is not None:
            yield from _all(inner, f"{path}{name}.{_ANY}." if is_list else f"{path}{name}.")
        elif field.json_schema_extra is not None:
            found = slot_at(f"{path}{name}")
            if found.choices:
                yield found.path, found.choices
