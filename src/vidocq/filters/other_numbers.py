"""Rows of digits that are something else by what they say: counting, bytes, amounts by thousands, sums, numbers of parts."""

import re
from itertools import pairwise

from vidocq.core.spans import Category
from vidocq.filters.place import Place

_ALONE = re.compile(r"[\d\s.,;:/|()\[\]{}\"'`«»&-]*")
"""Digits and what parts them; no words that labels would count."""
_COUNTED = "".join(map(str, range(101))) + " " + "".join(map(str, range(100, -1, -1)))
_FEWEST_COUNTED, _LONG = 5, 10
_BYTES = re.compile(r"[0-9A-F]{2}(?P<gap>[ :-])(?:[0-9A-F]{2}(?P=gap)){2,256}[0-9A-F]{2}", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?P<gap>[ \u00a0\u202f,.'’_])[0-9]{3}(?:(?P=gap)[0-9]{3}){1,8}")
_SUM = re.compile(r"[0-9]+(?P<sign>\s?[+*×x÷/−-]\s?)[0-9]+(?:(?P=sign)[0-9]+){1,30}")
_EQUALS = re.compile(r"\s?[=≈]\s?[0-9]")
_PART = re.compile(
    r"\b(?:bosch|valeo|sachs|mann|mahle|brembo|ate|luk|skf|ngk|denso|hella|purflux|legrand|schneider|siemens|oem|part numbers?|part no|"
    r"num[ée]ros? de pi[èe]ce|pi[èe]ces? d[ée]tach[ée]es?|spare parts?|spark plugs?|bougies?|filtres?|filters?|injectors?|injecteurs?)\b[^.!?\n]{0,80}\Z",
    re.IGNORECASE,
)
_OF_PARTS = {(1, 3, 3, 3), (3, 3, 3, 1)}
"""Lengths of the groups of digits in numbers of parts."""
_NEAR = 100
_CHECKED = frozenset({Category.NIR, Category.IBAN})


def is_something_else(place: Place, digits: str, category: Category) -> bool:
    """Whether the row that stands there is no identifier of this category, whatever is read in it.

    digits  those that were read.
    """
    if category in _CHECKED:
        return False
    is_given = "".join(place.groups) == digits
    if place.name == "plain":
        return _is_counting(place) and not place.text[place.start : place.end].isascii()
    return (
        _is_counting(place)
        or _are_bytes(place, is_given=is_given)
        or _is_amount(place, is_given=is_given)
        or _is_sum(place)
        or (category == Category.PHONE and _is_part(place))
    )


def _is_counting(place: Place) -> bool:
    if _ALONE.fullmatch(place.inside) is None:
        return False
    given = "".join(place.groups)
    if len(given) >= _LONG and given in _COUNTED:
        return True
    steps = {int(b[:9]) - int(a[:9]) for a, b in pairwise(place.groups)}
    return len(place.groups) >= _FEWEST_COUNTED and len(steps) == 1 and steps != {0}


def _are_bytes(place: Place, *, is_given: bool) -> bool:
    """Pairs in hexadecimal, of which letters were taken for digits, and then in another order."""
    return "lookalike" in place.name and not is_given and _BYTES.fullmatch(place.text, place.start, place.end) is not None


def _is_amount(place: Place, *, is_given: bool) -> bool:
    """By thousands, and read in another way than it stands."""
    return not is_given and _THOUSANDS.fullmatch(place.text, place.start, place.end) is not None


def _is_sum(place: Place) -> bool:
    return (
        _SUM.fullmatch(place.text, place.start, place.end) is not None
        and _EQUALS.match(place.text, place.end) is not None
    )


def _is_part(place: Place) -> bool:
    sizes = tuple(len(group) for group in place.groups)
    return sizes in _OF_PARTS and _PART.search(place.text[max(0, place.start - _NEAR) : place.start]) is not None
