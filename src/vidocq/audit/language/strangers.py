"""Persons made up as controls: nobody, yet written as the person they stand beside is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from vidocq.audit.language.persons_file import Subject
from vidocq.core.spans import Category
from vidocq.detect.names.words import folded, listed
from vidocq.detect.sought import NUMBERS

_WORD: Final = re.compile(r"[^\W\d_]+")
_DATE: Final = re.compile(r"(?<!\d)(?:(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})|(\d{4})([-/.])(\d{1,2})\6(\d{1,2}))(?!\d)")
_SHIFT: Final = 365 * 3
_KEPT: Final = 2
"""First digits of a number that stay: what sort of number it is."""
_DRAWN: Final = NUMBERS | {Category.EMAIL, Category.HANDLE, Category.BIRTH_DATE}
_TELLING: Final = NUMBERS | {Category.BIRTH_DATE}
_LONG: Final = 8
"""Digits of a number of the user's own kind: a shorter one, such as a postcode, may be known from what the question tells."""
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


class Strangers:
    """Makes persons who do not exist, from lists of names and from what the members' fields look like.

    A name is drawn from the package's lists; where the member's name stands in another field, such as an address of
    electronic mail, the stranger's stands there. Digits are drawn anew, but for the first two of a number; a day is moved by
    up to three years; any other field is another member's, for a made-up town or trade would be like no other.
    """

    def __init__(self, members: Sequence[Subject], categories: Mapping[str, str]) -> None:
        """categories  of fields, as `Templates.category` gives them, by key."""
        self._categories = categories
        self._names = {
            _plain(value) for one in members for key, value in one.fields.items() if self._is(key, "person")
        }
        self._lists = {name: sorted(listed(name)) for name in ("first_names", "surnames")}
        self._pool: dict[str, list[str]] = {}
        for one in members:
            for key, value in one.fields.items():
                self._pool.setdefault(key, []).append(value)

    def like(self, member: Subject, number: int, *, rng: np.random.Generator) -> Subject:
        """A stranger to stand beside `member`, one of several; withheld fields that cannot be made up for him are left out."""
        instead = self._name(member, rng)
        fields = {key: self._field(key, value, instead, rng) for key, value in member.fields.items()}
        withheld = tuple(key for key in member.withheld if _plain(fields[key]) != _plain(member.fields[key]))
        return replace(
            member,
            person=f"{member.person}/{number}",
            basis="none",
            fields=fields,
            withheld=withheld,
            is_member=False,
            made=True,
        )

    def can_stand_beside(self, member: Subject, key: str) -> bool:
        """Whether a stranger's value of this field is as hard to tell from what the question says as the member's is.

        Of names; and of numbers, days and addresses that are drawn anew, where the question tells no number or day. The city that
        belongs to a postcode, or the day in a social security number, is known to whoever never saw the person, and of a
        stranger it is another.
        """
        category, value = self._category(key), member.fields[key]
        if category == Category.PERSON:
            return True
        is_code = category not in set(Category) and not _WORD.search(value) and sum(map(str.isdigit, value)) >= _LONG
        telling = any(self._category(told) in _TELLING for told in member.known(key))
        return (category in _DRAWN or is_code) and not telling

    def _category(self, key: str) -> str:
        return self._categories.get(key, key)

    def _is(self, key: str, category: str) -> bool:
        return self._categories.get(key, key) == category

    def _name(self, member: Subject, rng: np.random.Generator) -> dict[str, str]:
        """For each word of the member's names, another one, folded as keys and as written."""
        written = [value for key, value in member.fields.items() if self._is(key, "person")]
        while True:
            instead: dict[str, str] = {}
            for value in written:
                words = _WORD.findall(value)
                for place, word in enumerate(words):
                    source = "surnames" if place == len(words) - 1 and len(words) > 1 else "first_names"
                    instead.setdefault(_plain(word), _drawn(self._lists[source], rng))
            names = {_plain(_replaced(value, instead)) for value in written}
            if not names & self._names:
                return instead

    def _field(self, key: str, value: str, instead: Mapping[str, str], rng: np.random.Generator) -> str:
        category = self._categories.get(key, key)
        if category == Category.PERSON:
            return _replaced(value, instead)
        if category == Category.BIRTH_DATE and (moved := _moved(value, rng)) is not None:
            return moved
        if category in NUMBERS or not _WORD.search(value):
            return _redrawn(value, rng, kept=_KEPT)
        if category in {Category.EMAIL, Category.HANDLE}:
            local, at, domain = value.partition("@") if category == Category.EMAIL else (value, "", "")
            named = _after_the_name(local, instead, rng)
            return (_redrawn(local, rng, kept=0) if named is None else named) + at + domain
        others = sorted({other for other in self._pool.get(key, []) if _plain(other) != _plain(value)})
        if not others:
            return _redrawn(value, rng, kept=0) if any(sign.isdigit() for sign in value) else value
        chosen = _drawn(others, rng)
        return _redrawn(chosen, rng, kept=0, digits_only=True) if category == Category.ADDRESS else chosen


