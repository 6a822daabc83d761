"""Fragments that a regular row holds, one each: lines of a log, elements of YAML, JSON, XML or a table, answers of a dialogue.

The parts of a text are its lines, then what commas, bars, brackets and words such as "then" set apart. A row of records of
one to four parts is regular where the same signs stand between their words, and all columns of words but one stay
the same, count, or are levels of a log: the one that is left holds the fragments, in the order that the counting column tells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from vidocq.filters.views.ciphers import certain
from vidocq.filters.views.clues import clues_of
from vidocq.filters.views.digits import shapes
from vidocq.filters.views.number_words import UNITS
from vidocq.filters.views.view import View, of_sources
from vidocq.filters.views.writing.columns import Column
from vidocq.filters.views.writing.parted import elements, lines
from vidocq.filters.views.writing.rows import answers, rows

_FEWEST, _TWO = 3, 2
"""Records of a row, and those that are enough where a column counts from one."""
_NUMBER = re.compile(r"\+?(?:\(0\))?[0-9 ().+/-]+")
_ADDRESS = re.compile(r"[\w.+%-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![\w-])")
_DECIMAL = re.compile(r"-[0-9.]*|(?![0-9]{2}\.[0-9]{2}$)[0-9]+\.[0-9]+")
_AT = re.compile(r"(?<=[\w.])@|@(?=[\w\"'`])|(?<=[\"'`])@|%40|^\s*@\s*$", re.MULTILINE)
_MIXED = re.compile(r"[a-z][A-Z0-9]|[0-9][A-Za-z]|[A-Z][0-9]|[A-Z]{2}[a-z]|^[A-Z][a-z]{1,3}$|=$")
_IS_WORD = re.compile(r"[A-Za-z]?[a-z]{4,}|[^\W_]*[^\x00-\x7F]+[^\W_]*")
_OF_CODE = re.compile(r"(?:0[xob]|\\x)?(?:[0-9A-Fa-f]{2}|[0-9]{3}|[01]{8})")
_OF_ACCOUNT = re.compile(r"[A-Z0-9]{1,12}")
_ACCOUNT = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}|[12][0-9]{5}[0-9AB]{9}")
_TELLING = r"[0-9]|[a-z][A-Z]|[A-Z]{2}[a-z]|(?<![^\W_])[A-Z]{1,2}(?![^\W_])|=\s*$"
_ANY, _NUMBER_OR_CODE = re.compile(""), re.compile(_TELLING)
_NUMBER_OR_WORD = re.compile(rf"{_TELLING}|(?<![^\W\d_])(?i:{'|'.join(UNITS)})(?![^\W\d_])")
_FEWEST_OF_CODE = 12
_BETWEEN = "\n\n;\n\n"
_ALL = ((0, 0), (0, 1), (1, 0), (1, 1))
"""Records that are left out at either end."""
_FEWEST_SIGNS, _SHORT = 8, 4
_WRITTEN = re.compile(r"\+|0[0-9]")
"""What a telephone number begins with, and a quantity does not."""
_PIECES = frozenset(
    "data buf buffer chunk recv field msg message payload part seg segment value val bytes piece frag fragment body content text rx tx in "  # noqa: SIM905
    "out line read write append send sent got block word token donnée données morceau partie bloc valeur champ".split()
)
"""Names of columns that hold pieces."""
_MAY_STAND = re.compile(r"[\n,;|&+]|[.?]\s|\s(?:puis|then|et|and)\s|\)\s|><")
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands in the place of a part of the text.   places  of each of its characters."""

    text: str
    places: tuple[tuple[int, int], ...]
    is_code: bool = False


def put_together(text: str) -> list[View]:
    """The fragments of each row one after the other, then the same with spaces between them, as signs in code are."""
    if not _may_stand(text):
        return []
    glued: dict[str, _Said] = {}
    spaced: dict[str, _Said] = {}
    held: list[tuple[int, int]] = []
    tells = _tells(text)
    for parts in (lines(text, tells), elements(text, tells)):
        for row in rows(parts) if sum(bool(part.words) for part in parts) >= _TWO else ():
            start, end = row[0].places[0][0], row[-1].places[-1][1]
            if any(first <= start and end <= last for first, last in held):
                continue  # every second fragment of a row that was read
            for said, into in _said(row):
                (spaced if into else glued).setdefault(said.text, said)
                if not said.is_code:
                    held.append((start, end))
        for row in answers(parts):
            for said, into in _said(row):
                (spaced if into else glued).setdefault(said.text, said)
    return [_view(list(found.values())) for found in (glued, spaced) if found]


def _may_stand(text: str) -> bool:
    """Whether there are parts, and what they may hold: digits, a code, or an address that does not stand whole."""
    if len(_MAY_STAND.findall(text)) < _TWO:
        return False
    clues = clues_of(text)
    if clues.is_numeric or clues.is_mixed or clues.says_numbers:
        return True
    return _may_be_address(text)


def _may_be_address(text: str) -> bool:
    """Whether there are more signs of addresses than addresses that stand whole."""
    if "@" not in text and "%40" not in text:
        return False
    return len(_AT.findall(text)) > sum(1 for _ in _ADDRESS.finditer(text))


def _tells(text: str) -> re.Pattern[str]:
    """What a part has that may hold a fragment; any may hold one of an address."""
    if _may_be_address(text):
        return _ANY
    return _NUMBER_OR_WORD if clues_of(text).says_numbers else _NUMBER_OR_CODE


