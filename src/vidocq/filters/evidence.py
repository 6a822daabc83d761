"""Whether what was read in a disguise is more than chance: its digits belong together, and to nothing larger.

Ten digits that begin with a zero are a telephone number, and of ten rows of numbers one begins so: what has no checksum
counts only where the layout says that it is one thing, not the middle of a longer row, nor times, dates or what counts on.
The further a reading is from what stands there (backwards, moved on, in another order), the fewer numbers may stand around,
each of which would have been read so too, unless the text tells how it is to be read.
"""

import re
from itertools import pairwise

from vidocq.core.spans import Category
from vidocq.filters.other_numbers import is_something_else
from vidocq.filters.place import BEFORE, CUT, DATE, DIGITS, NEAR, TIME, Place, with_digits
from vidocq.filters.views.digits.counting import is_counted, rise_alike

_CROWD = 7
"""Numbers in rows around, from which on nothing is read in another order than it stands."""
_IBAN = 25
"""Digits of a French IBAN, which two keys protect."""
_FEW_DIGITS = 4
"""Different digits of a card that are too few: of one in ten thousand."""
_UNCERTAIN = frozenset(
    {Category.PHONE, Category.CARD, Category.SIRET, Category.SIREN, Category.RPPS, Category.VAT, Category.NIF}
)
"""Kinds of which chance makes one in a hundred rows, or more."""
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\W_]")
_BITS = re.compile(r"(?<![0-9])[01]{8,}(?![0-9])")
TOLD = frozenset(
    [
        "acrostic",
        "alike",
        "blocks",
        "cleared",
        "drawn",
        "every second",
        "expression",
        "filled",
        "foreign",
        "fragments",
        "groups",
        "hidden",
        "keypad",
        "large",
        "legend",
        "lengths",
        "letter names",
        "mirrored",
        "offset",
        "ordinals",
        "ranks",
        "reckoned",
        "shifted",
        "taken out",
        "terms",
        "told",
        "turned",
        "turned in place",
        "variables",
        "versed",
        "woven",
        "xor",
    ]
)
"""A program, or the text, says how these are put together; or what reads them looks at the layout itself."""
_CODED = re.compile(
    r"base|hex|binary|codes|octal|dump|uuencode|utf-7|moved|atbash|morse|quoted|percent|escapes|entities|points|grouped|taken|variables"
)
_TWICE = re.compile(r"(?P<a>[0-9]{2})(?P=a)(?P<b>[0-9]{2})(?P=b)(?:(?P<c>[0-9]{2})(?P=c))?")
_FIVES = re.compile(r"(?<![\w.,])[0-9]{5}(?![\w.]*[0-9])")
_STAMP = re.compile(r"(?<![0-9])1[4-9][0-9]{8}(?![0-9])")
_QUOTE = re.compile("[\"'`]")
_LARGEST_DRAWN = 70
_FEWEST_COUNTED = 5
_COUNTING = "01234567890123456789"
_SHIFTS = (
    *(str.maketrans("0123456789", _COUNTING[by : by + 10]) for by in range(10)),
    str.maketrans("0123456789", "9876543210"),
)
_KEY = re.compile(r"(?:[\"'] ?: ?|\w=)\Z")
_TOLD = re.compile(
    r"envers|invers|revers|backward|retourn|miroir|mirror|d[ée]cal|shift|\brot ?-?[0-9]|permut|swap|[ée]chang|rebours|"
    r"right[ -]to[ -]left|rtl|bdo|\u202e|\[::-1\]|flip",
    re.IGNORECASE,
)
_AS_ONE_CALLS = re.compile(r"0[1-9](?P<gap>[ .-])[0-9]{2}(?:(?P=gap)[0-9]{2}){3}")
_PARTS = re.compile(r"[()\n;]")
_COORDINATES = re.compile(r"[0-9]°[0-9]{1,2}(?![0-9])[^°]*\Z|-?[0-9]{1,3}\.[0-9]{4,8}, ?-?[0-9]{1,3}\.[0-9]{4,8}\Z")
_INSTANT = re.compile(r"[0-9]T[0-9]{2}:[0-9]{2}")
_BORDER = re.compile(r"(?<![0-9])\|(?![0-9])")
_BEYOND = re.compile(r" ?:[\"']|=\w")
_LOTTERY = re.compile(
    r"\b(?:loto|lotto|euromillions|tirage|draw|jackpot|bonus ball|lottery|powerball|mega ?(?:millions|sena)|keno)\b",
    re.IGNORECASE,
)


