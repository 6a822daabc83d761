"""Rows of digits that are something else by what they say: counting, bytes, amounts by thousands, sums, numbers of parts or books."""

import re

from stdnum import isbn

from vidocq.core.spans import Category
from vidocq.filters.place import DIGITS, Place, with_digits
from vidocq.filters.views.digits.counting import is_counted, rise_alike

_ALONE = re.compile(r"[\d\s.,;:/|()\[\]{}\"'`«»&-]*")
"""Digits and what parts them; no words that labels would count."""
_FEWEST_COUNTED = 5
_BYTES = re.compile(r"[0-9A-F]{2}(?P<gap>[ :-])(?:[0-9A-F]{2}(?P=gap)){2,256}[0-9A-F]{2}", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?P<gap>[ \u00a0\u202f,.'’_])[0-9]{3}(?:(?P=gap)[0-9]{3}){1,8}")
_TURNED = frozenset({"rot5", "from nine", "reversed", "gathered", "exchanged", "pairs"})
_SUM = re.compile(r"[0-9]+(?P<sign>\s?[+*×x÷/−-]\s?)[0-9]+(?:(?P=sign)[0-9]+){1,30}")
_BOOK, _BOOK_NEAR = re.compile(r"\bISBN(?:-1[03])?(?![^\W_])[^0-9]{0,40}\Z", re.IGNORECASE), 48
_EQUALS = re.compile(r"\s?[=≈]\s?[0-9]")
_PART = re.compile(
    r"\b(?:bosch|valeo|sachs|mann|mahle|brembo|ate|luk|skf|ngk|denso|hella|purflux|legrand|schneider|siemens|oem|part numbers?|part no|"
    r"constructeur|manufacturer|num[ée]ros? de pi[èe]ce|pi[èe]ces? d[ée]tach[ée]es?|spare parts?|spark plugs?|bougies?|filtres?|filters?|injectors?|injecteurs?)\b[^.!?\n]{0,80}\Z",
    re.IGNORECASE,
)
_OF_PARTS = {(1, 3, 3, 3), (3, 3, 3, 1)}
"""Lengths of the groups of digits in numbers of parts."""
_LIKE_IT = re.compile(r"(?<![\w ])[ ]?0 [0-9]{3} [0-9]{3} [0-9]{3}(?!\w)")
"""Another one: they are listed."""
_PAIRS = re.compile(r"[0-9], ?[0-9]{1,4}[)\]], ?[(\[][0-9]{1,4}, ?[0-9]")
_FEWEST_ENDS, _FEWEST_SHARED = 6, 2
_NEAR = 100
_CHECKED = frozenset({Category.NIR, Category.IBAN})


def is_something_else(place: Place, digits: str, category: Category) -> bool:
    """Whether the row that stands there is no identifier of this category, whatever is read in it.

    digits  those that were read.
    """
    written = place.text[place.start : place.end]
    if is_counting(written) and not (place.name == "plain" and written.isascii()):
        return True
    if category in _CHECKED:
        return False
    if _is_book(place):
        return True
    if place.name == "plain":
        return False
    is_given = "".join(place.groups) == digits
    return (
        _are_bytes(place, is_given=is_given)
        or _is_amount(place, is_given=is_given)
        or _is_sum(place)
        or (category == Category.PHONE and (_is_part(place) or _are_edges(place)))
    )


def is_counting(inside: str) -> bool:
    """Whether what stands there counts, and holds nothing that such labels are put before."""
    if _ALONE.fullmatch(inside) is None:
        return False
    groups = DIGITS.findall(with_digits(inside))
    return is_counted("".join(groups)) or rise_alike(groups, fewest=_FEWEST_COUNTED)


def _are_bytes(place: Place, *, is_given: bool) -> bool:
    """Pairs in hexadecimal, of which letters were taken for digits, and then in another order."""
    return (
        "lookalike" in place.name
        and not is_given
        and _BYTES.fullmatch(place.text, place.start, place.end) is not None
    )


def _is_amount(place: Place, *, is_given: bool) -> bool:
    """By thousands, of which the digits were moved on or put in another order."""
    return (
        not is_given
        and not _TURNED.isdisjoint(place.name.split("+"))
        and _THOUSANDS.fullmatch(place.text, place.start, place.end) is not None
    )


def _is_book(place: Place) -> bool:
    """By its check digit too: anything may be called so."""
    return _BOOK.search(place.text, max(0, place.start - _BOOK_NEAR), place.start) is not None and bool(
        isbn.is_valid(place.text[place.start : place.end])
    )


def _is_sum(place: Place) -> bool:
    return (
        _SUM.fullmatch(place.text, place.start, place.end) is not None
        and _EQUALS.match(place.text, place.end) is not None
    )


def _is_part(place: Place) -> bool:
    sizes = tuple(len(group) for group in place.groups)
    if sizes not in _OF_PARTS:
        return False
    before, after = place.text[max(0, place.start - _NEAR) : place.start], place.text[place.end : place.end + _NEAR]
    return _PART.search(before) is not None or any(_LIKE_IT.search(part) is not None for part in (before, after))


def _are_edges(place: Place) -> bool:
    """Pairs between brackets, of which each may begin where the last one ended."""
    ends = place.groups
    if len(ends) < _FEWEST_ENDS or _PAIRS.search(place.inside) is None:
        return False
    return sum(a == b for a, b in zip(ends[1::2], ends[2::2], strict=False)) >= _FEWEST_SHARED
