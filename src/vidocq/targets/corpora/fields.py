"""One record of a corpus: its text, whom it is about, and when it was written. No message quotes a value."""

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vidocq.core.errors import DataError

LONGEST = 2**20
"""Code points of one text."""
LONGEST_ID = 1000
Turns = Callable[[Sequence[Mapping[str, str]]], str]
"""Makes one text of the messages of a conversation."""


@dataclass(frozen=True, kw_only=True)
class Fields:
    """Where a record holds its text, and if they are named the id of its person and its date.

    turns  for a conversation, that is a list of messages with `role` and `content`; `plain_turns` by default.
    """

    text: str = "text"
    person: str | None = None
    date: str | None = None
    turns: Turns | None = None

    @property
    def names(self) -> list[str]:
        return [name for name in (self.text, self.person, self.date) if name is not None]


@dataclass(frozen=True)
class Told:
    """A record as it was read."""

    text: str
    person: str | None
    date: float


def told(record: object, fields: Fields, *, where: str) -> Told:
    """Raises DataError naming the place and the field if something is absent, or is not what it should be."""
    if not isinstance(record, Mapping):
        raise DataError("a record is no object", where=where, fix="write one object a line")
    for name in fields.names:
        if record.get(name) is None:
            raise DataError(f"a record has no '{name}'", where=where, fix="give it, or name another field")
    person = None if fields.person is None else _id(record[fields.person], fields.person, where)
    date = math.nan if fields.date is None else _day(record[fields.date], fields.date, where)
    return Told(_text(record[fields.text], fields, where), person, date)


def plain_turns(messages: Sequence[Mapping[str, str]]) -> str:
    """`role: content`, one message a line."""
    return "\n".join(f"{message['role']}: {message['content']}" for message in messages)


def _text(value: Any, fields: Fields, where: str) -> str:
    if isinstance(value, (list, tuple)):
        value = (fields.turns or plain_turns)(_messages(value, fields.text, where))
    if not isinstance(value, str):
        raise DataError(
            f"'{fields.text}' is neither text nor a conversation",
            where=where,
            fix="give text, or a list of messages with role and content",
        )
    if not value.strip():
        raise DataError(f"'{fields.text}' is empty", where=where, fix="leave the record out")
    if len(value) > LONGEST:
        raise DataError(f"'{fields.text}' is longer than {LONGEST:,} characters", where=where, fix="cut it")
    return value


def _messages(value: Sequence[Any], name: str, where: str) -> list[dict[str, str]]:
    found = []
    for message in value:
        role, content = (message.get(key) if isinstance(message, Mapping) else None for key in ("role", "content"))
        if not isinstance(role, str) or not isinstance(content, str):
            raise DataError(
                f"a message of '{name}' lacks its role or its content, as text",
                where=where,
                fix='write {"role": "user", "content": "…"}; images and calls of tools are not read',
            )
        found.append({"role": role, "content": content})
    return found


def _id(value: Any, name: str, where: str) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)) or not 0 < len(str(value)) <= LONGEST_ID:
        raise DataError(f"'{name}' is no id", where=where, fix="give a short text or a whole number")
    return str(value)


def _day(value: Any, name: str, where: str) -> float:
    """2024, 2024-05, 2024-05-17 or a moment of that day, as a day since the year 1."""
    if isinstance(value, datetime.date):
        return float(value.toordinal())
    text = str(value)
    try:
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise ValueError(name)
        parts = [int(part) for part in text[:10].split("-")]
        return float(datetime.date(*[*parts, 1, 1][:3]).toordinal())
    except (ValueError, TypeError):
        raise DataError(f"'{name}' is no date", where=where, fix="write it as 2024-05-17, 2024-05 or 2024") from None
