"""Text of the training corpus, word for word or nearly, told from a filter of its grams."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from vidocq.core.arrays import BoolArray
from vidocq.core.guarding import Action, FilterCard, Hit, Seen, Surface
from vidocq.core.text import Text
from vidocq.measure.overlap.gram_filter import GramFilter
from vidocq.measure.overlap.spelling import lettered, places_lettered

FEWEST = 40
"""Letters and digits of the shortest run that can be asked for: shorter ones are turns of phrase."""


_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|[nrtbf])")


@dataclass(frozen=True, eq=False)
class Verbatim:
    """grams       filter of the corpus.
    characters  letters and digits (bytes of them) over which it is told.
    share       of them that have to stand in the corpus: 1 word for word, less for nearly.
    """

    grams: GramFilter
    action: Action
    characters: int = 96
    share: float = 0.7
    surfaces: frozenset[Surface] = frozenset({Surface.ANSWER, Surface.REASONING, Surface.ARGUMENTS})

    card: ClassVar = FilterCard(
        id="verbatim",
        title=Text(fr="Restitution mot pour mot du corpus", en="Verbatim text of the corpus"),
        source="Ippolito et al. (2022), arXiv:2210.17546",
        longest=None,
        limits=Text(
            fr="Une traduction, une paraphrase, un passage de moins de 96 lettres et chiffres, des mots intercalés passent, et parfois une faute toutes les quarante lettres. De 800 "
            "caractères dont un mot sur huit est changé, il en sort jusqu'à la moitié ; sur six, un passage sur quatre passe entier ; "
            "sur cinq, presque tous. Une citation légitime du corpus est arrêtée comme le reste.",
            en="A translation, a paraphrase, a passage of fewer than 96 letters and digits, and words put between the words pass, and sometimes a slip in every forty letters. Of "
            "800 characters with one word in eight changed up to half gets out; with one in six, one passage in four passes whole; "
            "with one in five, nearly all do. A legitimate quotation of the corpus is stopped like the rest.",
        ),
    )

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        for reading in readings:
            text = _unescaped(reading.text)
            data = lettered(text)
            if len(data) < self.characters:
                continue
            origin = None
            for start, end in _runs(self._recited(data)):
                origin = places_lettered(text) if origin is None else origin
                at = reading.original(int(origin[start]), int(origin[end - 1]) + 1)
                yield Hit(*at, self.card.id, self.card.id, self.action, reading.name)

    def _recited(self, data: bytes) -> BoolArray:
        """(bytes,) those within a stretch of which the share stands in the corpus."""
        width = self.grams.shape.width
        covered = _spread(self.grams.stands(data), width, len(data))
        standing = np.concatenate([[0], np.cumsum(covered)])
        dense = standing[self.characters :] - standing[: -self.characters] >= self.share * self.characters
        return _spread(dense, self.characters, len(data)) & _within(covered)


def _unescaped(text: str) -> str:
    """What stands in strings of JSON, each character at the end of what it was written with; spaces before it."""
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(escape: re.Match[str]) -> str:
    code = escape[0][2:]
    return (chr(int(code, 16)) if code else " ").rjust(len(escape[0]))


def _spread(starts: BoolArray, width: int, length: int) -> BoolArray:
    """(length,) the `width` places from each start on."""
    edges = np.zeros(length + 1, dtype=np.int64)
    at = np.flatnonzero(starts)
    np.add.at(edges, at, 1)
    np.add.at(edges, np.minimum(at + width, length), -1)
    return np.asarray(np.cumsum(edges[:-1]) > 0)


def _within(covered: BoolArray) -> BoolArray:
    """From the first covered place to the last: a stretch does not begin or end with what does not stand in the corpus."""
    kept = np.zeros(len(covered), dtype=np.bool_)
    at = np.flatnonzero(covered)
    if len(at):
        kept[at[0] : at[-1] + 1] = True
    return kept


def _runs(flags: BoolArray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