def stands(place: Place, found: str, category: Category, beyond: str = "") -> bool:
    """Whether `found`, read there, is evidence of an identifier of this category.

    beyond  what follows it in the reading.
    """
    digits = "".join(DIGITS.findall(with_digits(found)))
    given = "".join(place.groups)
    if category == Category.PHONE and given == digits and (_is_drawn(place) or _is_among_longer(place)):
        return False
    if is_something_else(place, digits, category):
        return False
    if place.name == "plain":
        return True
    if not TOLD.isdisjoint(place.name.split("+")):
        return not (
            _counts_on(given)
            or _are_years(place.groups)
            or (_rises(place.groups) and min(map(len, place.groups)) > 2)
        )
    is_given = given in (digits, digits.removeprefix("33"), "0" + digits.removeprefix("33"))
    is_turned = not is_given and _is_turned(given, digits)
    if _is_no_number(digits, category) or (
        "reversed" in place.name and category == Category.PHONE and _BEYOND.match(beyond) is not None
    ):
        return False
    if not (is_given or is_turned):
        return _CODED.search(place.name) is not None or not (_has_borders(place) or _is_something_else(place))
    if _has_borders(place) or _is_something_else(place) or rise_alike(place.groups, fewest=_FEWEST_COUNTED):
        return False
    return _is_one(place, found, category, is_turned=is_turned) and (
        not is_turned or _is_land(place, found, category) or _is_told(place) or _may_be_turned(place, category)
    )


def _is_no_number(digits: str, category: Category) -> bool:
    if digits and len(set(digits)) == 1:  # such as a line to write on, turned
        return True
    return _counts_on(digits) or _is_twice(digits) or (category == Category.CARD and len(set(digits)) <= _FEW_DIGITS)


def _is_something_else(place: Place) -> bool:
    if any(p.search(place.text, place.start, place.end) is not None for p in (_COORDINATES, _INSTANT)):
        return True
    return _BITS.search(place.inside) is not None or place.are_times


def _has_borders(place: Place) -> bool:
    """Whether the borders of a table were read as ones."""
    return "lookalike" in place.name and _BORDER.search(place.text, place.start, place.end) is not None


def _is_land(place: Place, found: str, category: Category) -> bool:
    """Whether this is an account of which the country is told, or two keys hold."""
    land, written = found[:2].upper(), place.inside.upper()
    bare = _BETWEEN.sub("", written)
    return category == Category.IBAN and (
        len("".join(place.groups)) == _IBAN
        or land in written
        or land[::-1] in written
        or bare.startswith(land)
        or bare.endswith(land[::-1])
    )


def _is_one(place: Place, found: str, category: Category, *, is_turned: bool) -> bool:
    """Whether the layout says that the groups are those of one number."""
    if _is_land(place, found, category):
        return True
    if "lookalike" in place.name and place.is_mixed and not place.is_regular and not place.has_tags:
        return False
    if category not in _UNCERTAIN and category != Category.IBAN:
        return True
    if "lookalike" in place.name and category in (Category.CARD, Category.SIRET) and not place.is_regular:
        return False
    if category == Category.PHONE and place.inside.startswith("+33") and not is_turned:
        return not place.goes_on and not place.is_code
    if category == Category.PHONE and "strings" in place.name and _AS_ONE_CALLS.fullmatch(found) is not None:
        return not place.goes_on  # strings put together, whatever they were cut into
    groups = [len(group) for group in place.groups]
    if (category == Category.PHONE or is_turned or not place.is_regular) and place.goes_on:
        return False
    if (
        category in (Category.PHONE, Category.SIRET)
        and place.is_mixed
        and not place.is_regular
        and not place.has_tags
        and not place.is_by_itself
    ):
        return False
    if category != Category.PHONE:
        return True
    is_listed = any(("," in gap or ";" in gap) and not _QUOTE.search(gap) for gap in place.gaps)
    if is_listed and (not place.is_regular or _rises(place.groups)):
        return False
    is_parted = not place.has_tags and bool(place.gaps) and _PARTS.search(place.gaps[0]) is not None
    if (
        groups == [5, 5]
        and CUT.fullmatch(place.gaps[0]) is None
        and (is_parted or _FIVES.search(place.around) is not None)
    ):
        return False
    return not place.is_code


