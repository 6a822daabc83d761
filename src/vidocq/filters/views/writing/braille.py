"""Cells of Braille as letters, digits and signs: as print is set in French and English, and as computers show it."""

import re
from collections.abc import Iterator

from vidocq.filters.views.view import View, replaced

_RUN = re.compile("[\u2801-\u28ff](?:[ \u2800]?[\u2801-\u28ff]){5,400}")
_CELLS = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵"
_LETTERS = dict(zip(_CELLS, "abcdefghijklmnopqrstuvwxyz", strict=True))
_ACCENTED = dict(zip("⠷⠿⠮⠾⠡⠣⠩⠹⠱⠫⠻⠳⠪", "àéèùâêîôûëïüœ", strict=True))
_DIGITS = dict(zip("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚", "1234567890", strict=True))
_ANTOINE = dict(zip("⠡⠣⠩⠹⠱⠫⠻⠳⠪⠼", "1234567890", strict=True))
_DROPPED = dict(zip("⠂⠆⠒⠲⠢⠖⠶⠦⠔⠴", "1234567890", strict=True))
_SIGNS = {"⠲": ".", "⠤": "-", "⠖": "+", "⠂": ","}
_NUMBER, _LETTER_SIGNS = "⠼", "⠠⠨⠰⠸⠘⠐"
"""What says that digits follow, and what says what kind of letter does."""
_WORDS = (
    ("⠈⠁", "@"),
    ("⠨⠤", "_"),
    ("⠸⠤", "_"),
    ("⠸", "_"),
    ("⠐⠤", "_"),
    ("⠐⠖", "+"),
    ("⠬", "+"),
    ("⠜", "@"),
    ("⠈", "@"),
)
_COMPUTER = {"⠈": "@", "⠨": ".", "⠸": "_", "⠤": "-", "⠬": "+"}
_EACH = re.compile("⠼[⠁-⠚](?=[ \u2800]?⠼)")
_FEWEST = 2


def read(text: str) -> Iterator[View]:
    """In the print of both languages, with digits of computers, and with those of Antoine."""
    if text.isascii() or _RUN.search(text) is None:
        return
    for name, way in (
        ("braille", _printed),
        ("braille of computers", _of_computers),
        ("braille of Antoine", _antoine),
    ):
        places = [place for run in _RUN.finditer(text) for place in way(run[0], run.start())]
        view = replaced(name, text, places)
        if view is not None:
            yield view


def _printed(run: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Digits are the first ten letters behind a sign, until a letter or a space follows; or each digit has the sign."""
    is_each = len(_EACH.findall(run)) >= _FEWEST
    counts, at = False, 0
    while at < len(run):
        cell = run[at]
        word = next((each for each in _WORDS if run.startswith(each[0], at)), None)
        if cell == _NUMBER:
            counts, said, size = True, "", 1
        elif counts and cell in _DIGITS:
            counts, said, size = not is_each, _DIGITS[cell], 1
        elif word is not None:
            counts, said, size = False, word[1], len(word[0])
        else:
            counts = counts and cell in "⠤⠲⠂⠀ "
            said, size = _letter(cell), 1
        yield start + at, start + at + size, said
        at += size


def _letter(cell: str) -> str:
    if cell in _LETTER_SIGNS:
        return ""
    return _LETTERS.get(cell) or _SIGNS.get(cell) or _ACCENTED.get(cell) or (" " if cell == "\u2800" else cell)


def _of_computers(run: str, start: int) -> Iterator[tuple[int, int, str]]:
    table = _LETTERS | _DROPPED | _COMPUTER | {"\u2800": " ", "⠠": "", "⠼": "", "⠰": ""}
    for at, cell in enumerate(run, start):
        yield at, at + 1, table.get(_six(cell), cell)


def _antoine(run: str, start: int) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(run):
        cell, size = run[at], 1
        said = _ANTOINE.get(cell) or ("" if cell in "⠠⠨" else "@" if cell in "⠜⠈" else _letter(cell))
        if cell == "⠈" and run[at + 1 : at + 2] == "⠁":
            size = 2
        yield start + at, start + at + size, said
        at += size


def _six(cell: str) -> str:
    """Without the two lowest dots, which computers write capitals with."""
    return chr(0x2800 + (ord(cell) - 0x2800) % 64) if cell > "\u2800" else cell
