"""What a row of digits may be, in the order given or in another, and how one writes it."""

from collections.abc import Iterator
from itertools import pairwise

from vidocq.detect.detectors.card import issuer_of
from vidocq.detect.detectors.rib import key_holds
from vidocq.detect.detectors.siret import siret_holds
from vidocq.detect.numbers import luhn
from vidocq.filters.views.digits import counting

_CALLED, _SIRET, _NIR, _CARD, _IBAN = 10, 14, 15, 16, 25
"""Digits of a French telephone number, of a SIRET, of a NIR, of most cards, and of a French IBAN."""
PROTECTED = (_NIR, _IBAN)
"""Lengths of those that chance hardly makes."""
_SHORT_CARD, _GERMAN = 15, 20
"""Digits of an American Express card, and of a German IBAN."""
_CHECKED = (_SIRET, _NIR)
_FEW = 4
_FILLED = 20
"""Digits of the shortest number with as many others between them."""
_COUNTING = "01234567890123456789"
SHIFTS = (
    *(str.maketrans("0123456789", _COUNTING[by : by + 10]) for by in range(10)),
    str.maketrans("0123456789", "9876543210"),
)


def protected(digits: str) -> str | None:
    """A NIR or a French IBAN, from the front or the back."""
    if counting.is_counted(digits):
        return None
    for turned in (digits, digits[::-1]):
        if len(turned) == _NIR and _is_nir(turned):
            return spaced(turned)
        if len(turned) == _IBAN and _is_french_iban(turned):
            return f"FR{turned}"
    return None


def is_account(code: str) -> bool:
    """Whether the check digits of an IBAN hold (ISO 13616), of capitals and digits alone."""
    return int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def is_card(digits: str) -> bool:
    """Of sixteen digits, in a range that is seen every day, with its check digit."""
    return len(digits) == _CARD and issuer_of(digits) == "common" and luhn(digits)


def spaced(digits: str) -> str:
    """A NIR as one writes it."""
    return " ".join(digits[a:b] for a, b in pairwise((0, 1, 3, 5, 7, 10, 13, 15)))


def number(groups: list[str], *, is_listed: bool) -> str | None:
    """What groups of digits make, that have the same between them. Digits in one go are rather something else.

    is_listed  there are words or commas between the groups: then they may be several numbers.
    """
    if groups[0] == "0" and len(groups) == 2:  # a share, to many places
        return None
    if (
        _counts(groups)
        or counting.is_counted("".join(groups))
        or (is_listed and len(groups) == 2 and len(groups[0]) != len(groups[1]))
    ):
        return None
    if is_listed and len(groups) > 1 and groups[0].startswith("330") and len(groups[0]) > len("33"):
        return None  # ports, years: nobody parts the code of the country from a nought by nothing
    for digits in _orders(groups, is_listed=is_listed):
        written = None if _is_listed_by_threes(groups, digits) else _as_number(digits)
        if written is not None:
            return written.replace(" ", "") if len(groups) == 1 else written
    return None


def _is_listed_by_threes(groups: list[str], digits: str) -> bool:
    return len(digits) == _SHORT_CARD and digits[0] == "3" and all(len(group) == 3 for group in groups)


def _counts(groups: list[str]) -> bool:
    """Numbers that are each as much more than the one before as that one is; or of one length that rise, or fall, and are
    close to each other: those of articles, years, pages.
    """
    if counting.count(groups):
        return True
    if len(groups) < _FEW or len({len(group) for group in groups}) > 1 or len(groups[0]) == 1:
        return False
    values = [int(group) for group in groups]
    rising = values if values[0] < values[-1] else values[::-1]
    return all(a < b for a, b in pairwise(rising)) and rising[-1] - rising[0] < rising[0]


def _orders(groups: list[str], *, is_listed: bool) -> Iterator[str]:
    """As given, backwards, groups from last to first, signs of each group or pair turned round; digits moved on by some.

    Where there is no checksum, or one of ten passes, only what is given in many small groups is read in another way.
    """
    digits = "".join(groups)
    is_short = len(digits) < _CARD and len(digits) not in _CHECKED
    yield digits
    if len(groups) == 2 and len(groups[0]) != len(groups[1]):
        return
    if len(digits) >= _FILLED and len(set(digits[1::2])) == 1:
        yield digits[::2]
    pairs = "".join(digits[at : at + 2][::-1] for at in range(0, len(digits), 2))
    if is_short and len(groups) == 1:
        return
    if is_listed and len(groups) == 2 and (groups[1][0] == "0" or not is_short):  # the end, then the beginning
        yield groups[1] + groups[0]
    if (is_short or is_listed) and (len(groups) < _FEW or max(map(len, groups)) > len("06")):
        return
    given = dict.fromkeys(
        (digits, digits[::-1], "".join(groups[::-1]), "".join(group[::-1] for group in groups), pairs)
    )
    yield from given
    for table in SHIFTS[1:] if len(digits) in (_NIR, _IBAN) else (SHIFTS[5],):
        for each in given:
            yield each.translate(table)


def _as_number(digits: str) -> str | None:
    length = len(digits)
    if length in PROTECTED:
        held = protected(digits)
        if held is not None:
            return held
    if (
        length == _CALLED
        and digits[0] == "0"
        and digits[1] != "0"
        and digits not in _COUNTING
        and len(set(digits)) > 2
    ):
        return " ".join(digits[at : at + 2] for at in range(0, 10, 2))
    if digits.startswith("33") and length == 11 and digits[2] != "0":
        return "+33 " + digits[2:]
    if digits.startswith("330") and length == 12 and digits[3] != "0":
        return "+33 " + digits[3:]
    if is_card(digits) and len(set(digits)) > 2:
        return " ".join(digits[at : at + 4] for at in range(0, 16, 4))
    if length == _SHORT_CARD and digits[:2] in ("34", "37") and luhn(digits) and len(set(digits)) > 2:
        return f"{digits[:4]} {digits[4:10]} {digits[10:]}"
    if length == _GERMAN and int(f"{digits[2:]}1314{digits[:2]}") % 97 == 1 and len(set(digits)) > _FEW:
        return f"DE{digits}"
    if length == _SIRET and siret_holds(digits) and len(set(digits)) > 2:
        return f"{digits[:9]} {digits[9:]}"
    return None


def _is_nir(digits: str) -> bool:
    if digits[0] not in "12" or not "01" <= digits[3:5] <= "12" or digits[5:7] == "00" or digits[7:10] == "000":
        return False
    return len(set(digits)) > _FEW and digits[10:13] != "000" and 97 - int(digits[:13]) % 97 == int(digits[13:])


def _is_french_iban(digits: str) -> bool:
    """Both its check digits and the key of the account hold (ISO 13616; arrêté du 30 juillet 1991)."""
    if not key_holds(digits[2:7], digits[7:12], digits[12:23], digits[23:]):
        return False
    return int(f"{digits[2:]}1527{digits[:2]}") % 97 == 1
