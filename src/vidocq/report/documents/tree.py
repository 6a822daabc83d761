"""What a document is made of: sections of paragraphs, lists, tables and places to sign, in both languages at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vidocq.core.text import Text

Tone = Literal["bad", "unknown", "judge", "good", "none"]
"""How a state is drawn beside its words: never by colour alone."""


def same(words: object) -> Text:
    """What is written alike in both languages: an id, a hash, a name."""
    return Text(fr=str(words), en=str(words))


@dataclass(frozen=True)
class Mark:
    """A state in words, with its tone."""

    words: Text
    tone: Tone


@dataclass(frozen=True)
class Paragraph:
    words: Text
    kind: Literal["plain", "note", "key"] = "plain"


@dataclass(frozen=True)
class Listing:
    items: tuple[Text, ...]
    is_ordered: bool = False


Cell = Text | Mark


@dataclass(frozen=True)
class Grid:
    """A table. The first cell of a row is its heading; every row has as many cells as there are columns.

    id  unique in the document.
    """

    id: str
    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Banner:
    """One answer that stands out: what it is about, the answer, and the sentence under it."""

    about: Text
    mark: Mark
    words: Text


@dataclass(frozen=True)
class ToSign:
    """Lines that a person fills in: what is concluded, by whom, when."""

    lead: Text
    roles: tuple[Text, ...]


Block = Paragraph | Listing | Grid | Banner | ToSign


@dataclass(frozen=True, kw_only=True)
class Section:
    """id  unique in the document, and the anchor of the section."""

    id: str
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """name     of the file, without language and ending.
    subject  pairs printed under the title.   foot  where it comes from, and what it rests on.
    is_one_page  laid out to fit one sheet of A4 in print.
    """

    name: str
    title: Text
    subject: tuple[tuple[Text, Text], ...]
    sections: tuple[Section, ...]
    foot: tuple[Text, ...]
    is_one_page: bool = False

    def blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks
