"""What the register holds: entries of columns, and the operations for which there is none, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from vidocq.core.text import Text
from vidocq.dossier.reading import Reading
from vidocq.dossier.schema import require_valid

SCHEMA: Final = "vidocq.register/1"
Capacity = Literal["controller", "processor"]
TO_COMPLETE = Text(fr="à compléter : {question}", en="to complete: {question}")
NOTHING_STATED = Text(
    fr="Les réponses données n'en disent rien : que faut-il y inscrire ?",
    en="The answers given say nothing of it: what belongs here?",
)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One item that article 30 asks for.

    article  such as "30.1.b".   lines  what the facts say; what somebody typed is the same in both languages.
    used     paths of the facts behind the lines, with their values.   missing  paths, with the question that asks for each.
    """

    article: str
    title: Text
    lines: tuple[Text, ...]
    used: Mapping[str, Any]
    missing: Mapping[str, Text]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def shown(self) -> tuple[Text, ...]:
        """What a reader sees: the lines, then each thing that is left to complete."""
        return (
            *self.lines,
            *(
                Text(fr=TO_COMPLETE.fr.format(question=words.fr), en=TO_COMPLETE.en.format(question=words.en))
                for words in self.missing.values()
            ),
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "title": self.title.to_dict(),
            "lines": [line.to_dict() for line in self.lines],
            "to_complete": {path: words.to_dict() for path, words in self.missing.items()},
            "used": dict(self.used),
        }


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """One processing, of one holder of the register, in one capacity.

    operation, actor  their ids.   is_own_reuse  True for what a processor does with a client's data on its own account.
    """

    capacity: Capacity
    operation: str
    actor: str
    is_own_reuse: bool = False
    columns: tuple[Column, ...]

    @property
    def is_complete(self) -> bool:
        return all(column.is_complete for column in self.columns)

    def to_dict(self) -> dict[str, Any]:
        return {
            "capacity": self.capacity,
            "operation": self.operation,
            "actor": self.actor,
            "is_own_reuse": self.is_own_reuse,
            "is_complete": self.is_complete,
            "columns": [column.to_dict() for column in self.columns],
        }


@dataclass(frozen=True, kw_only=True)
class NotEntered:
    """Something that has no entry: it needs none, or nobody can tell yet in which capacity."""

    subject: str
    reason: Text
    missing: Mapping[str, Text]

    def to_dict(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "reason": self.reason.to_dict(),
            "to_complete": {path: words.to_dict() for path, words in self.missing.items()},
        }


@dataclass(frozen=True, kw_only=True)
class Register:
    """Entries as controller (article 30.1) and as processor (30.2), and what was not entered."""

    controller: tuple[RegisterEntry, ...]
    processor: tuple[RegisterEntry, ...]
    not_entered: tuple[NotEntered, ...]

    def to_dict(self) -> dict[str, Any]:
        """register.json, which its schema allows."""
        content = {
            "schema": SCHEMA,
            "controller": [entry.to_dict() for entry in self.controller],
            "processor": [entry.to_dict() for entry in self.processor],
            "not_entered": [left.to_dict() for left in self.not_entered],
        }
        require_valid("register", content)
        return content


def column(article: str, title: Text, *lines: Text, read: Reading) -> Column:
    """A column from what was read; each line once, in order. One without a line is always to be completed."""
    if not lines and not read.missing:
        read.lacks(f"register.{article}", NOTHING_STATED)
    return Column(
        article=article, title=title, lines=tuple(dict.fromkeys(lines)), used=read.used, missing=read.missing
    )


def typed(words: str) -> Text:
    """What somebody typed: nobody translates it."""
    return Text(fr=words, en=words)