def _may_be_turned(place: Place, category: Category) -> bool:
    """Whether what stands there may be read in another order, or moved on, though nothing says so."""
    if not place.is_regular and place.is_mixed:
        return False
    if len(set(place.gaps)) > 2 or (place.is_mixed and any(_WORD.search(gap) for gap in place.gaps)):
        return False
    given = "".join(place.groups)
    if category == Category.PHONE:
        if max(given) <= "5" or _rises(place.groups):
            return False
        if any("," in gap and "\n" in gap for gap in place.gaps):
            return False
        before, after = place.text[: place.start].rstrip(), place.text[place.end :].lstrip()
        first, last = place.text[place.start], place.text[place.end - 1]
        first, last = first if first in "[({" else before[-1:], last if last in "])}" else after[:1]
        if any("," in gap for gap in place.gaps) and first in ("[", "(", "{") and last in ("]", ")", "}"):
            return False
        if len(place.groups) == 1 and given[0] == "1":
            head = place.text[max(0, place.start - 4) : place.start]
            if _KEY.search(head) is not None or (given[1] >= "4" and _is_stamp(place, head)):
                return False
    return place.in_rows < _CROWD


def _is_stamp(place: Place, head: str) -> bool:
    """Whether seconds since 1970 may be told here: at the beginning of a line, or beside others, or times."""
    return head[-1:] in ("", "\n") or any(p.search(place.around) for p in (_STAMP, TIME, DATE))


def _is_turned(given: str, digits: str) -> bool:
    """Whether the digits that stand there are those that were read, in another order or moved on."""
    for wanted in {digits, digits.removeprefix("33"), "0" + digits.removeprefix("33")}:
        if len(wanted) == len(given):
            counted = sorted(wanted)
            if any(sorted(given.translate(table)) == counted for table in _SHIFTS):
                return True
    return False


def _is_told(place: Place) -> bool:
    is_one = not (place.is_mixed and not place.is_regular) and not place.goes_on
    return is_one and (_TOLD.search(place.around) is not None or _TOLD.search(place.inside) is not None)


def _are_years(groups: list[str]) -> bool:
    return len(groups) > 1 and all(len(group) == 4 and "1500" < group < "2100" for group in groups)


def _rises(groups: list[str]) -> bool:
    values = [int(group) for group in groups]
    return len(values) > 4 and all(a < b for a, b in pairwise(values))


def _counts_on(digits: str) -> bool:
    """Whether each digit is the one before it and one more, or one less, as when somebody counts."""
    if is_counted(digits):
        return True
    steps = [(int(b) - int(a)) % 10 for a, b in pairwise(digits)]
    return len(steps) > 7 and max(steps.count(1), steps.count(9)) >= len(steps) - 1


def _is_twice(digits: str) -> bool:
    """Whether numbers stand there twice each: in digits and in words."""
    twice = _TWICE.search(digits)
    return twice is not None and (twice["c"] is not None or len(digits) < 12) and len(set(digits)) > 2


def _is_drawn(place: Place) -> bool:
    """Numbers of a draw, which are told in their order."""
    return (
        len(place.groups) > 4
        and _rises(place.groups)
        and int(place.groups[-1]) <= _LARGEST_DRAWN
        and _LOTTERY.search(place.around) is not None
    )


def _is_among_longer(place: Place) -> bool:
    """One of a row of numbers of ten digits that are no telephone numbers."""
    if len(place.groups) != 1:
        return False
    before = BEFORE.search(place.text, max(0, place.start - NEAR), place.start)
    return before is not None and before["gap"] == " " and len(before["number"]) == 10 and before["number"][0] != "0"
