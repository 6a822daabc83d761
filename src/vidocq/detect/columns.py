"""Tables in a text, as Markdown, CSV and mails have them: a header line says what the cells below it hold.

A header is a short line cut by `|`, `;`, tabs or commas; its rows are the lines that follow with as many cells, up to the
first that has another number of them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

LONGEST: Final = 400  # code points of a header line
ROWS: Final = 5_000  # rows of one table that are read
RULE: Final = re.compile(r"[|:\- \t+]+")
LINE: Final = re.compile(r"[^\n]*")
SEPARATORS: Final = "|;\t,"
CELLS: Final = {
    sep: re.compile(rf'[ ]*(?:"(?P<quoted>[^"\n]*)"[ ]*|(?P<plain>[^{re.escape(sep)}\n]*))(?:{re.escape(sep)}|$)')
    for sep in SEPARATORS
}


class Cell(NamedTuple):
    """Place in the text of what a cell holds, without quotes and spaces around it; start == end where it is empty."""

    start: int
    end: int


class Column(NamedTuple):
    """A column and its neighbours.

    header   in lower case.   others  headers of the other columns of the table.   cells  one for each row.
    """

    header: str
    others: tuple[str, ...]
    cells: tuple[Cell, ...]

    def __repr__(self) -> str:
        return f"Column({len(self.cells)} cells)"


def columns_at(text: str, places: Iterable[int], *, wanted: Callable[[str], bool]) -> Iterator[Column]:
    """Columns of which `wanted(header)` is true, of the tables whose header line holds one of these places, given in order."""
    after = -1
    for place in places:
        if place < after:
            continue
        begin = text.rfind("\n", max(0, place - LONGEST), place) + 1
        after = text.find("\n", place, place + LONGEST)
        if place - begin < LONGEST and after > 0:
            yield from _columns(text, begin, after, wanted)
        after = max(after, place)


def _columns(text: str, start: int, end: int, wanted: Callable[[str], bool]) -> Iterator[Column]:
    sep = next((sep for sep in SEPARATORS if text.find(sep, start, end) >= 0), "")
    if not sep:
        return
    header = [text[cell.start : cell.end].lower() for cell in _cells(text, start, end, sep)]
    which = [place for place, name in enumerate(header) if name and wanted(name)]
    if not which:
        return
    rows = list(_rows(text, end + 1, sep, len(header)))
    for place in which:
        others = tuple(name for other, name in enumerate(header) if other != place)
        yield Column(header[place], others, tuple(row[place] for row in rows))


def _rows(text: str, at: int, sep: str, width: int) -> Iterator[Sequence[Cell]]:
    for _ in range(ROWS):
        line = LINE.match(text, at)
        if line is None or not line[0]:
            return
        at = line.end() + 1
        if RULE.fullmatch(line[0]):
            continue
        cells = _cells(text, *line.span(), sep)
        if len(cells) != width:
            return
        yield cells


def _cells(text: str, start: int, end: int, sep: str) -> list[Cell]:
    cells, at = [], start
    while at < end or (at == end and start < end and text[end - 1] == sep):
        found = CELLS[sep].match(text, at, end)
        if found is None:  # text after a closing quote
            break
        group = "quoted" if found["quoted"] is not None else "plain"
        first, last = found.span(group)
        while last > first and text[last - 1] in ' \t"':
            last -= 1
        while first < last and text[first] in " \t":
            first += 1
        cells.append(Cell(first, last))
        if found.end() == at and at == end:
            break
        if found.end() == end and text[end - 1] != sep:
            break
        at = found.end()
        if at == end:
            cells.append(Cell(end, end))
            break
    return cells
