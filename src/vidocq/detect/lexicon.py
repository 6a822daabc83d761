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
_BEFORE: Final = frozenset(("", *BEFORE))
_AFTER: Final = frozenset(("", *AFTER))
NAMED: Final = re.compile(  # a person named, addressed, or designated by a role
    r"\b(?:[Jj]e|[Jj]['’]\w+|[Mm]on|[Mm]a|[Mm]es|[Mm]['’]\w+|moi|I|I['’]m|I['’]ve|my|My|me|he|He|she|She|his|His|her|Her|him|M\.|MM\.|Mme|Mlle|Mr|Mrs|Ms|"
    r"[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Ll]e sieur|[Ll]a dame|patiente?s?|salariée?|prévenue?|accusée?|collègue|voisine?|locataire|candidate?|"
    r"son mari|sa femme|son fils|sa fille|son père|sa mère|son frère|sa sœur|son épouse|son époux|employee|defendant|patient|husband|wife|colleague|neighbour|neighbor)(?!\w)"
)
FIRST_WORDS: Final = frozenset(  # what a match of NAMED begins with, in whole words
    [
        "Je", "je", "J", "j", "Mon", "mon", "Ma", "ma", "Mes", "mes", "M", "m", "moi", "I", "my", "My", "me", "he", "He",
        "she", "She", "his", "His", "her", "Her", "him", "MM", "Mme", "Mlle", "Mr", "Mrs", "Ms", "Monsieur", "monsieur",
        "Madame", "madame", "Mademoiselle", "mademoiselle", "Le", "le", "La", "la", "patient", "patiente", "patients",
        "patientes", "salarié", "salariée", "prévenu", "prévenue", "accusé", "accusée", "collègue", "voisin", "voisine",
        "locataire", "candidat", "candidate", "son", "sa", "employee", "defendant", "husband", "wife", "colleague",
        "neighbour", "neighbor",
    ]
)  # fmt: skip
WORD: Final = re.compile(r"\w+")
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
        self._written: dict[str, set[str]] = {}
        for word in terms:
            for end in ("", *AFTER, "s", *("s" + sign for sign in AFTER)):
                for start in ("", *BEFORE):
                    self._written.setdefault(start + word + end, set()).add(word)
        self._forms = frozenset(self._written)
        alternatives = sorted({_escaped(term.words) for held in terms.values() for term in held})
        self.anchor = rf"(?:^|[^0-9A-Za-z])(?i:{'|'.join(alternatives)})(?:[^0-9A-RT-Za-rt-z]|$)"

    def near_persons(self, text: Normalised) -> Iterator[tuple[int, int, bool]]:
        """Places of terms near which a person stands, and whether the term is said of someone as it stands."""
        whole = text.text
        for begin, until in text.windows:
            lower = _lower(whole[begin:until])
            for word in {word for form in self._forms.intersection(lower.split()) for word in self._written[form]}:
                for term in self._terms[word]:
                    for start, end in _places(lower, term.words, word):
                        place, stop = begin + start, begin + end
                        is_cut = start == 0 < begin  # of a longer word; a term there would have its own window
                        if not is_cut and is_about_someone(whole, place, stop, of_person=term.of_person):
                            yield place, stop, term.of_person


def _lower(text: str) -> str:
    """Of the same length: a letter that would become two stays."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _escaped(words: str) -> str:
    """As a pattern that `re` and RE2 read alike."""
    return words.replace(".", r"\.").replace("+", r"\+")


def _places(text: str, words: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a term stands by itself, its plural included, and `word` of it is written against no more than a sign."""
    at = words.find(word)
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        is_whole = start == 0 or not text[start - 1].isalnum()
        if at >= 0 and is_whole:
            is_whole = _is_apart(text, start + at, start + at + len(word))
        end += text[end : end + 1] == "s"
        if is_whole and not text[end : end + 1].isalnum():
            yield start, end
        start = text.find(words, start + len(words))


def _is_apart(text: str, start: int, end: int) -> bool:
    """Does no more than a sign of `BEFORE` and one of `AFTER`, or a plural, stand between [start, end) and blanks?"""
    end += text[end : end + 1] == "s"
    left, right = f"{text[max(0, start - 3) : start]}|".split()[-1], f"|{text[end : end + 3]}".split()[0]
    return left[:-1] in _BEFORE and right[1:] in _AFTER


def is_about_someone(text: str, start: int, end: int, *, of_person: bool) -> bool:
    """Does a person stand near [start, end), in its paragraph? A pronoun is enough for what is said of someone as it stands."""
    left = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    right = text[end : end + AROUND].partition("\n")[0]
    near = f"{left} {right}"
    if not FIRST_WORDS.isdisjoint(WORD.findall(near)) and NAMED.search(near):
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