def _drawn(among: Sequence[str], rng: np.random.Generator) -> str:
    return among[int(rng.integers(len(among)))]


def _plain(words: str) -> str:
    return folded(words).casefold().strip()


def _replaced(value: str, instead: Mapping[str, str]) -> str:
    """`value` with each of its words that is a key, written as it was: in capitals, in lower case, or neither."""

    def other(match: re.Match[str]) -> str:
        word = match[0]
        found = instead.get(_plain(word))
        if found is None:
            return word
        return found.upper() if word.isupper() and len(word) > 1 else found.lower() if word.islower() else found

    return _WORD.sub(other, value)


def _after_the_name(local: str, instead: Mapping[str, str], rng: np.random.Generator) -> str | None:
    """A name in an address, as `zoe.valmorin`, `zvalmorin` or `valmorin-z`, with the other name in its place; digits are
    drawn anew. None where no word of the name stands in it.
    """
    words = {word: folded(other).lower() for word, other in instead.items() if len(word) > 1}
    initials = {word[0]: other[0] for word, other in words.items()}
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not pattern or re.search(pattern, local, re.IGNORECASE) is None:
        return None
    alone = f"[{''.join(map(re.escape, initials))}]"
    either = rf"(?P<word>{pattern})|(?<![^\W\d_])(?P<initial>{alone})(?=(?:{pattern})|[\W\d_]|$)|(?P<digit>\d)"

    def other(match: re.Match[str]) -> str:
        if match["digit"]:
            return str(int(rng.integers(10)))
        found = words[match[0].lower()] if match["word"] else initials[match[0].lower()]
        return found.upper() if match[0].isupper() else found.capitalize() if match[0][0].isupper() else found

    return re.sub(either, other, folded(local), flags=re.IGNORECASE)


def _redrawn(value: str, rng: np.random.Generator, *, kept: int, digits_only: bool = False) -> str:
    """Each digit, and each letter after the first `kept` signs, drawn anew; everything else stays."""
    made, seen = [], 0
    for sign in value:
        if not sign.isalnum():
            made.append(sign)
            continue
        seen += 1
        if seen <= kept:
            made.append(sign)
        elif sign.isdigit():
            made.append(str(int(rng.integers(10))))
        elif digits_only:
            made.append(sign)
        else:
            letter = LETTERS[int(rng.integers(len(LETTERS)))]
            made.append(letter.upper() if sign.isupper() else letter)
    return "".join(made)


def _moved(value: str, rng: np.random.Generator) -> str | None:
    """The same way of writing another day; None where the day is not written in figures."""
    match = _DATE.search(value)
    if match is None:
        return None
    first = match[1] is not None
    day, month, year = (match[1], match[3], match[4]) if first else (match[8], match[7], match[5])
    sign = match[2] if first else match[6]
    try:
        was = date(int(year), int(month), int(day))
    except ValueError:
        return None
    now = was + timedelta(days=int(rng.integers(1, _SHIFT)) * (1 if rng.integers(2) else -1))
    parts = [f"{now.day:0{len(day)}d}", f"{now.month:0{len(month)}d}", str(now.year)]
    return value[: match.start()] + sign.join(parts if first else parts[::-1]) + value[match.end() :]
