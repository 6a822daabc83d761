"""Arithmetic of identifying numbers."""

SEVEN_DIGITS = r"[0-9](?:[ .\-/()]{0,2}[0-9]){6}"
"""The anchor of all numbers in digits: one for all, for the automaton of many long ones would not fit in a cache."""

LUHN_DOUBLE = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def digits_of(text: str) -> str:
    """The ASCII digits of `text`, in order."""
    return "".join(c for c in text if "0" <= c <= "9")


def luhn(digits: str) -> bool:
    """True if the last digit is the check digit of the others. `digits` holds ASCII digits only.

    Source  ISO/IEC 7812-1, annex B.
    """
    values = [ord(c) - 48 for c in reversed(digits)]
    return (sum(values[::2]) + sum(LUHN_DOUBLE[v] for v in values[1::2])) % 10 == 0


def siren_holds(digits: str) -> bool:
    """True for nine digits with their check digit, not all zero."""
    return len(digits) == 9 and digits != "000000000" and luhn(digits)
