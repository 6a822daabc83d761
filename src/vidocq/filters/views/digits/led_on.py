"""Groups of one number that words of order lead through: "4506 d'abord, 4697 ensuite et 0162 1748", "01, after which comes 34…".

Between the groups stand only signs and words that lead on, before or after a group. What they make has to hold its check digits, or to be
a telephone number from the first group to the last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from vidocq.filters.views import leading
from vidocq.filters.views.ciphers import certain
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.view import View, apart, replaced

_CODE = re.compile(
    r"(?<![\w@.,])(?:\+?[0-9][0-9A-Za-z]{0,33}|[A-Z]{1,2}(?:[0-9][0-9A-Z]{0,31})?|[A-Z][0-9]{1,6}|[a-z]{2}[0-9]{2}[0-9a-z]{0,30})(?![\w@])(?![.,][0-9])"
)
_PLAIN = re.compile(r"[ \u00a0\u202f.·-]{1,2}|[)/]")
_SIGNS = re.compile(r"[\s,;:.…«»“”\"'`‘’()\[\]{}*–—→>/|+&•_-]*")
_LISTED = re.compile(r"[\s«»“”\"'`*)\]]{0,4}(?:[,;/→>–—-]|\.{3}|…)?[\s«»“”\"'`*(\[-]{1,5}")
_LONGEST, _MOST, _SIGNS_OF_ONE, _FEWEST = 90, 34, 34, 10
"""Characters between two groups, groups and signs of one number, and digits of the shortest."""
_CALLS = re.compile(
    r"\bt[ée]l|phone|portable|mobile|num[ée]ro|\bnumber|appel|\bcall|joindre|joignable|reach|\bdial|compose|\bligne\b|\bfixe\b|\bline\b",
    re.IGNORECASE,
)
_BEFORE = 160
"""Characters before a row of pairs in which it is told that they are those of a telephone."""
_NO, _PLAINLY, _BY_SIGNS, _BY_WORDS, _LEADING = range(5)
"""What a gap is: more than leads on; a space; signs, as in a list; words such as "and"; words of order."""


@dataclass(frozen=True, slots=True)
class _Group:
    said: str
    start: int
    end: int
    before: int


def may_stand(clues: Clues) -> bool:
    return clues.is_numeric and not leading.ORDER.isdisjoint(clues.kinds)


def together(text: str) -> View | None:
    """Each such number in one."""
    return replaced("told", text, apart(_numbers(text)))


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for row in _rows(text):
        yield from _held(text, row)


def _rows(text: str) -> Iterator[list[_Group]]:
    row: list[_Group] = []
    for code in _CODE.finditer(text):
        if code[0].isalpha() and leading.leads(code[0].lower()):
            continue
        before = _kind(text[row[-1].end : code.start()]) if row else _NO
        if before == _NO:
            if len(row) > 1:
                yield row
            row = []
        row.append(_Group(code[0], code.start(), code.end(), before))
    if len(row) > 1:
        yield row


def _kind(gap: str) -> int:
    if len(gap) > _LONGEST:
        return _NO
    if _PLAIN.fullmatch(gap) is not None:
        return _PLAINLY
    words = leading.WORD.findall(gap.lower())
    if not words:
        return _BY_SIGNS if _LISTED.fullmatch(gap) is not None else _NO
    if not all(map(leading.leads, words)) or _SIGNS.fullmatch(leading.WORD.sub("", gap)) is None:
        return _NO
    return _LEADING if not leading.ORDER.isdisjoint(words) else _BY_WORDS


def _held(text: str, row: list[_Group]) -> Iterator[tuple[int, int, str]]:
    """Numbers that groups of a row make, from what a gap other than a space parts to what one parts."""
    for first, begin in enumerate(row):
        if begin.before == _PLAINLY:
            continue
        said, is_led = begin.said, False
        for last in range(first + 1, min(first + _MOST, len(row))):
            said += row[last].said
            is_led = is_led or row[last].before == _LEADING
            if len(said) > _SIGNS_OF_ONE:
                break
            is_over = last + 1 == len(row) or row[last + 1].before != _PLAINLY
            if is_led and is_over and len(said) >= _FEWEST and _is_number(text, row, first, last, said):
                yield *leading.with_words(text, begin.start, row[last].end), f"\n{said.upper()}\n"
                break


def _is_number(text: str, row: list[_Group], first: int, last: int, said: str) -> bool:
    if not said[-1].isalnum() or "+" in said[1:]:
        return False
    code = said.upper()
    if certain.is_account(code) or certain.is_security_number(code) or certain.is_card(code):
        return True
    return certain.is_phone(said) and _is_phone(text, row, first, last)


def _is_phone(text: str, row: list[_Group], first: int, last: int) -> bool:
    """Whether words lead from each piece of it to the next, or it is told what it is, and no further number follows."""
    if row[first].said == "0" and any(len(group.said) > 1 for group in row[first + 1 : last + 1]):
        return False
    if row[first].before == _LEADING or (last + 1 < len(row) and row[last + 1].before == _LEADING):
        return False
    gaps = {group.before for group in row[first + 1 : last + 1]}
    values = [int(group.said) for group in row[first : last + 1]]
    is_listed = _PLAINLY not in gaps and all(a < b for a, b in pairwise(values))  # as articles, days and pages are
    if _BY_SIGNS not in gaps and not is_listed:
        return True
    return _CALLS.search(text, max(0, row[first].start - _BEFORE), row[first].start) is not None