def _said(columns: list[Column]) -> list[tuple[_Said, bool]]:
    """What the fragments of a row say, and whether with spaces between them.

    The first record, or the last, may be words of a sentence that stand as the others do.
    """
    count = len(columns[0].words)
    for start, end in _ALL if count > _FEWEST and len(columns) <= _SHORT else _ALL[:1]:
        said = list(
            _all_said([column.between(start, count - end) for column in columns] if start or end else columns)
        )
        if said:
            return said
    return []


def _all_said(columns: list[Column]) -> Iterator[tuple[_Said, bool]]:
    left = [at for at, column in enumerate(columns) if not column.is_explained]
    if not left:
        left = [at for at, column in enumerate(columns) if not column.is_same and not column.counts][-1:]
    count = len(columns[0].words)
    if count >= _FEWEST and (columns[0].is_logged or any(column.is_level for column in columns)):
        yield from _logged(columns)
    if not left or any(b != a + 1 or not columns[b].is_tied for a, b in pairwise(left)):
        return
    if len(left) > 1 and not all(word.isdecimal() for at in left for word in columns[at].words):
        return
    counts = [column for at, column in enumerate(columns) if at not in left and column.counts]
    if count < _FEWEST and not (counts and min(counts[0].values) < _TWO):
        return
    order = sorted(range(count), key=lambda at: counts[-1].values[at]) if counts else list(range(count))
    is_told = bool(counts) or columns[left[0]].is_told
    pieces = [
        (
            "".join(columns[at].words[nth] for at in left),
            columns[left[0]].places[nth][0],
            columns[left[-1]].places[nth][1],
        )
        for nth in order
    ]
    yield from _read(pieces, is_told=is_told)


def _logged(columns: list[Column]) -> Iterator[tuple[_Said, bool]]:
    """One of the columns of a log by itself, whatever threads and processes stand in the others.

    A card or a telephone number, where the column bears no name, or that of a piece of something.
    """
    for column, before in zip(columns[::-1], [*columns[-2::-1], None], strict=True):
        if column.is_same or column.counts:
            continue
        whole = "".join(column.words)
        is_number = certain.is_card(whole) or (
            certain.is_phone(whole) and _WRITTEN.match(column.words[0]) is not None
        )
        if (
            certain.is_address(whole)
            or certain.is_protected(whole)
            or (is_number and (before is None or not before.is_same or before.is_level or _is_piece(before)))
        ):
            yield _glued(_placed(column)), False
        elif _is_code(list(column.words)):
            yield _glued(_placed(column), is_code=True), False


def _is_piece(name: Column) -> bool:
    return name.words[0].lower().strip("=:") in _PIECES


def _placed(column: Column) -> list[tuple[str, int, int]]:
    return [(word, *place) for word, place in zip(column.words, column.places, strict=True)]


def _read(pieces: list[tuple[str, int, int]], *, is_told: bool) -> Iterator[tuple[_Said, bool]]:
    digits = [str(UNITS.get(piece.lower().replace("zéro", "zero"), piece)) for piece, _, _ in pieces]
    whole = "".join(digits)
    if len(whole) < _FEWEST_SIGNS:
        return
    start, end = min(start for _, start, _ in pieces), max(end for _, _, end in pieces)
    if not is_told and "@" not in whole:
        return
    if _NUMBER.fullmatch(whole) and any(map(_DECIMAL.fullmatch, digits)):
        return
    if _NUMBER.fullmatch(whole):
        groups = [group for group in ("".join(_DIGIT.findall(piece)) for piece in digits) if group]
        written = shapes.number(["".join(groups)], is_listed=True) if groups and len(set(groups)) > 1 else None
        if written is not None:
            yield _Said(written, ((start, end),) * len(written)), False
    elif "@" in whole or "%40" in whole:
        if any(_ADDRESS.search(piece) for piece in digits) or _ADDRESS.search(whole) is None:
            return
        yield _glued(pieces), False
    elif _is_account(digits):
        yield _glued(pieces), False
    elif _is_code(digits):
        yield _glued(pieces, is_code=True), False
    if len(pieces) >= _FEWEST_SIGNS and all(_OF_CODE.fullmatch(piece) for piece in digits):
        joined = " ".join(digits)
        yield _Said(joined, ((start, end),) * len(joined), is_code=True), True


def _is_account(pieces: list[str]) -> bool:
    return all(map(_OF_ACCOUNT.fullmatch, pieces)) and _ACCOUNT.fullmatch("".join(pieces)) is not None


def _is_code(pieces: list[str]) -> bool:
    """Whether these are no words: signs alone, or letters of both kinds and digits in no order."""
    whole = "".join(pieces)
    if len(whole) < _FEWEST_OF_CODE or _MIXED.search(whole) is None or whole.islower():
        return False
    mixed = sum(len(piece) == 1 or _MIXED.search(piece) is not None for piece in pieces)
    return 2 * mixed > len(pieces) and not any(_IS_WORD.fullmatch(piece) for piece in pieces)


def _glued(pieces: list[tuple[str, int, int]], *, is_code: bool = False) -> _Said:
    text = "".join(piece for piece, _, _ in pieces)
    places: list[tuple[int, int]] = []
    for piece, start, end in pieces:
        places += (
            [(start + at, start + at + 1) for at in range(len(piece))]
            if end - start == len(piece)
            else [(start, end)] * len(piece)
        )
    return _Said(text, tuple(places), is_code)


def _view(found: list[_Said]) -> View:
    """Each on lines of its own."""
    text = _BETWEEN.join(said.text for said in found)
    places: list[tuple[int, int]] = []
    for nth, said in enumerate(found):
        places += [said.places[0]] * len(_BETWEEN) if nth else []
        places += said.places
    return of_sources("fragments", text, places)
