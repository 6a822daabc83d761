"""What tells a row of figures in a table from a number that is said in pieces."""

import re
from itertools import pairwise

_INSTANT = re.compile(r"(?<![0-9])[0-9]{2}:[0-9]{2}:[0-9]{2}[.,][0-9]{1,6}")
"""With its fraction of a second, which is no figure."""
_AROUND = 240
"""Characters on either side in which other figures are counted."""
_FEWEST = 6
_NUMBER = re.compile(r"(?<![\w.])[-+]?[0-9]{1,9}(?:\.[0-9]{1,6})?(?![\w.,]*[A-Za-z])")
_FIGURE = re.compile(
    r"(?<![\w.])-?(?:0|[1-9][0-9]{0,5})\.[0-9]{1,4}(?![\w.])"  # 0.287, -3.5: no pair of two digits begins with one zero
    r"|(?<![\w.])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![\w.])"  # 419,355
    r"|[0-9][ \u00a0\u202f]?%(?![0-9A-Fa-f]{2})"
    r"|[;\t|]\s*-[0-9]"
)
_CELLS = re.compile(r"[0-9](?:\t| {2,}| ?[|;] ?|,)-?[0-9]")
_PARTED = re.compile(r"[\t|;,]| {2,}")
_MANY = 10
_SAME = re.compile(r"\W*[0-9]{1,2}(?P<gap>\W{1,3})(?:[0-9]{1,2}(?P=gap))+[0-9]{1,2}\W*")


def is_row_of_figures(text: str, start: int, end: int) -> bool:
    """Whether [start, end) holds a decimal, a share or thousands apart, and stands among other numbers; a value said in
    pieces stands by itself, or is cut alike all along."""
    begin, stop = start, end
    while begin > 0 and start - begin < 16 and text[begin - 1] in "0123456789.,-":
        begin -= 1
    while stop < len(text) and stop - end < 16 and text[stop] in "0123456789.,% ":
        stop += 1
    inside = _INSTANT.sub("", text[begin:stop])
    if _SAME.fullmatch(inside):
        return False
    around = text[max(0, begin - _AROUND) : begin] + "\n" + text[stop : stop + _AROUND]
    if _FIGURE.search(inside) is not None:
        return _others(_NUMBER.findall(around)) >= _FEWEST
    if _CELLS.search(inside) is None:
        return False
    rows = " ".join(line for line in around.splitlines() if _PARTED.search(line) is not None)
    return _others(_NUMBER.findall(rows)) >= _MANY


def _others(numbers: list[str]) -> int:
    """How many there are that do not count on, as the heads of columns do."""
    return sum(not (a.isdecimal() and b.isdecimal() and int(b) == int(a) + 1) for a, b in pairwise(["", *numbers]))
