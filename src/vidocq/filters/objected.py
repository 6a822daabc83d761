"""Persons who objected, wherever their names stand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, NamedTuple

from vidocq.core.guarding import Action, FilterCard, Hit, Seen, Surface
from vidocq.core.text import Text
from vidocq.filters.names import ADDRESS, BEGINS, word_places
from vidocq.filters.phrases import bare, hashed

MOST_WORDS = 8
FEWEST_TURNED = 6
"""Letters of a name that is looked for in what is read otherwise than it stands: a text read backwards says much."""
_LABEL = re.compile(
    r"(?<![^\W_])(?:nom(?:s|[ _-](?:de[ _-](?:famille|naissance)|d['’]usage|patronymique))?|pr[ée]noms?|patronyme|"
    r"(?:first|last|given|family|middle|full|sur|fore|f|l)[ _-]?names?|first|last|given|family|name)[\"'*`]{0,3}\s*[:=|>]",
    re.IGNORECASE,
)
_ALONE = frozenset("AIOY")
"""Capitals that are words by themselves, at the beginning of a sentence above all."""
_APOSTROPHES = frozenset("'’ʼ`´")
_BESIDE = re.compile(r"[ \t\xa0]{1,2}")


class _Word(NamedTuple):
    """said  as lists have it: an initial with a point."""

    start: int
    end: int
    said: str
    is_capital: bool


@dataclass(frozen=True, eq=False)
class Objected:
    """Words in a row that are a form of a name of the list; one capital word between them is passed over."""

    held: frozenset[str]
    key: bytes
    action: Action
    surfaces: frozenset[Surface] = frozenset(Surface)

    card: ClassVar = FilterCard(
        id="objected",
        title=Text(fr="Personnes qui se sont opposées", en="Persons who objected"),
        source="GDPR, art. 21",
        longest=96,
        limits=Text(
            fr="Un surnom, une orthographe fautive, une description (« la maire de… »), le nom sans prénom (« M. Martin »), un "
            "prénom et un nom que séparent d'autres mots ou d'autres champs, un nom sans espaces dans une écriture qui n'en met pas "
            "passent ; un homonyme est arrêté, et qui porte le prénom entier et un des deux noms aussi.",
            en="A nickname, a misspelling, a description (“the mayor of…”), a surname without a first name (“Mr Martin”), a "
            "first name and a surname parted by other words or fields, and a name within a script that writes no spaces pass; a "
            "namesake is stopped, and so is whoever bears the whole first name and one of two surnames.",
        ),
    )

    def hits(self, readings: Iterable[Seen]) -> Iterator[Hit]:
        known = _Known(self.held, self.key)
        for reading in readings:
            text = _LABEL.sub(lambda found: " " * len(found[0]), reading.text)
            words = list(_words(text, known))
            reached = 0
            for at in range(len(words)):
                taken = _longest(text, words[at : at + MOST_WORDS], known)
                if (
                    taken
                    and at + taken > reached
                    and (reading.name == "plain" or _letters(words[at : at + taken]) >= FEWEST_TURNED)
                ):
                    reached = at + taken
                    for start, end in _without_labels(words[at:reached], reading.text, text):
                        place = reading.original(start, end)
                        yield Hit(*place, self.card.id, self.card.id, self.action, reading.name)


class _Known:
    """The list, and what was seen of it for one text: its readings say the same words again."""

    def __init__(self, held: frozenset[str], key: bytes) -> None:
        self._held = held
        self._key = key
        self._begins: dict[str, bool] = {}
        self._bare: dict[str, str] = {}

    def holds(self, form: str) -> bool:
        return hashed(form, self._key) in self._held

    def begins(self, word: str) -> bool:
        """Whether a form of the list begins with this word."""
        if word not in self._begins:
            self._begins[word] = self.holds(BEGINS + word)
        return self._begins[word]

    def bare(self, word: str) -> str:
        if word not in self._bare:
            self._bare[word] = bare(word)
        return self._bare[word]


def _longest(text: str, words: list[_Word], known: _Known) -> int:
    """How many of the words the longest form of the list takes that begins here; 0 if none does."""
    first = words[0]
    if text[first.end : first.end + 1] == ADDRESS and known.holds(first.said + ADDRESS):
        return 1
    if not known.begins(first.said):
        return 0
    found = max(int(known.holds(first.said)), _reach(first.said, words, 1, known))
    said = first.said
    for at in range(1, len(words) - 1):
        if _is_between(text, *words[at - 1 : at + 2]):
            found = max(found, _reach(said, words, at + 1, known))
        said += f" {words[at].said}"
    return found


def _reach(said: str, words: list[_Word], begin: int, known: _Known) -> int:
    """Where the longest form ends that goes on from what was said with at least the word at `begin`."""
    found = 0
    for at in range(begin, len(words)):
        said += f" {words[at].said}"
        if known.holds(said):
            found = at + 1
    return found


def _words(text: str, known: _Known) -> Iterator[_Word]:
    is_initial = False
    last = 0
    for start, end in word_places(text):
        said = known.bare(text[start:end])
        if not said:
            continue
        is_begun = is_initial or text[last : last + 2] not in {". ", ".\n"}  # no sentence ended before it
        is_initial = len(said) == 1 and is_begun and _is_initial(text, start, end)
        last = end
        yield _Word(start, end, f"{said}." if is_initial else said, text[start].isupper())


def _is_initial(text: str, start: int, end: int) -> bool:
    """A letter with a point, or a capital that is no word by itself; joined by a line, or before an @."""
    letter, after = text[start:end], text[end : end + 1]
    if not letter.isalpha() or (after and after in _APOSTROPHES):
        return False
    if after in {".", "_", ADDRESS} or text[start - 1 : start] == "_":
        return True
    return letter.isascii() and letter.isupper() and letter not in _ALONE


def _letters(words: list[_Word]) -> int:
    return sum(len(word.said) for word in words)


def _is_between(text: str, before: _Word, word: _Word, after: _Word) -> bool:
    """Whether a word may be a further first name, which the list does not have: capital, with no more than a space around it."""
    gaps = text[before.end : word.start], text[word.end : after.start].removeprefix(".")
    return word.is_capital and after.is_capital and all(_BESIDE.fullmatch(gap) for gap in gaps)


def _without_labels(words: list[_Word], written: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands, the names of fields within it left out, which are blank in `text`."""
    start = words[0].start
    for before, after in pairwise(words):
        if written[before.end : after.start] != text[before.end : after.start]:
            yield start, before.end
            start = after.start
    yield start, words[-1].end
