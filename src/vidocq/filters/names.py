"""How a person's name may be written, as words without case or accents; an initial is a letter with a point."""

import re
import unicodedata
from collections.abc import Iterator

from vidocq.filters.phrases import bare

LONG_ENOUGH = 7
"""Letters from which on a name in one word, without a space, is no ordinary word."""
FEWEST = 3
"""Letters of a name in one word, and of the part of a surname."""
BEGINS = "^"
"""Before the first word of a form, which is held too: elsewhere no form is looked for."""
ADDRESS = "@"
"""After initials and surname in one word: so written in addresses alone, elsewhere they may be any word."""
_WORD = re.compile(r"[^\W_]+")
_TITLES = frozenset({"m"})
"""Initials before a surname that are a title first: « M. Martin »."""
_SHORT_WORDS = frozenset(
    _WORD.findall(
        "ai al am an as at au be by ca ce co de do du en es et eu go he if il in is it je la le lu ma me mi mr my ne no nu of "
        "on or os ou oui par pas que qui sa se si so son su sur ta te to tu ah un une up us va vu we les des mes ses ces the and for "
        "you car est une ils elle all any but can not our out one has had her his how new now see who did get him"
    )
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"})  # fmt: skip
_Words = tuple[str, ...]


def name_variants(name: str) -> set[str]:
    """How a person's name, given first names first or "surname, first names", may be written: in either order, with initials.

    Words are parted by a space. Their beginnings are among them (BEGINS), and what stands in addresses only (ADDRESS).
    """
    family, comma, first = unicodedata.normalize("NFC", name).partition(",")
    written = f"{first} {family}" if comma else family
    forms = {" ".join(form) for one in {written, written.translate(_SPELT_OUT)} for form in _forms(one)}
    return forms | {BEGINS + form.partition(" ")[0] for form in forms}


def word_places(text: str) -> Iterator[tuple[int, int]]:
    """Where words begin and end; a capital after a small letter begins another one, as in JeanMartin."""
    for found in _WORD.finditer(text):
        word, start = found[0], found.start()
        if word[1:].islower() or word.isupper() or word.islower():
            yield found.span()
            continue
        begin = 0
        for at in range(1, len(word)):
            if word[at].isupper() and word[at - 1].islower():
                yield start + begin, start + at
                begin = at
        yield start + begin, found.end()


def _forms(name: str) -> Iterator[_Words]:
    parts = [
        words
        for part in name.split()
        if (words := tuple(filter(None, (bare(part[a:b]) for a, b in word_places(part)))))
    ]
    if len(parts) == 1:
        whole = "".join(parts[0])
        yield from ({parts[0], (whole,)} if len(whole) >= (FEWEST if whole.isascii() else 2) else ())
    for cut in range(1, len(parts)):
        yield from _of_split(parts[:cut], parts[cut:])
    if len(parts) > 3:  # two first names, two surnames: the first of these is the one that is said
        for given in (parts[:1], parts[:-2]):
            yield from _in_both_orders(_flat(given), parts[-2])


def _of_split(given: list[_Words], family: list[_Words]) -> Iterator[_Words]:
    initials = tuple(word[0] for part in given for word in part)
    of_parts = tuple(part[0][0] for part in given)
    surnames = {_flat(family), tuple("".join(part) for part in family)}
    whole = {_flat(given), tuple("".join(part) for part in given)}
    firsts = whole | {given[0], ("".join(given[0]),), given[0][:1], given[0] + _pointed(of_parts[1:])}
    for surname in surnames:
        for first in firsts:
            yield from _in_both_orders(first, surname)
        for letters in {initials, of_parts, initials[:1]}:
            yield from _with_initials(letters, surname)
    if len(family[0]) > 1 and len(family) == 1:
        for first in whole:
            for word in family[0]:
                if len(word) >= FEWEST:
                    yield from _in_both_orders(first, (word,))
    yield from _glued("".join(_flat(given)), "".join(_flat(family)))


def _in_both_orders(first: _Words, surname: _Words) -> Iterator[_Words]:
    """A single letter of a name is written as an initial is."""
    first, surname = _lone(first), _lone(surname)
    yield first + surname
    yield surname + first


def _with_initials(letters: _Words, surname: _Words) -> Iterator[_Words]:
    if letters[0] not in _TITLES or len(letters) > 1:
        yield _pointed(letters) + surname
    yield surname + _pointed(letters)
    together = "".join(letters)
    if len(letters) > 1 and together not in _SHORT_WORDS:
        yield (together, *surname)
        yield (*surname, together)
    for word in (together + "".join(surname), "".join(surname) + together):
        yield (word + ADDRESS,)


def _glued(first: str, surname: str) -> Iterator[_Words]:
    if len(first + surname) >= LONG_ENOUGH or not (first + surname).isascii():
        yield (first + surname,)
        yield (surname + first,)


def _flat(parts: list[_Words]) -> _Words:
    return tuple(word for part in parts for word in part)


def _pointed(letters: _Words) -> _Words:
    return tuple(f"{letter}." for letter in letters)


def _lone(words: _Words) -> _Words:
    return tuple(f"{word}." if len(word) == len(words) == 1 and word.isascii() else word for word in words)
