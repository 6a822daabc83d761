"""One fact by its path and a text as typed: which type it has, and the content that states it."""

import datetime
import re
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Text
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.asked import question
from vidocq.dossier.facts.names import asked_of
from vidocq.dossier.file.choices import words_of
from vidocq.dossier.file.merging import group_of, is_id

YES: Final = ("yes", "y", "true", "oui", "o", "vrai")
NO: Final = ("no", "n", "false", "non", "faux")
UNKNOWN: Final = ("unknown", "?", "inconnu", "null")
NONE: Final = ("none", "aucun", "aucune")
A_DATE: Final = Text("une date comme 2026-11-25", "a date like 2026-11-25")
A_TIME: Final = Text("une heure comme 2026-11-25T14:30Z", "a time like 2026-11-25T14:30Z")
Kind = Literal["yes_no", "choice", "choices", "texts", "ids", "whole", "number", "date", "time", "text"]

KINDS: Final[dict[Any, Kind]] = {
    bool: "yes_no",
    int: "whole",
    float: "number",
    datetime.date: "date",
    datetime.datetime: "time",
    str: "text",
}


@dataclass(frozen=True, kw_only=True)
class Slot:
    """The place of one fact.

    steps    names on the way, ids of items among them.   kind  what it takes.
    choices  the words it takes, where they are fixed.
    """

    steps: tuple[str, ...]
    kind: Kind
    words: Text
    choices: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return ".".join(self.steps)

    @property
    def asked(self) -> Text:
        """The question that stands by itself, with the item it is about."""
        return asked_of(".".join(self.steps[:-1]), self.words)


def slot_at(path: str) -> Slot:
    """The fact at this path, such as "datasets.patients.personal_data". ConfigurationError if there is none."""
    steps = tuple(path.split("."))
    group: type[BaseModel] = Facts
    place = 0
    while True:
        name = steps[place]
        if name not in group.model_fields:
            raise _no_fact(steps, place)
        inner, is_list = group_of(group, name)
        is_last = place == len(steps) - 1
        if inner is None:
            if not is_last:
                raise _no_fact(steps, place + 1)
            return _leaf(steps, group, name)
        if is_last:
            if is_list:
                return Slot(steps=steps, kind="ids", words=question(group.model_fields[name]))
            raise ConfigurationError(
                "this is a group of facts, not a fact",
                where=_place(steps, place),
                fix=f"go on with one of {', '.join(inner.model_fields)}",
                fr="c'est un groupe de faits, non un fait",
                fix_fr=f"continuez avec l'un de {', '.join(inner.model_fields)}",
            )
        if is_list:
            place += 1
            if not is_id(steps[place]):
                raise _no_fact(steps, place)
            if place == len(steps) - 1:
                raise ConfigurationError(
                    "this is an item, not a fact",
                    where=_place(steps, place - 1),
                    fix=f"go on with one of {', '.join(name for name in inner.model_fields if name != 'id')}",
                    fr="c'est un élément, non un fait",
                    fix_fr=f"continuez avec l'un de {', '.join(name for name in inner.model_fields if name != 'id')}",
                )
        group = inner
        place += 1


def stating(slot: Slot, typed: str) -> dict[str, Any]:
    """The content that states what was typed; `unknown` erases.

    Raises ConfigurationError that names the place and what fits there, and never quotes what was typed.
    """
    content: Any = _value(slot, typed.strip())
    for step in reversed(slot.steps):
        content = {step: content}
    return dict(content)


def _value(slot: Slot, typed: str) -> Any:
    plain = typed.casefold()
    if plain in UNKNOWN:
        return None
    match slot.kind:
        case "yes_no":
            return _yes_no(slot, plain)
        case "choice":
            return _choice(slot, plain)
        case "choices":
            return [] if plain in NONE else [_choice(slot, word) for word in _words(plain)]
        case "texts":
            return [] if plain in NONE else _words(typed)
        case "ids":
            return [] if plain in NONE else {_id(slot, word): {} for word in _words(typed)}
        case "whole":
            return _whole(slot, typed)
        case "number":
            return _number(slot, typed)
        case "date" | "time":
            return _date(slot, typed)
        case "text":
            return typed


def _yes_no(slot: Slot, plain: str) -> bool:
    if plain not in (*YES, *NO):
        raise _misfit(slot, Text("oui, non ou inconnu", "yes, no or unknown"))
    return plain in YES


