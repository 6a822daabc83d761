"""Texts inside a nested value, each with its path."""

from collections.abc import Iterator
from typing import Any

from vidocq.targets.texts.names import Names
from vidocq.targets.texts.pieces import Piece

LEAST_NUMBER = 10**7
"""A whole number of eight digits or more may be an identifier that lost its text; smaller ones are left alone."""


def fields_of(value: Any, *, record: int, names: Names) -> Iterator[Piece]:
    """The texts of a record in its order, long whole numbers among them, and names that may be values themselves.

    A field is `patient.notes[2]`; a name that may be a value shows as `#3`, and is itself searched as `#3@name`.
    """
    waiting: list[tuple[str, str | None, Any]] = [("", None, value)]
    while waiting:
        path, label, found = waiting.pop()
        if isinstance(found, str):
            if found:
                yield Piece(found, record, path or None, label)
        elif isinstance(found, dict):
            inner: list[tuple[str, str | None, Any]] = []
            for position, (key, below) in enumerate(found.items()):
                shown = names.shown(key, position)
                here = f"{path}.{shown}" if path else shown
                if shown == key:
                    inner.append((here, key, below))
                else:
                    inner += [(f"{here}@name", None, key), (here, None, below)]
            waiting.extend(reversed(inner))
        elif isinstance(found, list):
            waiting.extend((f"{path}[{i}]", label, found[i]) for i in range(len(found) - 1, -1, -1))
        elif isinstance(found, int) and not isinstance(found, bool) and abs(found) >= LEAST_NUMBER:
            yield Piece(str(found), record, path or None, label)
