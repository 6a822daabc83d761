"""Facts stated one after the other make one base: later ones replace, null erases, lists of items go by id."""

import datetime
from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Text

NEEDS_ID = Text(
    fr="un élément a besoin d'un « {own} » en lettres, chiffres, tirets et tirets bas",
    en="an item needs an '{own}' of letters, digits, hyphens and underscores",
)
SAME_ID = Text(fr="deux éléments ont le même « {own} »", en="two items have the same '{own}'")
OTHER_ID = Text(
    fr="un élément est classé sous un autre « {own} » que le sien",
    en="an item is filed under another '{own}' than its own",
)


def keyed(content: Any, group: type[BaseModel], *, at: str = "") -> dict[str, Any]:
    """The same facts with every list of items as a mapping from id to item, and dates as text.

    content  nested mappings; a list of items may be written as one, or already as such a mapping, where null erases
             one item. An empty list says that there is none.
    Raises   ConfigurationError that names the place, never the value.
    """
    if not isinstance(content, dict):
        raise _misfit(Text("un tableau de faits est attendu ici", "a table of facts is expected here"), at)
    found: dict[str, Any] = {}
    known = group.model_fields
    for name, value in content.items():
        path = f"{at}.{name}" if at else str(name)
        if name not in known:
            raise _misfit(Text("ce fait n'existe pas", "there is no such fact"), path)
        inner, is_list = group_of(group, name)
        if inner is None or value is None:
            found[name] = _plain(value)
        elif is_list:
            found[name] = _items(value, inner, at=path)
        else:
            found[name] = keyed(value, inner, at=path)
    return found


def merge(base: dict[str, Any], later: Mapping[str, Any]) -> None:
    """States `later`, in the form that `keyed` gives, over `base`, in place."""
    for name, value in later.items():
        if value is None:
            base.pop(name, None)
        elif isinstance(value, dict):
            held = base.get(name)
            if not isinstance(held, dict):
                held = base[name] = {}
            merge(held, value)
        else:
            base[name] = value


def merge_recorded(base: dict[str, Any], content: dict[str, Any], group: type[BaseModel]) -> None:
    """`merge` of what `listed` made and the ledger holds, in place, in one pass: the fold does little else.

    Raises KeyError, TypeError or AttributeError on what is no such content.
    """
    shapes = _shapes(group)
    for name, value in content.items():
        inner, is_list = shapes[name]
        if value is None:
            base.pop(name, None)
        elif inner is None or value == []:
            base[name] = value
        else:
            held = base.get(name)
            if type(held) is not dict:
                held = base[name] = {}
            if not is_list:
                merge_recorded(held, value, inner)
                continue
            own = _key(inner)
            pairs = value.items() if type(value) is dict else [(item[own], item) for item in value]
            for key, item in pairs:
                if item is None:
                    held.pop(key, None)
                else:
                    merge_recorded(held.setdefault(key, {}), item, inner)


@cache
def _shapes(group: type[BaseModel]) -> dict[str, tuple[type[BaseModel] | None, bool]]:
    return {name: group_of(group, name) for name in group.model_fields}


def listed(content: Mapping[str, Any], group: type[BaseModel]) -> dict[str, Any]:
    """What `keyed` and `merge` made, with lists of items as lists again, in their order.

    A list of which an item is erased stays a mapping, which alone can say so.
    """
    found: dict[str, Any] = {}
    for name, value in content.items():
        inner, is_list = group_of(group, name)
        if inner is None or not isinstance(value, dict):
            found[name] = value
        elif is_list and not value:
            continue  # of items that were all erased one by one nothing is known: only [] says that there is none
        elif is_list and None in value.values():
            found[name] = {item: held and listed(held, inner) for item, held in value.items()}
        elif is_list:
            own = _key(inner)
            found[name] = [{own: item, **listed(held, inner)} for item, held in value.items()]
        else:
            found[name] = listed(value, inner)
    return found


@cache
def group_of(group: type[BaseModel], name: str) -> tuple[type[BaseModel] | None, bool]:
    """The group that a field holds, if it holds one, and whether it holds a list of them."""
    if name not in group.model_fields:
        return None, False
    annotation = group.model_fields[name].annotation
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    is_list = get_origin(annotation) is tuple
    inner = get_args(annotation)[0] if is_list else annotation
    return (inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None), is_list


def _key(group: type[BaseModel]) -> str:
    return "id" if "id" in group.model_fields else "actor"


def _items(value: Any, group: type[BaseModel], *, at: str) -> dict[str, Any] | list[Any]:
    own = _key(group)
    if value in ([], ()):
        return []
    if isinstance(value, dict):
        pairs = [(name, item) for name, item in value.items()]
    elif isinstance(value, list | tuple):
        pairs = [(item.get(own) if isinstance(item, dict) else None, item) for item in value]
    else:
        raise _misfit(Text("une liste d'éléments est attendue ici", "a list of items is expected here"), at)
    found: dict[str, Any] = {}
    for place, (name, item) in enumerate(pairs, start=1):
        if not isinstance(name, str) or not is_id(name):
            raise _misfit(NEEDS_ID.fill(own=own), f"{at}[{place}]")
        if name in found:
            raise _misfit(SAME_ID.fill(own=own), f"{at}.{name}")
        if item is None:
            found[name] = None
        else:
            held = keyed(item, group, at=f"{at}.{name}")
            if held.pop(own, name) != name:
                raise _misfit(OTHER_ID.fill(own=own), f"{at}.{name}")
            found[name] = held
    return found


def is_id(name: str) -> bool:
    """Whether it can stand in a path."""
    return 0 < len(name) <= 64 and name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _misfit(what: Text, where: str) -> ConfigurationError:
    return ConfigurationError(
        what.en,
        where=where or "facts",
        fix="see `vidocq dossier init --template FILE`",
        fr=what.fr,
        fix_fr="voyez « vidocq dossier init --template FICHIER »",
    )
