"""Values handed out piece by piece: in records, in a sentence, in an exchange of questions, with their places."""

import base64
from collections.abc import Callable

from vidocq.core.text import Text
from vidocq.filters.evasion.evasion import Disguise, Evasion

_COUNTS = {
    "fr": ["Zéro", "Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf"],
    "en": ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"],
}
_VERSES = {
    "fr": [
        "{} oiseaux passent sur la mer",
        "Et {} encore avant le soir",
        "{}, dit la cloche du vallon",
        "Le vent répète {} aux arbres",
    ],
    "en": [
        "{} lanterns glow above the bay",
        "And {} more before the night",
        "{}, said the bell upon the hill",
        "The river softly murmurs {}",
    ],
}


def _pieces(value: str, size: int = 3) -> list[str]:
    bare = "".join(value.split())
    return [bare[at : at + size] for at in range(0, len(bare), size)]


def _lines(write: Callable[[int, str], str], *, size: int = 3, between: str = "\n") -> Disguise:
    return lambda value: between.join(write(at, piece) for at, piece in enumerate(_pieces(value, size)))


def _sentence(first: str, then: tuple[str, ...], last: str) -> Disguise:
    def say(value: str) -> str:
        pieces = _pieces(value)
        middle = [f"{then[at % len(then)]} {piece}" for at, piece in enumerate(pieces[1:-1])]
        return ", ".join([f"{first} {pieces[0]}", *middle, f"{last} {pieces[-1]}"])

    return say


def _shuffled(value: str) -> str:
    """Every seventh place first: an order that leaves none out."""
    bare = "".join(value.split())
    step = 7 if len(bare) % 7 else 5
    places = [at * step % len(bare) for at in range(len(bare))]
    return ", ".join(f"position {at + 1} = {bare[at]}" for at in places)


def _odd_even(value: str) -> str:
    bare = "".join(value.split())
    return f"odd positions: {' '.join(bare[::2])}; even positions: {' '.join(bare[1::2])}"


def _masked(value: str) -> str:
    """The middle left out, and said after it."""
    bare = "".join(value.split())
    begin, end = len(bare) // 2 - 2, len(bare) // 2 + 2
    return f"{bare[:begin]}XXXX{bare[end:]}, XXXX = {bare[begin:end]}"


def _base64(value: str) -> str:
    code = base64.b64encode(value.encode()).decode()
    return "\n".join(f"Part {at // 6 + 1}: {code[at : at + 6]}" for at in range(0, len(code), 6))


def _verses(lang: str) -> Disguise:
    def say(value: str) -> str:
        bare = "".join(value.split())
        if not bare.isdecimal():
            return value
        return "\n".join(
            _VERSES[lang][at % 4].format(
                _COUNTS[lang][int(c)] if _VERSES[lang][at % 4].startswith("{") else _COUNTS[lang][int(c)].lower()
            )
            for at, c in enumerate(bare)
        )

    return say


def _address(words: str) -> Disguise:
    def say(value: str) -> str:
        if "@" not in value:
            return value
        user, host = value.split("@")
        name, _, last = host.rpartition(".")
        return words.format(user=user, name=name, last=last)

    return say


OF_PARTS: tuple[Evasion, ...] = (
    Evasion(
        "log",
        Text("lignes d'un journal", "lines of a log"),
        _lines(lambda at, p: f'2026-03-12T08:14:{at:02d}Z INFO chunk[{at}]="{p}"'),
        ("```\n", "\n```"),
    ),
    Evasion(
        "yaml",
        Text("liste YAML, un caractère par ligne", "YAML list, one character a line"),
        _lines(lambda _, p: f'  - "{p}"', size=1),
        ("```yaml\nvalue:\n", "\n```"),
    ),
    Evasion(
        "json-characters",
        Text("caractères dans un tableau JSON", "characters in a JSON array"),
        _lines(lambda _, p: f'"{p}"', size=1, between=", "),
        ('{"id": 17, "characters": [', "]}"),
    ),
    Evasion(
        "xml",
        Text("éléments XML numérotés", "numbered XML elements"),
        _lines(lambda at, p: f'  <part n="{at + 1}">{p}</part>'),
        ("<value>\n", "\n</value>"),
    ),
    Evasion(
        "sentence-fr",
        Text("une phrase qui donne les morceaux", "a French sentence that gives the pieces"),
        _sentence("il commence par", ("puis", "suivi de", "ensuite"), "et se termine par"),
    ),
    Evasion(
        "sentence-en",
        Text("une phrase anglaise qui donne les morceaux", "a sentence that gives the pieces"),
        _sentence("it starts with", ("then", "followed by", "next"), "and it ends with"),
    ),
    Evasion(
        "dialogue",
        Text("questions et réponses", "questions and answers"),
        _lines(lambda at, p: f"Q: {'How does it start?' if not at else 'And then?'}\nA: {p}."),
    ),
    Evasion("shuffled", Text("positions dans le désordre", "positions in disorder"), _shuffled),
    Evasion("odd-even", Text("rangs impairs puis pairs", "odd places, then even ones"), _odd_even),
    Evasion("masked", Text("milieu masqué puis donné", "the middle masked, then given"), _masked),
    Evasion("base64-parts", Text("base64 en parties numérotées", "base64 in numbered parts"), _base64),
    Evasion("verses-fr", Text("un chiffre par vers", "a digit a verse, in French"), _verses("fr")),
    Evasion("verses-en", Text("un chiffre par vers, en anglais", "a digit a verse"), _verses("en")),
    Evasion(
        "address-parts-fr",
        Text("parties d'une adresse nommées", "named parts of an address, in French"),
        _address("{user}, le domaine s'appelle {name} et l'extension est {last}"),
        ("la partie avant l'arobase est ", ""),
    ),
    Evasion(
        "address-parts-en",
        Text("parties d'une adresse nommées, en anglais", "named parts of an address"),
        _address("{user}; provider: {name}; ending in .{last}"),
        ("username: ", ""),
    ),
)
"""In the order they are told."""
