"""docs/configuration.md, from the sections of a configuration: their docstrings, fields, kinds and defaults."""

import inspect
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from vidocq.audit.configuration import (
    Configuration,
    DataSection,
    FineTuningSection,
    HttpSection,
    ModelSection,
    OpenAiSection,
    PanelSection,
    Section,
    TrainingSection,
)

from generation.markdown import page, table

DESCRIBED = re.compile(r"^(\w+(?:, \w+)*)  +(\S.*)$")
NEXT = re.compile(r"(?<=\S)  +(\w+)(?=  +\S)")
KINDS = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Path: "path",
    PanelSection: "tables, as below",
    TrainingSection: "table, as below",
    HttpSection: "table, as below",
    OpenAiSection: "table, as below",
    FineTuningSection: "table, as below",
}


def configuration_page() -> str:
    """One section per table of the file."""
    parts = []
    for name, field in Configuration.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, Section):
            parts.append(f"## `[{name}]`\n\n{_section(section)}")
            if section is ModelSection:
                parts.append(f"## `[model.training]`\n\n{_section(TrainingSection)}")
                parts.append(f"## `[model.http]`\n\n{_section(HttpSection)}")
                parts.append(f"## `[model.openai]`\n\n{_section(OpenAiSection)}")
                parts.append(f"## `[model.fine_tuning]`\n\n{_section(FineTuningSection)}")
            if section is DataSection:
                parts.append(f"## `[[data.panels]]`\n\n{_section(PanelSection)}")
    return page(
        "# The configuration",
        "A TOML file. Everything but `[model]` and `[data]` has a default. Relative paths are relative to the folder of "
        "the file, the ledger's too. A key that is not listed here is refused, before any work starts.",
        *parts,
    )


def descriptions(section: type[Section]) -> tuple[str, dict[str, str]]:
    """What a docstring says of the section, and of each field."""
    opening: list[str] = []
    fields: dict[str, str] = {}
    names: list[str] = []
    for line in _apart(inspect.cleandoc(section.__doc__ or ""), section.model_fields):
        found = DESCRIBED.match(line)
        if found:
            names = found[1].split(", ")
            fields |= dict.fromkeys(names, found[2])
        elif names and line.startswith(" "):
            fields |= {name: f"{fields[name]} {line.strip()}" for name in names}
        elif line.strip():
            opening.append(line.strip())
    return " ".join(opening), fields


def _apart(text: str, names: Collection[str]) -> Iterator[str]:
    """Lines, those cut that tell of several fields one after the other."""
    for line in text.splitlines():
        begun = 0
        for found in NEXT.finditer(line):
            if found[1] in names and DESCRIBED.match(line[begun:]):
                yield line[begun : found.start()].rstrip()
                begun = found.start(1)
        yield line[begun:]


def _section(section: type[Section]) -> str:
    opening, described = descriptions(section)
    rows = [
        [f"`{name}`", _kind(field), _default(field), described.get(name, "")]
        for name, field in section.model_fields.items()
    ]
    return f"{opening}\n\n{table(('Key', 'Value', 'Default', 'What it is'), rows)}"


def _kind(field: FieldInfo) -> str:
    limits = [text for constraint in field.metadata if (text := _limit(constraint))]
    return ", ".join([_named(field.annotation), *limits])


def _named(kind: Any) -> str:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return " or ".join(f'`"{value}"`' for value in inner)
    if origin is dict:
        return "table"
    if origin is tuple:
        return f"list of {_named(inner[0])}"
    if hasattr(kind, "__metadata__"):
        limits = [text for constraint in _flat(kind.__metadata__) if (text := _limit(constraint))]
        return ", ".join([_named(inner[0]), *limits])
    kept = [k for k in inner if k is not type(None)]
    return _named(kept[0]) if kept else KINDS[kind]


def _flat(metadata: tuple[Any, ...]) -> list[Any]:
    """Constraints, out of the field that wraps them."""
    return [c for m in metadata for c in (m.metadata if isinstance(m, FieldInfo) else [m])]


def _limit(constraint: Any) -> str:
    signs = {"ge": "at least {}", "gt": "above {}", "le": "at most {}", "lt": "below {}"}
    said = [
        text.format(f"{getattr(constraint, sign):,}") for sign, text in signs.items() if hasattr(constraint, sign)
    ]
    return ", ".join(said)


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return "**needed**"
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return f"`[{', '.join(repr(v) for v in value)}]`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"
