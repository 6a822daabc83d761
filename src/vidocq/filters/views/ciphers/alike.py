"""Numbers of which digits are written as letters that look like them, small or capital, among others: "zZbObbsz4qSZz33"."""

import re
from collections.abc import Iterator

from vidocq.filters.views.ciphers.cut import rewritten
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.digits import shapes
from vidocq.filters.views.view import View

LETTERS, MEANT = "OoQDlIiLzZsSBqeEaA|!", "00001111225589334411"
_SIGNS = rf"[0-9{LETTERS}bgGTt]"
VARIED = "bgGTt"
_TABLES = tuple(
    str.maketrans(LETTERS + VARIED, MEANT + meant) for meant in ("69677", "69977", "69611", "89677", "66677")
)
"""What some look like is said in more than one way."""
_ROW = re.compile(
    rf"(?<![^\W_])(?<![@.+])(?P<plus>\+[ ]?)?(?P<land>(?:FR|MC)[ ]?)?(?P<row>{_SIGNS}{{1,27}}(?:[ .\-\u00a0]{_SIGNS}{{1,8}}){{0,14}}+)(?![^\W_]|@)"
)
_MAY = re.compile(rf"[0-9][ .-]?[{LETTERS}{VARIED}]{{1,3}}[ .-]?[0-9]|[{LETTERS}{VARIED}][0-9]")
_WHOLE = re.compile(rf"{_SIGNS}+")
_POINTS = ".,;:()[]\"'`«»*"
_FEWEST_ALIKE = 2
LENGTHS = CALLED, ABROAD, NIR, CARD, OF_ACCOUNT = 10, 11, 15, 16, 25


def may_stand(clues: Clues) -> bool:
    if clues.has_digit and _MAY.search(clues.text) is not None:
        return True
    return clues.has_digit and any(
        len(run) >= CALLED and _WHOLE.fullmatch(run.strip(_POINTS)) for run in clues.text.split()
    )


def digits(text: str) -> Iterator[View]:
    """Such rows as digits, where they have the shape of a telephone number or hold what the checksum of their kind asks."""
    parts = list(_rows(text))
    if parts:
        yield rewritten("alike", parts)


def _rows(text: str) -> Iterator[tuple[int, int, str]]:
    for row in _ROW.finditer(text):
        groups = [(group.start(), group.end()) for group in _WHOLE.finditer(text, *row.span("row"))]
        if sum(end - start for start, end in groups) < CALLED or row["row"].replace(" ", "").isdecimal():
            continue
        found = _within(text, groups, is_abroad=row["plus"] is not None, is_account=row["land"] is not None)
        if found is not None:
            yield written(row, *found)


def written(row: re.Match[str], start: int, end: int, read: str) -> tuple[int, int, str]:
    """With the plus or the country that stands before it."""
    lead = (row["plus"] or row["land"] or "") if start == row.start("row") else ""
    return start - len(lead), end, lead.strip() + read


def _within(
    text: str, groups: list[tuple[int, int]], *, is_abroad: bool, is_account: bool
) -> tuple[int, int, str] | None:
    """The number that some of the groups make, most of them first: a word before or after may be of such letters too."""
    count = len(groups)
    for length in range(count, 0, -1):
        for first in range(count - length + 1):
            used = groups[first : first + length]
            if sum(end - start for start, end in used) not in LENGTHS:
                continue
            bare = "".join(text[start:end] for start, end in used)
            if bare.isalpha() or sum(map(str.isdecimal, bare)) > len(bare) - _FEWEST_ALIKE:
                continue
            for table in _TABLES:
                read = bare.translate(table)
                sizes = {end - start for start, end in used}
                if holds(read, sizes, is_abroad=is_abroad and not first, is_account=is_account and not first):
                    return used[0][0], used[-1][1], read
    return None


def holds(read: str, sizes: set[int], *, is_abroad: bool, is_account: bool) -> bool:
    """Whether digits in groups of these sizes may be a number of the kind that their length tells."""
    if is_account:
        return len(read) == OF_ACCOUNT and shapes.protected(read) == f"FR{read}"
    if is_abroad:
        return len(read) == ABROAD and read.startswith("33")
    if len(read) == CALLED:
        return read[0] == "0" and read[1] != "0" and len(set(read)) > 3 and sizes in ({CALLED}, {2})
    if len(read) == NIR:
        return shapes.protected(read) == shapes.spaced(read)
    return sizes in ({CARD}, {4}) and shapes.is_card(read)
