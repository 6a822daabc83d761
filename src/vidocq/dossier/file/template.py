"""All facts as a commented TOML file: what `vidocq dossier init --template` writes."""

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from vidocq.core.text import Lang, Text
from vidocq.dossier.facts import Facts
from vidocq.dossier.file.first import EACH, FIRST
from vidocq.dossier.file.merging import group_of
from vidocq.dossier.file.valued import Slot, slot_at

HEAD: Final = Text(
    fr="Faits du dossier. Ôtez le # devant ce que vous savez ; ce qui n'est pas dit n'est jamais supposé.\n"
    "Jamais le nom d'une personne : des rôles. Un jeu, un modèle ou un acteur de plus : copiez son bloc, changez son nom.\n"
    "Les lignes marquées * sont les premières questions : elles suffisent à voir l'essentiel de ce qui s'applique.",
    en="Facts of the file. Remove the # before what you know; what is not said is never assumed.\n"
    "Never a person's name: roles. One more data set, model or actor: copy its block and change its name.\n"
    "Lines marked * are the first questions: they are enough to see most of what applies.",
)
EXAMPLES: Final = {"datasets": "data", "models": "model", "releases": "v1", "actors": "us", "operations": "training",
                   "parts": "us"}  # fmt: skip
"""The id under which the template shows one item of each list."""
FORMATS: Final = {"sha256": f'"{"0" * 64}"', "country": '"FR"'}
"""Texts that only one form fits."""


def template(lang: Lang) -> str:
    """The file, whose commented lines are TOML once the # is taken away."""
    lines = [f"# {line}" for line in HEAD.to(lang).split("\n")]
    return "\n".join([*lines, *_group(Facts, (), lang)]) + "\n"


def _group(group: type[BaseModel], steps: tuple[str, ...], lang: Lang) -> Iterator[str]:
    slots = []
    nested = []
    for name in group.model_fields:
        inner, is_list = group_of(group, name)
        if inner is not None:
            nested.append((inner, (*steps, name, EXAMPLES[name]) if is_list else (*steps, name)))
        elif name not in {"id", "actor"} or group.model_fields[name].json_schema_extra is not None:
            slots.append(slot_at(".".join((*steps, name))))
    if steps:
        yield from ("", f"# [{'.'.join(steps)}]")
    for slot in slots:
        yield from _lines(slot, lang)
    for inner, path in nested:
        yield from _group(inner, path, lang)


def _lines(slot: Slot, lang: Lang) -> Iterator[str]:
    mark = "* " if _is_first(slot) else ""
    yield f"## {mark}{slot.words.to(lang)}"
    yield f"# {slot.steps[-1]} = {_example(slot)}"


def _is_first(slot: Slot) -> bool:
    """Whether one of the first questions asks for it; the item shown stands for each."""
    return slot.path in {
        path if EACH not in path else path.replace(EACH, EXAMPLES[path.partition(".")[0]]) for path in FIRST
    }


def _example(slot: Slot) -> str:
    match slot.kind:
        case "yes_no":
            return "true  # false"
        case "choice":
            return f'"{slot.choices[0]}"' + _others(slot)
        case "choices":
            return f'["{slot.choices[0]}"]' + _others(slot)
        case "texts" | "ids":
            return '["…"]'
        case "whole" | "number":
            return "1"
        case "date":
            return "2026-01-31"
        case "time":
            return "2026-01-31T12:00:00Z"
        case "text":
            return FORMATS.get(slot.steps[-1], '"…"')


def _others(slot: Slot) -> str:
    return f"  # {', '.join(slot.choices[1:])}" if len(slot.choices) > 1 else ""
