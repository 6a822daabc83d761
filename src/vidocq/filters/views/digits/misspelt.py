"""Numbers in words that are misspelt by one letter, or written as they sound, where several stand together."""

import re
from collections.abc import Iterator
from functools import cache

from vidocq.filters.views.clues import Clues
from vidocq.filters.views.number_words import NUMBERS
from vidocq.filters.views.view import View, replaced

_WORD = re.compile(r"[^\W_]+")
_FEWEST_WRONG, _FEWEST = 2, 5
_APART = 24
"""Characters between two numbers that are said together."""
_BASE = (
    "zéro", "zero", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "one", "two", "three", "four",
    "five", "seven", "eight", "nine", "dix", "ten", "onze", "douze", "treize", "quatorze", "quinze", "seize", "vingt", "trente",
    "quarante", "cinquante", "soixante", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "cero", "dos",
    "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht",
    "neun",
)  # fmt: skip
"""Of two that one misspelling may stand for, the first is meant."""
_SOUNDS = {
    "quatre": "katre catre kattre cattre katr catr kate",
    "cinq": "sink sinck synk saink",
    "huit": "ouit ouite uite weet",
    "sept": "cet cèt sète cete",
    "trois": "trwa troa troua trwah",
    "six": "sicks sics cyss siss",
    "eight": "ate eyt eit",
    "zéro": "zéraux zeyro ziro",
    "neuf": "neuph noeuf",
    "un": "hun ein hein",
    "one": "wan",
    "two": "tew tu",
    "four": "fore foor foure",
    "five": "phive faiv",
    "three": "free sree",
    "nine": "nain",
}
_MASKED = (str.maketrans("01345789", "oieastbg"), str.maketrans("01345789", "oleastbg"))
_SPELT = re.compile(r"(?<!\w)(?<!\w[ .-])[^\W\d_](?P<gap>[ .-])[^\W\d_](?:(?P=gap)[^\W\d_]){0,8}+(?![ .-]?\w)")
_MIXED = re.compile(r"[A-Za-z][0-9]+[A-Za-z]|[A-Za-z]{2}[0-9]|[0-9][A-Za-z]{2}")
_COMMON = frozenset(
    "des pour ses ont there jour ceux tenu eux then did cet fire line light men even night once rente vie seen free fight sent view "  # noqa: SIM905
    "right hit hour site don los does tour size fins give dit act sens live zone might wins suit your our tel sir fort file done "
    "mine give dol les mes tes ces sur sous ans ton non son rien bien ten been keep down here were where those these fine time like "
    "give wine nice none sex tend foul rive doute quit jeux lieu dieu fois mois trop date ville".split()
)
"""Everyday words that differ by one letter from a number."""
_LETTERS = "abcdefghijklmnopqrstuvwxyzé"


def corrected(text: str) -> View | None:
    """The text with such words as one writes them."""
    return replaced("corrected", text, _wrong(text))


def may_be(clues: Clues) -> bool:
    """Whether misspelt numbers and right ones are as many as a number takes."""
    known = _meant()
    wrong = sum(word in known for word in clues.words)
    if _MIXED.search(clues.text) is not None:
        wrong += sum(_unmasked(word) is not None for word in clues.words)
    return wrong >= _FEWEST_WRONG and wrong + clues.count(NUMBERS) >= _FEWEST


def _wrong(text: str) -> Iterator[tuple[int, int, str]]:
    known = _meant()
    run: list[tuple[int, int, str]] = []
    said, reached = 0, 0
    for found in _WORD.finditer(text):
        word = found[0].casefold()
        meant = known.get(word) or _unmasked(word)
        is_number = word.isdecimal() or word in NUMBERS
        if meant is None and not is_number:
            continue
        if found.start() - reached > _APART or ":" in text[reached : found.start()]:
            yield from _enough(run, said)
            run, said = [], 0
        said, reached = said + 1, found.end()
        if meant is not None:
            run.append((found.start(), found.end(), meant))
    yield from _enough(run, said)


def _unmasked(word: str) -> str | None:
    """ "z3r0" as "zero"."""
    if word.isalpha() or word.isdecimal() or not word.isascii():
        return None
    for table in _MASKED:
        plain = word.translate(table)
        if plain in NUMBERS:
            return plain
    return None


def spelt(text: str) -> View | None:
    """ "s i x  z e r o" as "six zero"."""
    letters = ((run, re.sub(r"\W", "", run[0]).lower()) for run in _SPELT.finditer(text))
    return replaced("spelt", text, ((run.start(), run.end(), word) for run, word in letters if word in NUMBERS))


def _enough(run: list[tuple[int, int, str]], said: int) -> list[tuple[int, int, str]]:
    return run if len(run) >= _FEWEST_WRONG and said >= _FEWEST else []


@cache
def _meant() -> dict[str, str]:
    """From each misspelling to the word that is meant."""
    meant = {sound: word for word, sounds in _SOUNDS.items() for sound in sounds.split()}
    for word in _BASE:
        for wrong in _near(word):
            if len(wrong) > 2 and wrong not in NUMBERS and wrong not in _COMMON:
                meant.setdefault(wrong, word)
    return meant


def _near(word: str) -> Iterator[str]:
    """The word with a letter left out, changed or added, or two exchanged."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail and len(word) > 2:
                yield head + letter + tail[1:]
