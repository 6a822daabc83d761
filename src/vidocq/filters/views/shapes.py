"""What a row of digits may be, in the order given or in another, and how one writes it."""

from collections.abc import Iterator

from vidocq.detect.detectors.card import issuer_of
from vidocq.detect.detectors.siret import siret_holds
from vidocq.detect.numbers import luhn

PROTECTED = (15, 25)
"""Lengths of a NIR and of the digits of a French IBAN, which chance hardly makes."""
_COUNTING = "01234567890123456789"
_SHIFTS = tuple(str.maketrans("0123456789", (_COUNTING[by:])[:10]) for by in range(10))
_FIVE = _SHIFTS[5]
_CALLED = 10
"""Digits of a French telephone number."""
_MOBILE = ("06", "07")


def protected(digits: str, *, is_alone: bool) -> str | None:
    """A NIR or a French IBAN, each digit moved on by the same or none, from the front or the back.

    is_alone  they stand together: then what is written as usual is left to others.
    """
    for turned in (digits, digits[::-1]):
        for by, table in enumerate(_SHIFTS):
            if is_alone and not by and turned is digits and len(digits) == 15:
                continue
            moved = turned.translate(table)
            if len(moved) == 15 and _is_nir(moved):
                return " ".join((moved[0], moved[1:3], moved[3:5], moved[5:7], moved[7:10], moved[10:13], moved[13:]))
            if len(moved) == 25 and _is_french_iban(moved):
                return f"FR{moved}"
    return None


def number(groups: list[str]) -> str | None:
    """What groups of digits make, that have the same between them. Digits in one go are rather something else."""
    for digits in _orders(groups):
        written = _as_number(digits)
        if written is not None:
            return written.replace(" ", "") if len(groups) == 1 else written
    return None


def _orders(groups: list[str]) -> Iterator[str]:
    """As given, backwards, groups from last to first, each group turned round, digits moved on by five."""
    digits = "".join(groups)
    if len(groups) == 1 and len(digits) == _CALLED:
        yield digits
        if digits.translate(_FIVE).startswith(_MOBILE):
            yield digits.translate(_FIVE)
        return
    given = dict.fromkeys((digits, digits[::-1], "".join(groups[::-1]), "".join(group[::-1] for group in groups)))
    yield from given
    for each in given:
        yield each.translate(_FIVE)


def _as_number(digits: str) -> str | None:
    length = len(digits)
    if length in PROTECTED:
        held = protected(digits, is_alone=False)
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
    if length == 16 and issuer_of(digits) == "common" and luhn(digits) and len(set(digits)) > 2:
        return " ".join(digits[at : at + 4] for at in range(0, 16, 4))
    if length == 14 and siret_holds(digits) and len(set(digits)) > 2:
        return f"{digits[:9]} {digits[9:]}"
    return None


def _is_nir(digits: str) -> bool:
    known = digits[0] in "12" and "01" <= digits[3:5] <= "12" and digits[5:7] != "00" and digits[7:10] != "000"
    return known and digits[10:13] != "000" and 97 - int(digits[:13]) % 97 == int(digits[13:])


def _is_french_iban(digits: str) -> bool:
    """Both its check digits and the key of the account hold (ISO 13616; arrêté du 30 juillet 1991)."""
    bank, branch, account, key = int(digits[2:7]), int(digits[7:12]), int(digits[12:23]), int(digits[23:])
    if 97 - (89 * bank + 15 * branch + 3 * account) % 97 != key:
        return False
    return int(f"{digits[2:]}1527{digits[:2]}") % 97 == 1
