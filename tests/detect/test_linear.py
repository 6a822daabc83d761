"""Time grows as the text does, whatever it repeats."""

import time

import pytest

from vidocq.detect.catalogue import IDENTIFIERS
from vidocq.detect.find import Finder

UNITS = [
    *'a014@([.-:°"\n \u200b\u0301１а',
    *(
        "e\u0301",
        "ﬁ",
        "аb",
        "1 ",
        "1 1 1 1",
        "a.a.",
        "a@",
        "@a",
        "a@b.",
        "a@b.c ",
        "+33",
        "+33 6",
        "00 44 ",
        "06 12 ",
        "06.",
        "1.",
    ),
    *(
        "1.1.1.1 ",
        "::",
        "ab:",
        "AA-123-",
        "FR76 3000 ",
        "123 456 782 ",
        "123456782",
        "eyJabcdefgh.",
        "-----BEGIN ",
        "://a:",
    ),
    *(
        "password:",
        "mot de passe ",
        "banque 12345 guichet ",
        "passeport ",
        "CNI ",
        "48.8566, ",
        "lat: 1.2345 ",
        "(0)",
        "1(1)",
        "tel 1 ",
    ),
]
WORDED = [
    "A",
    "Aa ",
    "Aa Aa",
    "M. ",
    "M. M. M.",
    "J.-P. ",
    "O'A",
    "né ",
    "né le 1 ",
    "1 rue ",
    "1 A St ",
    "12345 A",
    "cancer ",
    "condamné",
]
LONG = ["a", "A", "7", "@", "[", "(", ")", ".", " ", "\n", "\u200b", "１", "é", "1 1 1 1", "a.a.a.a", "+33+33", "a@"]
LONG += ["Aa ", "Aa Aa", "M. M. M.", "1 rue ", "cancer "]
IDENTIFYING, ALL = Finder.of(IDENTIFIERS), Finder.of()


def seconds(text, finder):
    began = time.process_time()
    finder.find(text)
    return time.process_time() - began


def repeated(unit, n):
    return (unit * (n // len(unit) + 1))[:n]


def grows_as_the_text(unit, finder, *, short, long):
    """Does a character of the long text take at most three times what one of the short text takes, in one of three tries?"""
    small = min(seconds(repeated(unit, short), finder) for _ in range(3))
    text, most = repeated(unit, long), 3 * (long / short) * max(small, 0.005)
    return any(seconds(text, finder) <= most for _ in range(3))


@pytest.mark.parametrize("unit", UNITS + WORDED, ids=ascii)
def test_eight_times_the_text_takes_about_eight_times_as_long(unit):
    assert grows_as_the_text(unit, IDENTIFYING, short=20_000, long=160_000)
    assert grows_as_the_text(unit, ALL, short=20_000, long=160_000)


@pytest.mark.parametrize("unit", LONG, ids=ascii)
def test_two_megabytes_of_one_thing(unit):
    assert grows_as_the_text(unit, ALL, short=200_000, long=2_000_000)


SIZES = (1_000_000, 4_000_000, 10_000_000)
ONE_THING = [
    *LONG,
    *"\"'`«’-–_/:;{}]|<>=#é",
    "e\u0301",
    "\u00ad",
    "\u202f",
    "а",
    "аb",
    "ﬁ",
    "\r\n",
    "\n\n",
    '"a" ',
    "nom: ",
]


@pytest.mark.slow
@pytest.mark.parametrize("unit", ONE_THING, ids=ascii)
def test_a_byte_takes_as_long_at_ten_megabytes_as_at_one(unit):
    """All detectors together. A square law would make a byte ten times slower; twice is left to caches and to chance."""
    for _ in range(3):
        each = [max(seconds(repeated(unit, size), ALL), 0.02) / size for size in SIZES]
        if max(each[1:]) <= 2 * each[0]:
            return
    pytest.fail(f"ns a code point at {SIZES}: {[round(1e9 * one, 1) for one in each]}")