def _choice(slot: Slot, plain: str) -> str:
    """One of the words, as the fact or its reader spells it, or the one at this place, counted from 1."""
    for choice in slot.choices:
        words = words_of(choice, fact=slot.steps[-1])
        if plain in (words.fr.casefold(), words.en.casefold()):
            return choice
    word = plain.replace("-", "_").replace(" ", "_")
    if word.isdigit() and 1 <= int(word[:3]) <= len(slot.choices):
        return slot.choices[int(word[:3]) - 1]
    if word not in slot.choices:
        raise _misfit(slot, _one_of(slot))
    return word


def _id(slot: Slot, word: str) -> str:
    if not is_id(word):
        raise _misfit(
            slot,
            Text(
                "des identifiants en lettres, chiffres, tirets et tirets bas, séparés par des virgules ; ou aucun",
                "ids of letters, digits, hyphens and underscores, set apart by commas; or none",
            ),
        )
    return word


def _whole(slot: Slot, typed: str) -> int:
    digits = re.sub(r"[\s_']", "", typed)
    if not re.fullmatch(r"-?\d{1,15}", digits):
        raise _misfit(slot, Text("un nombre entier", "a whole number"))
    return int(digits)


def _number(slot: Slot, typed: str) -> float:
    digits = re.sub(r"\s", "", typed).replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", digits):
        raise _misfit(slot, Text("un nombre", "a number"))
    return float(digits)


def _date(slot: Slot, typed: str) -> str:
    try:
        if slot.kind == "date":
            return datetime.date.fromisoformat(typed).isoformat()
        return datetime.datetime.fromisoformat(typed).isoformat()
    except ValueError:
        raise _misfit(slot, A_DATE if slot.kind == "date" else A_TIME) from None


def _words(typed: str) -> list[str]:
    return [word.strip() for word in typed.split(",") if word.strip()]


def _leaf(steps: tuple[str, ...], group: type[BaseModel], name: str) -> Slot:
    field = group.model_fields[name]
    if name in {"id", "actor"} and field.json_schema_extra is None:
        raise ConfigurationError(
            "an item cannot be renamed",
            where=_place(steps, len(steps) - 1),
            fix="state another item, and erase this one",
            fr="un élément ne peut pas être renommé",
            fix_fr="déclarez un autre élément, et effacez celui-ci",
        )
    annotation = field.annotation
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    several = get_origin(annotation) is tuple
    inner = get_args(annotation)[0] if several else annotation
    words = question(field)
    if get_origin(inner) is Literal:
        choices = tuple(str(word) for word in get_args(inner))
        return Slot(steps=steps, kind="choices" if several else "choice", words=words, choices=choices)
    return Slot(steps=steps, kind="texts" if several else KINDS[inner], words=words)


def _place(steps: tuple[str, ...], last: int) -> str:
    """The path so far; only names that the facts have are shown, for anything may have been typed."""
    return ".".join(steps[:last]) or "facts"


def _no_fact(steps: tuple[str, ...], place: int) -> ConfigurationError:
    return ConfigurationError(
        f"there is no such fact: step {place + 1} of the path is not known",
        where=_place(steps, place),
        fix="see `vidocq dossier init --template FILE` for all facts with their paths",
        fr=f"ce fait n'existe pas : l'étape {place + 1} du chemin n'est pas connue",
        fix_fr="voyez « vidocq dossier init --template FICHIER » pour tous les faits et leurs chemins",
    )


def _one_of(slot: Slot) -> Text:
    words = [words_of(choice, fact=slot.steps[-1]) for choice in slot.choices]
    fr, en = ", ".join(word.fr for word in words), ", ".join(slot.choices)
    if slot.kind != "choices":
        return Text(f"l'un de : {fr}", f"one of {en}")
    return Text(
        f"un ou plusieurs, séparés par des virgules : {fr} ; ou aucun",
        f"one of {en} (several, set apart by commas; or none)",
    )


def _misfit(slot: Slot, fits: Text) -> ConfigurationError:
    return ConfigurationError(
        "the value does not fit this fact",
        where=slot.path,
        fix=f"give {fits.en}",
        fr="la valeur ne convient pas à ce fait",
        fix_fr=f"donnez {fits.fr}",
    )
