"""Texts inside a nested value, each with its path."""

from collections.abc import Iterator
from typing import Any

from vidocq.targets.texts.names import Names
from vidocq.targets.texts.pieces import Piece

LEAST_NUMBER = 10**8
"""A whole number of nine digits or more may be an identifier that lost its text; smaller ones are left alone."""


def fields_of(value: Any, *, record: int, names: Names) -> Iterator[Piece]:
    """The texts of a record in its order, long whole numbers among them, and names that may be values themselves.

    A field is `patient.notes[2]`; a name that may be a value shows as `#3`, and is itself searched as `#3@name`.
    """
    if not isinstance(value, dict):
        yield from _below("", None, value, record, names)
        return
    for position, (key, below) in enumerate(value.items()):
        if isinstance(below, str) and names.is_sound(key):  # most fields of most data
            if below:
                yield Piece(below, record, key, key)
        else:
            yield from _item("", position, key, below, record, names)


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
        elif isinstance(found, int) and not isinstance(found, bool) and abs(found) >= LEAST_NUMBER:
            yield Piece(str(found), record, path or None, label)


def _item(path: str, position: int, key: str, below: Any, record: int, names: Names) -> Iterator[Piece]:
    for place in _places(path, position, key, below, names):
        yield from _below(*place, record, names)


def _places(path: str, position: int, key: str, below: Any, names: Names) -> list[tuple[str, str | None, Any]]:
    """A value under its name; a name that may be a value, and then its value, under its number."""
    shown = names.shown(key, position)
    here = f"{path}.{shown}" if path else shown
    return [(here, key, below)] if shown == key else [(f"{here}@name", None, key), (here, None, below)]
