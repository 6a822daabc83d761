"""What a reading that nothing names must be, to be more than chance: its check digits hold, or it ends as an address does."""

import re
from itertools import pairwise

from stdnum import iban

from vidocq.detect.detectors.card import issuer_of
from vidocq.detect.numbers import luhn
from vidocq.filters.views.digits import shapes
from vidocq.filters.views.signs.domains import ANY

_SEPARATOR = re.compile(r"[ .\-/]")
_ACCOUNT = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")
_ADDRESS = re.compile(rf"[^\W_][\w.+-]{{0,62}}@(?:[^\W_][\w-]{{0,62}}\.){{1,4}}(?:{ANY})")
_PHONE = re.compile(r"0[1-9][0-9]{8}|(?:\+33|0033)(?:\(?0\)?)?[1-9][0-9]{8}")
_NIR, _CARDS, _FEW = 15, (15, 16), 4
_GROUPS = frozenset({(4, 4, 4, 4), (4, 6, 5), (1, 2, 2, 2, 3, 3, 2), (13, 2), (1, 2, 2, 2, 6, 2)})
"""Digits of each group of a card, and of a number of social security, as one writes them."""


def is_address(read: str) -> bool:
    return "@" in read and "." in read and _ADDRESS.fullmatch(read.lower()) is not None


def is_account(code: str) -> bool:
    """Without its spaces."""
    if _ACCOUNT.fullmatch(code) is None or not shapes.is_account(code):
        return False
    return bool(iban.is_valid(code, check_country=False))


def is_security_number(digits: str) -> bool:
    return len(digits) == _NIR and digits.isdecimal() and shapes.protected(digits) == shapes.spaced(digits)


def is_card(digits: str) -> bool:
    return (
        len(digits) in _CARDS
        and digits.isdecimal()
        and issuer_of(digits) == "common"
        and luhn(digits)
        and len(set(digits)) > _FEW
    )


def is_phone(read: str) -> bool:
    """Of which the text has to say how it is to be read: nothing checks it."""
    bare = _SEPARATOR.sub("", read)
    return _PHONE.fullmatch(bare) is not None and len(set(bare)) > _FEW - 1


def is_written_as_one(read: str) -> bool:
    """Whether the groups of a number are those in which one writes it, with one sign between them all."""
    gaps = _SEPARATOR.findall(read)
    groups = [len(group) for group in _SEPARATOR.split(read)]
    if not gaps:
        return True
    return len(set(gaps)) == 1 and (tuple(groups) in _GROUPS or set(groups) == {1} or _are_fours(groups))


def _are_fours(groups: list[int]) -> bool:
    return len(groups) > _FEW and all(a == _FEW for a, _ in pairwise(groups)) and 0 < groups[-1] <= _FEW


def is_protected(read: str) -> bool:
    """An account, or a number of social security that stands as one writes it."""
    bare = _SEPARATOR.sub("", read)
    return is_account(bare) or (is_security_number(bare) and is_written_as_one(read))


def is_checked(read: str) -> bool:
    """The same, or a card that stands so."""
    return is_protected(read) or (is_card(_SEPARATOR.sub("", read)) and is_written_as_one(read))
