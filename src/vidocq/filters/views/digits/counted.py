"""Digits that are said otherwise than by words: Roman numerals, strokes, sums, letters that look like them."""

import re

from vidocq.filters.views.view import View, replaced

_NUMERAL = r"(?:VIII|VII|VI|IV|IX|V|III|II|I|X|[Nn]ulla|[Nn]ihil|NULLA|N|0)(?!\w)"
_NUMERALS = re.compile(rf"(?<!\w){_NUMERAL}(?:[ ,;./-]{{1,3}}{_NUMERAL}){{8,40}}+")
_ROMAN = {said: str(value) for value, said in enumerate("0 I II III IV V VI VII VIII IX X".split())}  # noqa: SIM905
_STROKES = re.compile(r"(?<![^\s:(])(?:\|{1,9}|0)(?:[ ,]{1,2}(?:\|{1,9}|0)){9,40}+(?![^\s.,)])")
_SUMS = re.compile(r"(?<![\w+])[0-9] ?\+ ?[0-9](?:[,; ]{1,3}[0-9] ?\+ ?[0-9]){8,40}+(?![\w+])")
_SUM = re.compile(r"([0-9]) ?\+ ?([0-9])")
_LIKE = "[olzeasgtbqi]"
_LOOKING = re.compile(
    rf"(?<!\w)(?:{_LIKE}{{10,30}}|{_LIKE}{{2}}(?:[ .-]{_LIKE}{{2}}){{4,15}}+|{_LIKE}{{4}}(?:[ .-]{_LIKE}{{4}}){{2,7}}+(?:[ .-]{_LIKE}{{1,3}})?"
    rf"|{_LIKE}(?:[ .-]{_LIKE}{{2,3}}){{5,7}}+)(?!\w)"
)
_LOOKS = str.maketrans("olzieasgtbq", "01213456789")
_KEYS = "à&é\"'(-è_ç"
_TYPED = re.compile(rf"(?<![^\s:])(?=[^\s]{{0,20}}[àéèç&])(?:[{re.escape(_KEYS)}][ .]?){{10,30}}+(?!\w)")
_UNSHIFTED = str.maketrans(_KEYS, "0123456789")
_PART = re.compile(r"[^ ,;./-]+")


def counted(text: str) -> View | None:
    """Rows of such numbers as digits."""
    return replaced("counted", text, sorted((*_romans(text), *_strokes(text), *_sums(text))))


def looking(text: str) -> View | None:
    """Words, or rows of letters, that have only letters which look like digits, or signs of the keys for digits."""
    places = [(m.start(), m.end(), m[0].translate(_LOOKS)) for m in _LOOKING.finditer(text)]
    if not text.isascii():
        places += [(m.start(), m.end(), m[0].translate(_UNSHIFTED)) for m in _TYPED.finditer(text)]
    return replaced("looking", text, sorted(places))


def _romans(text: str) -> list[tuple[int, int, str]]:
    return [
        (part.start(), part.end(), _ROMAN.get(part[0], "0"))
        for row in _NUMERALS.finditer(text)
        for part in _PART.finditer(text, row.start(), row.end())
    ]


def _strokes(text: str) -> list[tuple[int, int, str]]:
    return [
        (part.start(), part.end(), str(part[0].count("|")))
        for row in _STROKES.finditer(text)
        for part in _PART.finditer(text, row.start(), row.end())
    ]


def _sums(text: str) -> list[tuple[int, int, str]]:
    return [
        (one.start(), one.end(), str(int(one[1]) + int(one[2])))
        for row in _SUMS.finditer(text)
        for one in _SUM.finditer(text, row.start(), row.end())
    ]
