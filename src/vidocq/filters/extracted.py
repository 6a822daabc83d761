"""Strings that an audit drew from the model: as they were, and what is rare in them by itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from vidocq.core.guarding import Action, FilterCard, Hit, Seen, Surface
from vidocq.core.text import Text
from vidocq.filters.phrases import bare, hashed

MOST_WORDS = 8
FEWEST_LETTERS = 8
"""Letters and digits of two words or more that are held; a single word has to have half as many again."""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<![^\W_])\+?[0-9](?:[ \xa0./-]?\(?[0-9]\)?){4,}(?![^\W_])")
_YEARS = re.compile(r"(?:(?:19|20)[0-9]{2})+")
_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"(?<![^\W_])(?=[^\W_]*[0-9])(?=[^\W_]*[^\W\d_])[^\W_]{6,}")
_AT_HOME = re.compile(r"0[1-9][0-9]{8}")
_ABROAD = re.compile(r"(?:00)?33(0?[1-9][0-9]{8})")


def phrases_of(string: str) -> set[str]:
    """A string that was extracted, bare: whole if it is short, every `MOST_WORDS` words of it if it is long; its rare parts.

    Nothing of a string that is too short, or too common, to be held: all that says so would be masked.
    """
    words = _WORD.findall(string)
    rare = set(_rare(string))
    whole = bare(string)
    if not rare and (whole.isdigit() or len(whole) < (FEWEST_LETTERS if len(words) > 1 else FEWEST_LETTERS * 3 // 2)):
        return set()
    if len(words) <= MOST_WORDS:
        return rare | {whole}
    return rare | {bare("".join(words[at : at + MOST_WORDS])) for at in range(len(words) - MOST_WORDS + 1)}


def _rare(string: str) -> Iterator[str]:
    """Numbers of five digits or more, addresses, codes of letters and digits: nobody says them by chance."""
    for found in _NUMBER.finditer(string):
        digits = "".join(filter(str.isdigit, found[0]))
        if digits.endswith("000") or len(set(digits)) < 3 or _YEARS.fullmatch(digits):
            continue
        yield digits
        abroad = _ABROAD.fullmatch(digits)
        national = digits if _AT_HOME.fullmatch(digits) else "0" + abroad[1].removeprefix("0") if abroad else ""
        if national:
            yield from (national, f"33{national[1:]}", f"33{national}", f"0033{national[1:]}")
    for pattern in (_ADDRESS, _CODE):
        for found in pattern.finditer(string):
            yield bare(found[0])


@dataclass(frozen=True, eq=False)
class Extracted:
    """Words in a row, of which the letters and digits together have a hash of the list."""

    held: frozenset[str]
    key: bytes
    action: Action
    surfaces: frozenset[Surface] = frozenset(Surface)

    card: ClassVar = FilterCard(
        id="extracted",
        title=Text(fr="Chaînes extraites par un audit", en="Strings that an audit extracted"),
        source="Carlini et al. (2021), arXiv:2012.07805",
        longest=200,
        limits=Text(
            fr="N'arrête que ce qui a été extrait : ce que l'audit n'a pas trouvé passe, de même que moins de huit mots d'une "
            "chaîne longue ou une partie d'une courte, hors ses nombres de cinq chiffres ou plus, ses adresses et ses codes.",
            en="Stops only what was extracted: what the audit did not find passes, and so do fewer than eight words of a long "
            "string or a part of a short one, save its numbers of five digits or more, its addresses and its codes.",
        ),
    )

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        for reading in readings:
            words = [(found.start(), found.end(), bare(found[0])) for found in _WORD.finditer(reading.text)]
            reached = 0
            for at in range(len(words)):
                end = self._longest(words[at : at + MOST_WORDS])
                if end > reached:
                    reached = end
                    place = reading.original(words[at][0], end)
                    yield Hit(*place, self.card.id, self.card.id, self.action, reading.name)

    def _longest(self, words: list[tuple[int, int, str]]) -> int:
        """Where the longest phrase of the list that begins here ends; 0 if none does."""
        said, found = "", 0
        for _, end, word in words:
            said += word
            if hashed(said, self.key) in self.held:
                found = end
        return found
