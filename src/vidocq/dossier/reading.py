"""Facts read with a memory: what a rule looked at, and what it would have needed, are part of its answer."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from vidocq.core.text import Text
from vidocq.dossier.facts.asked import question
from vidocq.dossier.facts.names import asked_of


class Reading:
    """One rule's look at the facts of one subject.

    A rule reads through `of` alone, so that no fact can weigh on its answer without being printed beside it.
    """

    def __init__(self) -> None:
        self._used: dict[str, Any] = {}
        self._missing: dict[str, Text] = {}
        self._asked: set[str] = set()
        self._against: set[str] = set()
        self._remarks: dict[Text, None] = {}

    def of(self, group: BaseModel, name: str, *, at: str) -> Any:
        """The fact `name` of this group, None where it was not stated. `at` is the path of the group."""
        value = getattr(group, name)
        path = f"{at}.{name}" if at else name
        self._asked.add(path)
        if value is None:
            self._missing[path] = asked_of(at, question(type(group).model_fields[name]))
        else:
            self._used[path] = value
        return value

    def against(self, group: BaseModel, name: str, *, at: str) -> Any:
        """The fact `name`, which can only speak against other answers: noted where it was stated, asked for by nobody."""
        value = getattr(group, name)
        if value is not None:
            path = f"{at}.{name}"
            self._used[path] = value
            self._against.add(path)
        return value

    def contradicts(self, path: str, value: Any) -> None:
        """Notes a fact read elsewhere that speaks against other answers."""
        self._used[path] = value
        self._against.add(path)

    def remark(self, words: Text) -> None:
        """A sentence that goes with whatever is decided on this reading, such as a contradiction."""
        self._remarks[words] = None

    def uses(self, path: str, value: Any) -> None:
        """Notes something used that is no fact: evidence, or the answer of another rule."""
        self._used[path] = value

    def lacks(self, path: str, what: Text) -> None:
        """Notes something needed that is no fact."""
        self._missing[path] = what

    @property
    def used(self) -> dict[str, Any]:
        return {path: shown(value) for path, value in self._used.items()}

    @property
    def contradicting(self) -> frozenset[str]:
        """Paths of the facts that could only speak against the answer."""
        return frozenset(self._against - self._asked)

    @property
    def remarks(self) -> tuple[Text, ...]:
        return tuple(self._remarks)

    @property
    def missing(self) -> dict[str, Text]:
        return {path: words for path, words in self._missing.items() if path not in self._used}


def shown(value: Any) -> Any:
    """Plain content for a document: groups by their ids, dates as text."""
    if isinstance(value, BaseModel):
        return getattr(value, "id", None) or getattr(value, "actor", None) or "…"
    if isinstance(value, tuple | list):
        return [shown(item) for item in value]
    return value if isinstance(value, bool | int | float | str) else str(value)


def either(values: Iterable[bool | None]) -> bool | None:
    """Or, with the unknown: True if one is, None if none is but one is not known, else False."""
    known = list(values)
    return True if True in known else None if None in known else False


def both(values: Iterable[bool | None]) -> bool | None:
    """And, with the unknown: False if one is, None if none is but one is not known, else True."""
    known = list(values)
    return False if False in known else None if None in known else True
