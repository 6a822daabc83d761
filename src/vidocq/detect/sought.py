"""Is a value of someone given in a text, however it is written there?"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import phonenumbers

from vidocq.core.errors import DataError
from vidocq.core.spans import Category
from vidocq.detect.dates import date_at, first_date
from vidocq.detect.names.words import folded
from vidocq.detect.normalised import spelling
from vidocq.detect.numbers import digits_of

NUMBERS: Final = frozenset(
    {
        Category.PHONE,
        Category.NIR,
        Category.NIF,
        Category.IBAN,
        Category.RIB,
        Category.CARD,
        Category.SIREN,
        Category.SIRET,
        Category.VAT,
        Category.RPPS,
        Category.PLATE,
        Category.PASSPORT,
        Category.IDENTITY_CARD,
        Category.MAC,
    }
)
"""Signs that are grouped as one likes."""
FEWEST_SIGNS: Final = 2
_BETWEEN: Final = r"[ .,\-–/_():]{0,3}"
_ABROAD: Final = rf"(?:(?:\+|00) ?[1-9][0-9]{{0,2}}{_BETWEEN}(?:\(?0\)?{_BETWEEN})?|\(?0\)?{_BETWEEN}|1{_BETWEEN})?"
_AT, _DOT = r"(?: ?[\[(]?(?:@|at|arobase)[\])]? ?)", r"(?:\.| ?[\[(](?:dot|point|\.)[\])] ?)"
_WORD: Final = re.compile(r"[^\W_]+")
_FIGURES: Final = re.compile(r"\d+")
_MONTHS: Final = {
    start: month
    for month, starts in enumerate(
        (
            ("jan",), ("fev", "feb"), ("mar",), ("avr", "apr"), ("mai", "may"), ("juin", "jun"), ("juil", "jul"),
            ("aou", "aug"), ("sep",), ("oct",), ("nov",), ("dec",),
        ),
        start=1,
    )
    for start in starts
}  # fmt: skip
_SHORTENED: Final = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard", "pl": "place",
    "r": "rue", "ch": "chemin", "chem": "chemin", "imp": "impasse", "all": "allee", "rte": "route", "sq": "square",
    "fg": "faubourg", "fbg": "faubourg", "st": "saint", "ste": "sainte", "rd": "road", "ln": "lane", "street": "saint",
}  # fmt: skip
"""`St` is a saint or a street: both are spelt alike here."""


@dataclass(frozen=True, repr=False, eq=False)
class Sought:
    """A value to look for. Never shows it.

    Numbers are equal whatever parts their digits, telephone numbers with or without the code of their country; e-mail
    addresses whatever their case and with [at]; dates however they are written; names in either order; everything else
    word by word, without case, accents and punctuation. Nothing is found inside a longer number or word.
    """

    category: str
    _value: str

    @classmethod
    def of(cls, category: str, value: str) -> Self:
        """category  one of core.spans.Category, or any other word, for a value that is compared word by word.

        Raises  DataError where nothing, or a single sign, is left of the value: it would be found everywhere.
        """
        sought = cls(category, value)
        if len("".join(_WORD.findall(value))) < FEWEST_SIGNS:
            raise DataError(
                f"a value of the field '{category}' has no two letters or digits to look for",
                where="detect.sought",
                fix="leave this field out, or give its whole value",
            )
        return sought

    def stands_in(self, text: str) -> bool:
        """Whether the value is given anywhere in `text`."""
        read = spelling(text)
        if self._date is not None:
            return any(_same(self._date, found) for found in _dates(read))
        if self._pattern is not None:
            return self._pattern.search(read) is not None
        wanted, given = _words(self._value, self.category), _words(read, self.category)
        if self.category == Category.PERSON:
            wanted = sorted(wanted)
            return any(sorted(given[at : at + len(wanted)]) == wanted for at in range(len(given) - len(wanted) + 1))
        return any(given[at : at + len(wanted)] == wanted for at in range(len(given) - len(wanted) + 1))

    @cached_property
    def _date(self) -> "_Date | None":
        return _date(self._value) if self.category == Category.BIRTH_DATE else None

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _pattern(self.category, self._value)

    def __repr__(self) -> str:
        return f"Sought({self.category})"


def _pattern(category: str, value: str) -> re.Pattern[str] | None:
    """What numbers and addresses of the network look like; None where words are compared."""
    plain = spelling(value).strip()
    if category == Category.PHONE:
        return re.compile(rf"(?<![0-9]){_ABROAD}{_apart(_national(plain))}(?![0-9])")
    if category == Category.EMAIL and "@" in plain:
        local, _, domain = plain.partition("@")
        written = re.escape(local) + _AT + _DOT.join(re.escape(label) for label in domain.split("."))
        return re.compile(rf"(?<![\w.+%-]){written}(?![\w-]|\.\w)", re.IGNORECASE)
    if category == Category.HANDLE:
        return re.compile(rf"(?<![\w]){re.escape(plain.lstrip('@'))}(?![\w])", re.IGNORECASE)
    signs = "".join(_WORD.findall(plain))
    if category in NUMBERS or (signs.isdigit() and category not in set(Category)):
        return re.compile(rf"(?<![^\W_]){_apart(signs)}(?![^\W_])", re.IGNORECASE)
    return None


def _apart(signs: str) -> str:
    return _BETWEEN.join(re.escape(sign) for sign in signs)


def _national(number: str) -> str:
    """The digits of a telephone number without the code of its country and what is dialled within it."""
    digits = digits_of(number)
    try:
        return str(phonenumbers.parse(number, "FR").national_number)
    except phonenumbers.NumberParseException:
        return digits.lstrip("0") or digits


def _words(text: str, category: str) -> list[str]:
    words = [folded(word).casefold() for word in _WORD.findall(text)]
    return [_SHORTENED.get(word, word) for word in words] if category == Category.ADDRESS else words


@dataclass(frozen=True)
class _Date:
    year: int
    month: int
    day: int


def _same(one: _Date, other: _Date) -> bool:
    short = min(one.year, other.year) < 100
    years = (one.year % 100, other.year % 100) if short else (one.year, other.year)
    return years[0] == years[1] and (one.month, one.day) == (other.month, other.day)


def _dates(text: str) -> list[_Date]:
    found, at = [], 0
    while (match := first_date(text, at, len(text))) is not None:
        date = _date(match[0])
        if date is not None:
            found.append(date)
        at = max(match.end(), at + 1)
    return found


def _date(written: str) -> _Date | None:
    """Day before month, unless that is no date; None for one written in words, or without its day."""
    plain = spelling(written).strip()
    if date_at(plain, 0) is None and first_date(plain, 0, len(plain)) is None:
        return None
    numbers = [int(figure) for figure in _FIGURES.findall(plain)]
    named = next(
        (month for word in _words(plain, "") for start, month in _MONTHS.items() if word.startswith(start)), 0
    )
    if named and len(numbers) == 2:
        day, year = numbers
        return _Date(year, named, day)
    if len(numbers) != 3:
        return None
    if numbers[0] > 31:
        year, month, day = numbers
    else:
        day, month, year = numbers
    return _Date(year, day, month) if month > 12 else _Date(year, month, day)
