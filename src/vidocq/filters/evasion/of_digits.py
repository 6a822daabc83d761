"""Disguises of numbers alone: other digits, words misspelt or of another language, order, what stands between."""

import re
from collections.abc import Callable

from vidocq.core.text import Text
from vidocq.filters.evasion.dictation import dictated
from vidocq.filters.evasion.evasion import Disguise, Evasion

_FRENCH = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]
_MISSPELT = {
    "fr": ["zérro", "un", "deu", "troi", "quattre", "cinc", "siz", "set", "uit", "neuff"],
    "en": ["zerro", "onne", "twoo", "thre", "fourr", "fve", "siix", "sevn", "eigt", "nin"],
}
_ABROAD = {
    "es": ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
    "de": ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
}
_ORDINALS = [
    "premier",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
]
_HOLLOW = str.maketrans("0", "Ø")
_SIGNS = ("([{<", ")]}>")


def _of_numbers(say: Disguise) -> Disguise:
    """Leaves alone what is no number."""
    return lambda value: value if "@" in value or not any(map(str.isdecimal, value)) else say(value)


def _other_digits(digits: str) -> Disguise:
    return _of_numbers(lambda value: value.translate(str.maketrans("0123456789", digits)))


def _words(words: list[str], between: str = " ") -> Disguise:
    def say(value: str) -> str:
        return between.join(words[int(c)] if c.isdecimal() else c for c in value if not c.isspace())

    return _of_numbers(say)


def _each_sign(write: Callable[[int, str], str], between: str = "") -> Disguise:
    """Every sign but the gaps, given its place."""

    def say(value: str) -> str:
        return between.join(write(at, c) for at, c in enumerate(c for c in value if not c.isspace()))

    return _of_numbers(say)


def _pieces(value: str) -> list[str]:
    bare = re.sub(r"[\s.-]", "", value)
    return [bare[at : at + 2] for at in range(0, len(bare), 2)]


def _each_piece(write: Callable[[int, str], str], between: str = "") -> Disguise:
    return _of_numbers(lambda value: between.join(write(at, piece) for at, piece in enumerate(_pieces(value))))


OF_DIGITS: tuple[Evasion, ...] = (
    Evasion("superscript", Text("chiffres en exposant", "superscript digits"), _other_digits("⁰¹²³⁴⁵⁶⁷⁸⁹")),
    Evasion("subscript", Text("chiffres en indice", "subscript digits"), _other_digits("₀₁₂₃₄₅₆₇₈₉")),
    Evasion("devanagari", Text("chiffres d'une autre écriture", "digits of another script"), _other_digits("०१२३४५६७८९")),
    Evasion("braille", Text("chiffres en braille", "digits in Braille"), _other_digits("⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊")),
    Evasion(
        "keycaps",
        Text("touches de clavier", "keycaps"),
        _each_sign(lambda _, c: f"{c}\ufe0f\u20e3" if c.isdecimal() else c),
    ),
    Evasion("smiling", Text("images entre les chiffres", "pictures between the digits"), _each_sign(lambda _, c: c, "🙂")),
    Evasion("misspelt-fr", Text("nombres mal écrits", "numbers in French, misspelt"), _words(_MISSPELT["fr"])),
    Evasion("misspelt-en", Text("nombres anglais mal écrits", "numbers in English, misspelt"), _words(_MISSPELT["en"])),
    Evasion("dictated-es", Text("nombres en espagnol", "numbers in Spanish"), _words(_ABROAD["es"])),
    Evasion("dictated-de", Text("nombres en allemand", "numbers in German"), _words(_ABROAD["de"])),
    Evasion("dictated-dashed", Text("mots liés par des tirets", "words tied by hyphens"), _words(_FRENCH, "-")),
    Evasion("dictated-listed", Text("un mot par ligne", "one word a line"), _words(_FRENCH, "\n- ")),
    Evasion("said-twice", Text("chiffre et mot", "digit and word"), _of_numbers(
        _each_sign(lambda _, c: f"{c} ({_FRENCH[int(c)]})" if c.isdecimal() else c, ", "))),
    Evasion("glued-letters", Text("lettres entre les chiffres", "letters between the digits"), _each_sign(lambda at, c: chr(97 + at % 26) + c)),
    Evasion("hollow-zero", Text("« () » pour zéro", "“()” for zero"), _each_sign(lambda _, c: c.replace("0", "()"))),
    Evasion("crossed-zero", Text("« Ø » pour zéro", "“Ø” for zero"), _of_numbers(lambda v: v.translate(_HOLLOW))),
    Evasion("small-o", Text("« o » pour zéro", "“o” for zero"), _of_numbers(lambda v: v.replace("0", "o"))),
    Evasion("bracketed", Text("crochets de toute sorte", "brackets of all kinds"), _each_sign(
        lambda at, c: f"{_SIGNS[0][at % 4]}{c}{_SIGNS[1][at % 4]}")),
    Evasion("linked", Text("mots entre les chiffres", "words between the digits"), _each_sign(lambda _, c: c, " puis ")),
    Evasion("fruits", Text("mots quelconques entre les groupes", "any words between the groups"), _each_piece(
        lambda at, c: f"{c} {['pomme', 'poire', 'prune', 'cerise', 'figue'][at % 5]}", " ")),
    Evasion("told", Text("une phrase par groupe", "a sentence for each group"), _each_piece(
        lambda at, c: f"Le {(_ORDINALS[at] if at < 10 else f'{at + 1}e')} groupe est {c}.", " ")),
    Evasion("indexed", Text("chiffres avec leur place", "digits with their places"), _each_sign(lambda at, c: f"[{at}]={c}", " ")),
    Evasion("csv", Text("lignes numérotées de CSV", "numbered rows of CSV"), _each_piece(lambda at, c: f"{at + 1},{c}", "\n")),
    Evasion("html-ordered", Text("liste HTML ordonnée", "ordered HTML list"), _each_piece(lambda _, c: f"<li>{c}</li>", "\n"), ("<ol>\n", "\n</ol>")),
    Evasion("html-row", Text("ligne de tableau HTML", "row of an HTML table"), _each_piece(lambda _, c: f"<td>{c}</td>"), ("<tr>", "</tr>")),
    Evasion("groups-reversed", Text("groupes du dernier au premier", "groups from last to first"), _of_numbers(
        lambda v: " ".join(reversed(v.split() if " " in v else _pieces(v))))),
    Evasion("pairs-reversed", Text("chaque paire retournée", "each pair turned round"), _each_piece(lambda _, c: c[::-1], " ")),
    Evasion("rot5", Text("chiffres avancés de cinq", "digits moved on by five"), _other_digits("5678901234")),
    Evasion("said-backwards", Text("dicté à l'envers", "dictated backwards"), _of_numbers(lambda v: dictated(v[::-1], "fr"))),
    Evasion("dotted-words", Text("mots et chiffres mêlés", "words and digits mixed"), _each_sign(
        lambda at, c: _FRENCH[int(c)] if at % 2 and c.isdecimal() else c, " ")),
)  # fmt: skip
"""In the order they are told."""
