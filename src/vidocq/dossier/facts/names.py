"""What a sentence calls a fact or an item, in place of its path: “sensitive data (data set “visits”)”."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from vidocq.core.text import Text

ITEMS: Final = {
    "datasets": Text(fr="jeu « {id} »", en="set “{id}”"),
    "models": Text(fr="modèle « {id} »", en="model “{id}”"),
    "releases": Text(fr="version « {id} »", en="release “{id}”"),
    "actors": Text(fr="acteur « {id} »", en="party “{id}”"),
    "operations": Text(fr="opération « {id} »", en="operation “{id}”"),
}
GROUPS: Final = {
    "system": Text(fr="système", en="system"),
    "interest": Text(fr="intérêt légitime", en="legitimate interest"),
    "impact": Text(fr="analyse d'impact", en="impact assessment"),
    "annotation": Text(fr="annotation", en="annotation"),
    "rights": Text(fr="droits des personnes", en="rights of persons"),
    "security": Text(fr="sécurité", en="security"),
}
PART: Final = Text(fr="part de « {actor} » dans l'opération « {id} »", en="part of “{actor}” in the operation “{id}”")
ACCESS: Final = {
    "weights": Text(fr="par ses poids", en="by its weights"),
    "api": Text(fr="par son API", en="by its API"),
    "system": Text(fr="par le système", en="through the system"),
    "labels": Text(fr="labels seuls", en="labels only"),
    "top_k": Text(fr="premières classes", en="first classes"),
    "probabilities": Text(fr="probabilités", en="probabilities"),
    "logprobs": Text(fr="log-probabilités", en="log-probabilities"),
    "text": Text(fr="texte", en="text"),
}
WHAT_OF: Final = Text(fr="{what} ({item})", en="{what} ({item})")
OF_ITEM: Final = Text(fr="{item} : {asked}", en="{item}: {asked}")
_PARTS: Final = ".parts."


def fact_name(path: str) -> Text:
    """The name of the fact at this path, with the item it is of; the path itself, between quotes, where it has none."""
    group, _, rest = path.partition(".")
    names = _names().get(group, {})
    if group not in ITEMS:
        return names.get(rest, _quoted(path))
    if not rest:
        return names[""]
    known = [name for name in names if name and rest.endswith(f".{name}")]
    if _PARTS in rest:
        known = [name for name in names if name.startswith("parts.") and rest.endswith(f".{name[len('parts.') :]}")]
    if not known:
        return item_name(path)
    name = max(known, key=len)
    cut = len(name) - (len("parts.") if _PARTS in rest else 0)
    item = item_name(f"{group}.{rest[: -cut - 1]}")
    return Text(
        WHAT_OF.fr.format(what=names[name].fr, item=item.fr), WHAT_OF.en.format(what=names[name].en, item=item.en)
    )


def name_in(group: str, name: str) -> Text:
    """The name of a fact without its item, such as ("datasets", "reuse.link_judged")."""
    return _names()[group][name]


def fact_names(paths: Iterable[str]) -> Text:
    """Several, set apart by commas."""
    found = [fact_name(path) for path in paths]
    return Text(", ".join(name.fr for name in found), ", ".join(name.en for name in found))


def item_name(path: str) -> Text:
    """The name of an item, such as "models.triage/api": model “triage”, by its API. The path itself where it is none."""
    group, _, rest = path.partition(".")
    if group not in ITEMS or not rest:
        return GROUPS.get(path) or _names().get(group, {}).get("", Text(path, path))
    name, _, access = rest.partition("/")
    if group == "operations" and _PARTS in name:
        operation, _, actor = name.partition(_PARTS)
        return PART.fill(id=operation, actor=actor)
    item = ITEMS[group].fill(id=name)
    if not access:
        return item
    by = ACCESS.get(access, Text(access, access))
    return Text(f"{item.fr}, {by.fr}", f"{item.en}, {by.en}")


@lru_cache(maxsize=4096)
def asked_of(at: str, words: Text) -> Text:
    """The question that stands by itself: of which item it is, before its words.   at  path of the group it is in."""
    group, _, rest = at.partition(".")
    if group not in ITEMS or not rest:
        return words
    last = rest.rpartition(".")[2]
    is_subgroup = any(name.startswith(f"{last}.") for name in _names()[group])
    item = item_name(at.removesuffix(f".{last}") if is_subgroup else at)
    return Text(
        OF_ITEM.fr.format(item=_capital(item.fr), asked=_small(words.fr)),
        OF_ITEM.en.format(item=_capital(item.en), asked=_small(words.en)),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    """Without its capital, unless it starts with an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] in {"'", " "} else words


@cache
def _names() -> Mapping[str, Mapping[str, Text]]:
    content = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
    return {group: {name: Text(*words) for name, words in names.items()} for group, names in content.items()}


def _quoted(path: str) -> Text:
    return Text(f"« {path} »", f"“{path}”")
