"""Texts inside a nested value, each with its path."""

from collections.abc import Iterator
from typing import Any

from vidocq.targets.texts.names import Names
from vidocq.targets.texts.pieces import Piece

LEAST_NUMBER = 10**8
"""A whole number of nine digits or more may be an identifier that lost its text; smaller ones are left alone."""


def fields_of(value: Any, *, record: int, names: Names) -> list[Piece]:
    """The texts of a record in its order, long whole numbers among them, and names that may be values themselves.

    A field is `patient.notes[2]`; a name that may be a value shows as `#3`, and is itself searched as `#3@name`.
    """
    if not isinstance(value, dict):
        return list(_below("", None, value, record, names))
    found: list[Piece] = []
    is_sound = names.is_sound
    for position, (key, below) in enumerate(value.items()):
        kind = type(below)
        if not is_sound(key) or kind is dict or kind is list:
            found.extend(_item("", position, key, below, record, names))
        elif kind is str:  # most fields of most data
            if below:
                found.append(Piece(below, record, key, key))
        elif kind is int and abs(below) >= LEAST_NUMBER:
            found.append(Piece(str(below), record, key, key))
    return found


def is_long_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) >= LEAST_NUMBER


def _below(path: str, label: str | None, value: Any, record: int, names: Names) -> Iterator[Piece]:
    waiting: list[tuple[str, str | None, Any]] = [(path, label, value)]
    while waiting:
        path, label, found = waiting.pop()
        if isinstance(found, str):
            if found:
                yield Piece(found, record, path or None, label)
        elif isinstance(found, dict):
            inner = [
                place
                for position, (key, below) in enumerate(found.items())
                for place in _places(path, position, key, below, names)
            ]
            waiting.extend(reversed(inner))
        elif isinstance(found, list):
            waiting.extend((f"{path}[{i}]", label, found[i]) for i in range(len(found) - 1, -1, -1))
        elif is_long_number(found):
            yield Piece(str(found), record, path or None, label)


def _item(path: str, position: int, key: str, below: Any, record: int, names: Names) -> Iterator[Piece]:
    for place in _places(path, position, key, below, names):
        yield from _below(*place, record, names)


def _places(path: str, position: int, key: str, below: Any, names: Names) -> list[tuple[str, str | None, Any]]:
    """A value under its name; a name that may be a value, and then its value, under its number."""
    shown = names.shown(key, position)
    here = f"{path}.{shown}" if path else shown
    return [(here, key, below)] if shown == key else [(f"{here}@name", None, key), (here, None, below)]
