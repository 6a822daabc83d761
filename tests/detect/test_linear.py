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
LONG = ["a", "7", "@", "[", "(", ".", " ", "\u200b", "１", "1 1 1 1", "a.a.a.a", "+33+33", "a@"]
FINDER = Finder.of(IDENTIFIERS)


def seconds(text):
    began = time.process_time()
    FINDER.find(text)
    return time.process_time() - began


def repeated(unit, n):
    return (unit * (n // len(unit) + 1))[:n]


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_eight_times_the_text_takes_about_eight_times_as_long(unit):
    short, long = (min(seconds(repeated(unit, n)) for _ in range(2)) for n in (20_000, 160_000))
    assert long < 24 * max(short, 0.01)


@pytest.mark.slow
@pytest.mark.parametrize("unit", LONG, ids=ascii)
def test_ten_megabytes_of_one_thing(unit):
    """A hundred times what 100,000 characters take, within a factor of three; a square law would give a hundred."""
    short = min(seconds(repeated(unit, 100_000)) for _ in range(3))
    assert seconds(repeated(unit, 10_000_000)) < 300 * max(short, 0.005)
