"""Words of sensitive subjects, and whether a person stands near enough for them to be about someone."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from vidocq.detect.names.words import AMBIGUOUS, COMMON, FIRST, PLACE, folded, known_words
from vidocq.detect.normalised import Normalised

CHUNK: Final = 1 << 12  # code points whose words are looked up at once
MARGIN: Final = 64  # code points read past a chunk: no term is longer
AROUND: Final = 90  # code points of the same paragraph in which a person counts
BEFORE: Final = ("l'", "d'", "l’", "d’", "(", "«", '"')  # what a word may be written against
AFTER: Final = (",", ".", ";", ":", ")", "!", "?", "»", '"', "'s", "’s")
NAMED: Final = re.compile(  # a person named, addressed, or designated by a role
    r"\b(?:[Jj]e|[Jj]['’]\w+|[Mm]on|[Mm]a|[Mm]es|[Mm]['’]\w+|moi|I|I['’]m|I['’]ve|my|My|me|he|He|she|She|his|His|her|Her|him|M\.|MM\.|Mme|Mlle|Mr|Mrs|Ms|"
    r"[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Ll]e sieur|[Ll]a dame|patiente?s?|salariée?|prévenue?|accusée?|collègue|voisine?|locataire|candidate?|"
    r"son mari|sa femme|son fils|sa fille|son père|sa mère|son frère|sa sœur|son épouse|son époux|employee|defendant|patient|husband|wife|colleague|neighbour|neighbor)(?!\w)"
)
PRONOUN: Final = re.compile(
    r"\b(?:[Ii]l|[Ee]lle|lui|[Ss]on|[Ss]a|[Ss]es|[Vv]ous|[Vv]otre|[Tt]u|[Tt]on|[Tt]a|[Yy]ou|[Yy]our)\b"
)
CAPITALISED: Final = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]{2,}")
OF_LAW: Final = (
    "toute personne",
    "quiconque",
    "celui qui",
    "le mineur",
    "la personne",
    "les personnes",
    "any person",
    "no person",
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, in lower case.   of_person  said of someone as it stands."""

    words: str
    of_person: bool


class Lexicon:
    """Terms by their longest word.

    anchor  matches wherever a term may stand, and in a few places more (`Detector.anchor`).
    """

    def __init__(self, terms: dict[str, tuple[Term, ...]]) -> None:
        self._terms = terms
        self._written: dict[str, str] = {}
        for word in terms:
            for form in (word, *(word + end for end in AFTER)):
                self._written[form] = word
                for start in BEFORE:
                    self._written[start + form] = word
        self._forms = frozenset(self._written)
        alternatives = sorted({_escaped(term.words) for held in terms.values() for term in held})
        self.anchor = rf"(?:^|[^0-9A-Za-z])(?i:{'|'.join(alternatives)})(?:[^0-9A-RT-Za-rt-z]|$)"

    def near_persons(self, text: Normalised) -> Iterator[tuple[int, int, bool]]:
        """Places of terms near which a person stands, and whether the term is said of someone as it stands."""
        for begin in _chunks_of(text):
            yield from self._in_chunk(text.text, begin)

    def _in_chunk(self, whole: str, begin: int) -> Iterator[tuple[int, int, bool]]:
        chunk = _lower(whole[begin : begin + CHUNK + MARGIN])
        for word in {self._written[form] for form in self._forms.intersection(chunk.split())}:
            for term in self._terms[word]:
                for start in _places(chunk, term.words):
                    if start >= CHUNK:
                        continue
                    end = start + len(term.words)
                    end += chunk[end : end + 1] == "s"
                    place, stop = begin + start, begin + end
                    if not chunk[end : end + 1].isalnum() and is_about_someone(
                        whole, place, stop, of_person=term.of_person
                    ):
                        yield place, stop, term.of_person


def _chunks_of(text: Normalised) -> Iterator[int]:
    """Where each chunk that a window touches begins: chunks lie at the same places whatever the windows."""
    done = -1
    for start, end in text.windows:
        for which in range(max(done + 1, start // CHUNK), -(-end // CHUNK)):
            yield which * CHUNK
            done = which


def _lower(text: str) -> str:
    """Of the same length: a letter that would become two stays."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _escaped(words: str) -> str:
    """As a pattern that `re` and RE2 read alike."""
    return words.replace(".", r"\.").replace("+", r"\+")


def _places(chunk: str, words: str) -> Iterator[int]:
    start = chunk.find(words)
    while start >= 0:
        if start == 0 or not chunk[start - 1].isalnum():
            yield start
        start = chunk.find(words, start + len(words))


def is_about_someone(text: str, start: int, end: int, *, of_person: bool) -> bool:
    """Does a person stand near [start, end), in its paragraph? A pronoun is enough for what is said of someone as it stands."""
    left = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    right = text[end : end + AROUND].partition("\n")[0]
    near = f"{left} {right}"
    if NAMED.search(near):
        return True
    known = known_words()
    for word in CAPITALISED.findall(near):
        kind = known.get(word, 0)
        if kind & FIRST and not kind & (AMBIGUOUS | COMMON | PLACE):
            return True
    return of_person and PRONOUN.search(left[-30:]) is not None and not any(said in near.lower() for said in OF_LAW)


@cache
def lexicon(name: str) -> Lexicon:
    """The lexicon of a data file of `lists/`, with and without accents, singular and plural."""
    families = tomllib.loads((files("vidocq.detect") / "lists" / f"{name}.toml").read_text(encoding="utf-8"))
    terms: dict[str, dict[str, Term]] = {}
    for family in families.values():
        for key, words in family.items():
            for term in words:
                for form in {term, term if term.endswith(("é", "ée")) else folded(term)}:
                    first = max(form.split(" "), key=len)
                    held = terms.setdefault(first, {})
                    held[form] = Term(form, key == "of_person")
                    if " " not in form:
                        terms.setdefault(first + "s", {})[form] = held[form]
    return Lexicon({key: tuple(held.values()) for key, held in terms.items()})
