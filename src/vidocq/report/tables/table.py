"""The shape of a table: cells already written in one language, laid out by the template."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vidocq.core.text import Lang
from vidocq.report.typography import plain, polished
from vidocq.report.words.say import word


@dataclass(frozen=True)
class Column:
    """A heading; figures are set to the right."""

    name: str
    figures: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under one row heading."""

    head: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Table:
    """`id` is unique in the page; `wide` tables scroll on a narrow screen."""

    id: str
    caption: str
    columns: Sequence[Column]
    groups: Sequence[Group]
    wide: bool = False


def code(content: object) -> Markup:
    return Markup("<code>{}</code>").format(plain(str(content)))


def pairs(name: str, caption: str, lines: Sequence[tuple[str, str]], lang: Lang) -> Table:
    columns = [Column(word("item", lang)), Column(word("value", lang))]
    groups = [
        Group(word(label, lang), [[polished(cell, lang) if type(cell) is str else cell]]) for label, cell in lines
    ]
    return Table(name, caption, columns, groups)
