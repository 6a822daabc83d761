"""Digits as one dictates them."""

from typing import Final

_DIGITS: Final = {
    "fr": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
}
_TEENS: Final = ["dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"]
_TENS: Final = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}


def dictated(value: str, lang: str) -> str:
    """Each digit as a word, other characters as they are; spaces between."""
    said = [_DIGITS[lang][int(c)] if c.isdecimal() else c for c in value if not c.isspace()]
    return " ".join(said) if any(c.isdecimal() for c in value) and "@" not in value else value


def paired(value: str) -> str:
    """Digits two by two, as the French say telephone numbers."""
    if "@" in value or not any(c.isdecimal() for c in value):
        return value
    said: list[str] = []
    digits = ""
    for character in [*value, ""]:
        if character.isdecimal():
            digits += character
        elif not character.isspace():
            said += [number(digits[at : at + 2]) for at in range(0, len(digits), 2)] + [character]
            digits = ""
    return " ".join(said).strip()


def number(two: str) -> str:
    """A number of one or two digits in French; a zero in front is said."""
    if len(two) == 1 or two[0] == "0":
        return " ".join(_DIGITS["fr"][int(c)] for c in two)
    tens, unit = int(two[0]), int(two[1])
    if tens == 1:
        return _TEENS[unit]
    base = tens - 1 if tens in (7, 9) else tens
    if tens in (7, 9):
        joint = " et " if tens == 7 and unit == 1 else "-"
        return f"{_TENS[base]}{joint}{_TEENS[unit]}"
    if not unit:
        return _TENS[base] + ("s" if base == 8 else "")
    return f"{_TENS[base]}{' et ' if unit == 1 and base != 8 else '-'}{_DIGITS['fr'][unit]}"
