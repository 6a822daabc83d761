"""Addresses and accounts spelt by what letters are called: "effe elle o point gé a u arobase …", "ef ar seven six …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vidocq.filters.views.clues import Clues
from vidocq.filters.views.number_words import UNITS
from vidocq.filters.views.signs.dictated import ACCOUNT, SIGNS
from vidocq.filters.views.signs.domains import ANY
from vidocq.filters.views.signs.letter_sounds import CLEAR, SOUNDS
from vidocq.filters.views.view import View, replaced

_OF_WORDS = {
    "w": r"double[ -]?(?:v[ée]|vee|u|you|v)|uve doble",
    "y": r"i[ -]grec(?:que)?|i griega",
    "_": r"(?:tiret|trait)[ -](?:du[ -])?(?:bas|8|huit)|under[ -]score",
    "-": r"tiret[ -](?:du[ -])?(?:6|six)|trait d['’]union",
    "@": r"a[ -]commercial|at[ -]sign|signe at",
    ".": r"full stop",
}
_TOKEN = re.compile(
    "|".join(f"(?P<s{at}>(?<![^\\W_])(?:{said})(?![^\\W_]))" for at, said in enumerate(_OF_WORDS.values()))
    + r"|(?P<word>[^\W_]+)|@",
    re.IGNORECASE,
)
_KINDS = dict(enumerate(_OF_WORDS))
_BETWEEN = frozenset(
    "puis ensuite et then and next lettre letter chiffre digit majuscule minuscule capital uppercase lowercase".split()  # noqa: SIM905
)
"""Words that a row goes on after."""
_GAP = re.compile(rf"(?:[^\w@]|_){{1,6}}(?:(?:{'|'.join(_BETWEEN)})[^\w@]{{1,3}}){{0,2}}", re.IGNORECASE)
_SEAM = re.compile(r"[.!?:…]\s|\n")
"""What parts a row from the sentence beside it, unless it stands between its letters too."""
_ADDRESS = re.compile(rf"[a-z0-9][a-z0-9._+-]{{0,63}}@[a-z0-9.-]{{1,80}}\.(?:{ANY})")
_ATS = frozenset(word for word, sign in SIGNS.items() if sign == "@") - {"at", "chez"}
_PLAIN = re.compile(r"[a-z0-9]{2,24}")
"""A word of a domain that is not spelt."""
_FEWEST, _EARLY, _DIGITS, _LONGEST_NUMBER = 3, 6, 10, 4
_TWICE = "="


@dataclass(frozen=True, slots=True)
class _Called:
    start: int
    end: int
    said: str
    word: str
    """In small letters."""


def may_stand(clues: Clues) -> bool:
    """Told quickly: several letters by their names, or one and many digits."""
    called = clues.count(CLEAR)
    return called >= _FEWEST or (
        called > 0 and (clues.is_numeric or clues.says_numbers or not clues.kinds.isdisjoint(_ATS))
    )


def spelt(text: str) -> View | None:
    """Each address or account that is spelt so, as one writes it."""
    return replaced("letter names", text, (value for row in _rows(text) for value in _values(row)))


def _rows(text: str) -> Iterator[list[_Called]]:
    """Letters, digits and signs that follow one another."""
    row: list[_Called] = []
    seams: set[str] = set()
    for found in _TOKEN.finditer(text):
        if found[0].lower() in _BETWEEN:
            continue
        gap = text[row[-1].end : found.start()] if row else ""
        is_seam = _SEAM.search(gap) is not None
        is_next = not row or (
            _GAP.fullmatch(gap) is not None and ":" not in gap and (not is_seam or gap in seams or len(row) < _EARLY)
        )
        if not is_next:
            yield row
            row, seams = [], set()
        elif is_seam:
            seams.add(gap)
        said = _said(text, found, row)
        if said is not None:
            row.append(_Called(*found.span(), said, found[0].lower()))
        elif row:
            yield row
            row, seams = [], set()
    yield row


def _said(text: str, found: re.Match[str], row: list[_Called]) -> str | None:
    """What it says; None for a word of the sentence."""
    word, kind = found[0].lower(), found.lastgroup
    if kind is not None and kind != "word":
        return _KINDS[int(kind[1:])]
    if text[found.end() : found.end() + 1] in ("'", "’") and len(word) < 3:
        return None
    if word in SOUNDS or (len(word) == 1 and word.isascii() and word.isalpha()):
        return SOUNDS.get(word, word)
    if word == "double":
        return _TWICE
    digit = UNITS.get(word.replace("é", "e"))
    if digit is not None and digit < 10:
        return str(digit)
    if word in SIGNS or (word.isascii() and word.isdecimal() and len(word) <= _LONGEST_NUMBER):
        return SIGNS.get(word, word)
    is_of_domain = row and row[-1].said in ("@", ".", "-") and any(each.said == "@" for each in row)
    return word if is_of_domain and _PLAIN.fullmatch(word) is not None else None


def _values(row: list[_Called]) -> Iterator[tuple[int, int, str]]:
    if sum(each.word in SOUNDS and len(each.word) > 1 for each in row) < 2:
        return
    is_address = any(each.said == "@" for each in row)
    written, begins, ends = "", dict[int, int](), dict[int, int]()
    is_twice = False
    for each in row:
        if each.said == _TWICE:
            is_twice = True
            begins.setdefault(len(written), each.start)
            continue
        begins.setdefault(len(written), each.start)
        said = "0" if each.word == "oh" and not is_address else each.said
        written += said * (1 + is_twice)
        ends[len(written)] = each.end
        is_twice = False
    for value in (_ADDRESS if is_address else ACCOUNT).finditer(written):
        start, end = begins.get(value.start()), ends.get(value.end())
        if start is None or end is None:
            continue
        if is_address or sum(map(str.isdecimal, value[0])) >= _DIGITS:
            yield start, end, value[0] if is_address else value[0].upper()
