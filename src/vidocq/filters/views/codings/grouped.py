"""Codes cut into pieces of one length with one sign between them: "MDYx MjM0", "MDYxM-jM0NT", a code over several short lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from vidocq.filters.views.view import View, replaced

_PIECE = re.compile(r"[A-Za-z0-9+/]+")
_MIXED = re.compile(
    r"[a-z][A-Z0-9]|[0-9][A-Z]|[A-Z][0-9]|[A-Z]{2}[a-z]|[0-9][a-z]{1,3}[A-Z0-9]|[A-Z]{4}[^\w]{1,6}[A-Z]{4}"
)

_BLOCK = re.compile(r"(?:(?<=\n)|\A)(?:[A-Za-z0-9+/]{1,16}\r?\n){2,40}[A-Za-z0-9+/]{1,16}={0,2}(?=\s|$)")
_LINE_END = re.compile(r"\r?\n")
_FEWEST_SIGNS = 12
_LONG_PIECE, _LONGEST_PIECE, _LONGEST_GAP = 8, 32, 6

_Places = list[tuple[int, int]]


@dataclass(frozen=True)
class _Row:
    """surely  pieces of one length.   perhaps  the same, and what follows them: the rest of the code, or words of the sentence."""

    surely: _Places
    perhaps: _Places


def grouped(text: str) -> Iterator[View]:
    """The pieces put together: without what may be words after them, then with it."""
    if _MIXED.search(text) is None:
        return
    rows = list(_rows(text))
    made = [replaced("grouped", text, _gaps([row.surely for row in rows])), _lines(text)]
    if any(len(row.perhaps) > len(row.surely) for row in rows):
        made.append(replaced("grouped", text, _gaps([row.perhaps for row in rows])))
    yield from (view for view in made if view is not None)


def _lines(text: str) -> View | None:
    """Short lines of a code alone, of whatever lengths, as one."""
    places = []
    for block in _BLOCK.finditer(text):
        if _MIXED.search(block[0]) is not None:
            places += [(block.start() + m.start(), block.start() + m.end(), "") for m in _LINE_END.finditer(block[0])]
    return replaced("grouped", text, places)


def _gaps(rows: list[_Places]) -> Iterator[tuple[int, int, str]]:
    for row in rows:
        for (_, end), (start, _) in pairwise(row):
            yield end, start, ""


def _rows(text: str) -> Iterator[_Row]:
    pieces = [piece.span() for piece in _PIECE.finditer(text)]
    at = 0
    while at < len(pieces):
        end = _end(text, pieces, at)
        surely, perhaps = pieces[at:end], pieces[at:end]
        if _belongs(text, pieces, at, end):
            perhaps = pieces[at : end + 1]
        if len(perhaps) > 1 and _is_code("".join(text[start:stop] for start, stop in perhaps)):
            while text[slice(*surely[-1])].islower() and len(surely) > 1:
                surely.pop()  # a word of the sentence that happens to be as long
            yield _Row(surely, perhaps)
            at = at + len(perhaps)
        else:
            at = max(at + 1, end - 1)  # the last piece may begin another row


def _is_code(whole: str) -> bool:
    return len(whole) >= _FEWEST_SIGNS and not (whole.isdecimal() or _is_word(whole))


def _is_word(piece: str) -> bool:
    return piece.islower() or (piece.isalpha() and piece.istitle())


def _end(text: str, pieces: _Places, first: int) -> int:
    """Where the row of pieces ends that have the length of the first one, and its gap."""
    end = first + 1
    size = pieces[first][1] - pieces[first][0]
    if end == len(pieces) or size > _LONGEST_PIECE or not 0 < pieces[end][0] - pieces[first][1] <= _LONGEST_GAP:
        return end
    gap = text[pieces[first][1] : pieces[end][0]]
    while end < len(pieces):
        start, stop = pieces[end]
        if stop - start != size or text[pieces[end - 1][1] : start] != gap:
            break
        end += 1
    return end


def _belongs(text: str, pieces: _Places, first: int, end: int) -> bool:
    """Whether a shorter piece follows the row by the same gap, or one long piece that is no word."""
    if end == len(pieces):
        return False
    (start, stop), (before, _) = pieces[first], pieces[first + 1]
    (after, last), gap = pieces[end], text[pieces[end - 1][1] : pieces[end][0]]
    if last - after > stop - start:
        return False
    if end - first > 1:
        return gap == text[stop:before]
    return (
        _LONG_PIECE <= stop - start <= _LONGEST_PIECE and len(gap) <= _LONGEST_GAP and not _is_word(text[start:stop])
    )
